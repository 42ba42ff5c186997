import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** The wire between the app and its broker: bytes pass unchanged until it is held or cut. */
export interface AmqpWire {
  readonly port: number;
  /**
   * From now on nothing that the app writes reaches the broker; what the broker writes still arrives. The moment
   * between "the function has returned" and "the broker knows" can be stretched by it.
   */
  hold(): void;
  /** Breaks every connection, forgets what was held, and lets new connections pass again. Gives how many there were. */
  cut(): number;
  stop(): Promise<void>;
}

/** Starts a wire on 127.0.0.1 to a broker on port `broker`, which need not listen yet. */
export async function startAmqpWire(broker: number): Promise<AmqpWire> {
  const pairs = new Set<{ readonly app: Socket; readonly broker: Socket }>();
  let held = false;

  const server = createServer({ noDelay: true }, (app) => {
    const upstream = connect({ port: broker, host: '127.0.0.1', noDelay: true });
    const pair = { app, broker: upstream };
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      app.destroy();
      upstream.destroy();
    };
    // A broken connection is what this wire is for: each side learns of it by its own socket.
    for (const socket of [app, upstream]) socket.on('error', end).on('close', end);
    app.on('data', (bytes: Buffer) => {
      if (!held) upstream.write(bytes);
    });
    upstream.on('data', (bytes: Buffer) => app.write(bytes));
  });
  const port = await listen(server);

  const cut = (): number => {
    held = false;
    const broken = [...pairs];
    for (const { app, broker: upstream } of broken) {
      app.resetAndDestroy();
      upstream.resetAndDestroy();
    }
    return broken.length;
  };
  return {
    port,
    hold() {
      held = true;
    },
    cut,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      cut();
      await closed;
    },
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      // A server that listens on TCP has an address object; the string form is for pipes.
      resolve((server.address() as AddressInfo).port);
    });
  });
}
