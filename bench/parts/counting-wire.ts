import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Frames that passed between the app and its broker. */
export interface QueueCounts {
  /** What the app sent: a message, or a batch in one frame. */
  readonly sends: number;
  /** What it received, one message each. */
  readonly receipts: number;
  /** Messages that it completed, or gave back. */
  readonly settlements: number;
}

/** The wire between the app and its broker, which counts what passes. */
export interface CountingWire {
  readonly port: number;
  counts(): QueueCounts;
  reset(): void;
  stop(): Promise<void>;
}

/** Performatives of AMQP 1.0 that stand for a broker operation. */
const TRANSFER = 0x14;
const DISPOSITION = 0x15;

/** Starts a wire on 127.0.0.1 to a broker on port `broker`, which need not listen yet. */
export async function startCountingWire(broker: number): Promise<CountingWire> {
  const sockets = new Set<Socket>();
  let counts = { sends: 0, receipts: 0, settlements: 0 };
  const server = createServer({ noDelay: true }, (app) => {
    const upstream = connect({ port: broker, host: '127.0.0.1', noDelay: true });
    const end = () => {
      for (const socket of [app, upstream]) {
        sockets.delete(socket);
        socket.destroy();
      }
    };
    // A broken connection: each side learns of it by its own socket.
    for (const socket of [app, upstream]) {
      sockets.add(socket);
      socket.on('error', end).on('close', end);
    }
    const fromApp = frameReader((performative) => {
      if (performative === TRANSFER) counts.sends += 1;
      if (performative === DISPOSITION) counts.settlements += 1;
    });
    const fromBroker = frameReader((performative) => {
      if (performative === TRANSFER) counts.receipts += 1;
    });
    app.on('data', (bytes: Buffer) => {
      fromApp(bytes);
      upstream.write(bytes);
    });
    upstream.on('data', (bytes: Buffer) => {
      fromBroker(bytes);
      app.write(bytes);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    // A server that listens on TCP has an address object; the string form is for pipes.
    port: (server.address() as AddressInfo).port,
    counts: () => ({ ...counts }),
    reset: () => {
      counts = { sends: 0, receipts: 0, settlements: 0 };
    },
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

const PROTOCOL_HEADER_BYTES = 8;

/** Finds the frames in a stream of bytes and tells the performative of each; empty frames have none. */
export function frameReader(onFrame: (performative: number) => void): (bytes: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (bytes) => {
    rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    let start = 0;
    while (rest.length - start >= PROTOCOL_HEADER_BYTES) {
      const isHeader = rest.toString('latin1', start, start + 4) === 'AMQP';
      const size = isHeader ? PROTOCOL_HEADER_BYTES : rest.readUInt32BE(start);
      if (rest.length - start < size) break;
      const body = start + (isHeader ? size : 4 * (rest[start + 4] ?? 2));
      // A described type with a small code: 00 53 <code>.
      if (body + 2 < start + size && rest[body] === 0 && rest[body + 1] === 0x53)
        onFrame(rest[body + 2] ?? 0);
      start += size;
    }
    rest = rest.subarray(start);
  };
}
