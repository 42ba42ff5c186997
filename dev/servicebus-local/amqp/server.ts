import { createServer, type Server, type Socket } from 'node:net';
import rhea, { type Connection, type Container, type EventContext, type Session } from 'rhea';
import { batchFormat } from '../message/batch.ts';
import { maxMessageSize } from './incoming-link.ts';
import { connectionInternals, containerInternals, sessionInternals } from './rhea-internals.ts';

const connectionOptions = {
  max_frame_size: 65_536,
  // All of these reach the links: settling, credit and outcomes are the broker's business, not rhea's.
  autoaccept: false,
  credit_window: 0,
  treat_modified_as_released: false,
  receiver_options: { autoaccept: false, credit_window: 0, max_message_size: maxMessageSize },
};

/** Any number but 0, at which rhea would parse the message and lose its AMQP types. */
const rawFormat = 1;

/** How long a client has to answer the end of its connection. */
const goodbyeMs = 250;

/** Events that rhea complains about on the console when nobody listens. */
const unremarkable = [
  'disconnected',
  'connection_close',
  'connection_error',
  'session_close',
  'session_error',
];

/** Sockets, AMQP connections and sessions; what happens on the links is told to whoever listens at `container`. */
export class AmqpServer {
  readonly container: Container = admittingAnybody(rhea.create_container());
  readonly #server: Server;
  readonly #connections = new Map<Connection, Socket>();
  /** Connected before the queues were ready; `undefined` once they are. */
  #early: Socket[] | undefined = [];

  /** `log` hears of clients that break the protocol. */
  constructor(log: (line: string) => void) {
    this.#server = createServer({ noDelay: true, pauseOnConnect: true });
    this.#server.on('connection', (socket) => {
      if (this.#early) this.#early.push(socket);
      else this.#accept(socket);
    });
    this.container.on('session_open', ({ session }: EventContext) => session && keepTransfersRaw(session));
    for (const event of unremarkable) this.container.on(event, () => {});
    for (const event of ['error', 'protocol_error']) {
      this.container.on(event, (thrown: unknown) => log(`AMQP client: ${describe(thrown)}`));
    }
  }

  get connectionCount(): number {
    return this.#connections.size;
  }

  /**
   * Takes the port (0: a free one) on the loopback interface and returns it. Clients can connect from now on and are
   * served from `serve` on. A taken port is an error whose `code` is `EADDRINUSE`.
   */
  listen(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', () => {
        this.#server.off('error', reject);
        const address = this.#server.address();
        resolve(typeof address === 'object' && address ? address.port : port);
      });
    });
  }

  /** Begins to talk to clients, also to those that connected before. */
  serve(): void {
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const socket of early) this.#accept(socket);
  }

  /** Cuts one client off without a word. */
  drop(connection: Connection): void {
    this.#connections.get(connection)?.destroy();
  }

  /** Cuts all clients off and returns how many there were. */
  dropAll(): number {
    const sockets = [...this.#connections.values()];
    for (const socket of sockets) socket.destroy();
    return sockets.length;
  }

  /** Says goodbye to all clients, and cuts off who does not answer within a quarter of a second. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
    for (const socket of this.#early ?? []) socket.destroy();
    for (const connection of this.#connections.keys()) {
      connection.close({ condition: 'amqp:connection:forced', description: 'The broker is shutting down.' });
    }
    const timer = setTimeout(() => this.dropAll(), goodbyeMs);
    await closed;
    clearTimeout(timer);
  }

  #accept(socket: Socket): void {
    const connection = this.container.create_connection({ ...connectionOptions, port: 0 });
    this.#connections.set(connection, socket);
    writeTogether(connection, socket);
    socket.on('close', () => {
      this.#connections.delete(connection);
      connectionInternals(connection)._disconnected();
    });
    connectionInternals(connection).accept(socket);
    answerAtOnce(connection, socket);
    socket.resume();
  }
}

/**
 * Offers what clients ask for: MSSBCBS is the name under which those of Service Bus for .NET and Java come without
 * credentials, since tokens follow on `$cbs`; other AMQP clients bring a name and a password. Each is let in.
 */
function admittingAnybody(container: Container): Container {
  const { sasl_server_mechanisms: mechanisms } = containerInternals(container);
  mechanisms.enable_anonymous();
  mechanisms.enable_plain(() => true);
  mechanisms.MSSBCBS = () => ({ outcome: true, start: () => {} });
  return container;
}

/** Marks messages so that they arrive as bytes. */
function keepTransfersRaw(session: Session): void {
  const { incoming } = sessionInternals(session);
  const onTransfer = incoming.on_transfer;
  incoming.on_transfer = (frame, receiver) => {
    if (frame.performative.message_format !== batchFormat) frame.performative.message_format = rawFormat;
    onTransfer.call(incoming, frame, receiver);
  };
}

/** Lets the many small frames of one turn leave in one packet. */
function writeTogether(connection: Connection, socket: Socket): void {
  const internals = connectionInternals(connection);
  const process = internals._process;
  internals._process = () => {
    socket.cork();
    try {
      process.call(internals);
    } finally {
      socket.uncork();
    }
  };
}

/**
 * Answers what needs no answer (credit, a heartbeat) with an empty frame. Clients on rhea leave Nagle's algorithm on:
 * their next small frame waits until the last one is acknowledged, for which the kernel waits up to 40 ms unless
 * there is something to send back.
 */
function answerAtOnce(connection: Connection, socket: Socket): void {
  let writtenBefore = 0;
  let isDue = false;
  const answer = () => {
    isDue = false;
    if (socket.bytesWritten !== writtenBefore || socket.destroyed || !connection.is_open()) return;
    connectionInternals(connection)._write_frame();
  };
  // Before rhea's own listener, and two turns later: what the frames cause has been written by then.
  socket.prependListener('data', () => {
    writtenBefore = socket.bytesWritten;
    if (!isDue) setImmediate(() => setImmediate(answer));
    isDue = true;
  });
}

function describe(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
