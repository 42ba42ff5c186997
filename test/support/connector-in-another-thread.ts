import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** A Bot Connector that goes on while this thread stands still. */
export interface FarConnector {
  readonly url: string;
  /** Resolves when the next request has been read. */
  received(): Promise<void>;
  close(): Promise<void>;
}

const source = `
  const { createServer } = require('node:http');
  const { parentPort, workerData } = require('node:worker_threads');
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      parentPort.postMessage('received');
      if (workerData.answerAfter === null) return;
      setTimeout(() => {
        response.writeHead(201, { 'content-type': 'application/json' });
        response.end('{"id":"activity-1"}');
      }, workerData.answerAfter);
    });
  });
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

/** @param answerAfter milliseconds from the request; `null`: never */
export async function startFarConnector(answerAfter: number | null): Promise<FarConnector> {
  const worker = new Worker(source, { eval: true, workerData: { answerAfter } });
  const [port] = await once(worker, 'message');
  return {
    url: `http://127.0.0.1:${port}`,
    async received() {
      await once(worker, 'message');
    },
    async close() {
      await worker.terminate();
    },
  };
}

/** Blocks this thread, as a long parse or a machine short of memory does: no timer fires and nothing is read. */
export function standStill(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
