import type { Io } from '../io.ts';
import { oneLine } from './printable.ts';
import { cut } from './width.ts';

const BETWEEN_LINES_MS = 5000;
const BETWEEN_DRAWINGS_MS = 100;

/**
 * Says on stderr how far long work is: one line that is drawn anew at a terminal, else a line every few seconds.
 * Work that is over sooner says nothing.
 */
export class Progress {
  readonly #io: Io;
  #saidAt: number;
  #drawn = false;

  constructor(io: Io) {
    this.#io = io;
    this.#saidAt = io.now();
  }

  say(text: string): void {
    const { err } = this.#io;
    const now = this.#io.now();
    const pause = err.isTTY ? BETWEEN_DRAWINGS_MS : BETWEEN_LINES_MS;
    if (now - this.#saidAt < pause) return;
    this.#saidAt = now;
    if (!err.isTTY) {
      err.write(`${oneLine(text)}\n`);
      return;
    }
    err.write(`\r\u001b[2K${cut(oneLine(text), (err.columns ?? 80) - 1)}`);
    this.#drawn = true;
  }

  /** Takes the drawn line away, so that the result stands alone. */
  end(): void {
    if (this.#drawn) this.#io.err.write('\r\u001b[2K');
    this.#drawn = false;
  }
}
