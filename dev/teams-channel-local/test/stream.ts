import { WebSocket } from 'undici';

/** A Direct Line stream that remembers what came. */
export class Stream {
  readonly activities: Record<string, unknown>[] = [];
  watermark = '';
  readonly #socket: WebSocket;
  readonly #closed: Promise<unknown>;
  #waiting: (() => void)[] = [];

  constructor(url: string) {
    this.#socket = new WebSocket(url);
    this.#closed = new Promise((resolve) => this.#socket.addEventListener('close', resolve));
    this.#socket.addEventListener('message', ({ data }) => {
      const set = JSON.parse(String(data));
      this.activities.push(...set.activities);
      this.watermark = set.watermark;
      for (const wake of this.#waiting.splice(0)) wake();
    });
  }

  opened(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.addEventListener('open', () => resolve());
      this.#socket.addEventListener('error', () => reject(new Error('The stream was refused.')));
    });
  }

  /** The first activity that fits, as soon as it has come. */
  async receives(matches: (activity: Record<string, unknown>) => boolean): Promise<Record<string, unknown>> {
    for (;;) {
      const found = this.activities.find(matches);
      if (found) return found;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  async close(): Promise<void> {
    this.#socket.close();
    await this.#closed;
  }
}
