import type { PartLine } from './part.ts';

const KEPT_LINES = 5000;

/** What the parts printed, for tests that look back or wait for a line. */
export class LogBook<Name extends string> {
  #lines: PartLine<Name>[] = [];
  #waiting = new Set<(line: PartLine<Name>) => void>();

  add(line: PartLine<Name>): void {
    this.#lines.push(line);
    if (this.#lines.length > KEPT_LINES) this.#lines.splice(0, KEPT_LINES / 10);
    for (const wake of this.#waiting) wake(line);
  }

  /** Lines of one part, or of all, oldest first; the last few thousand are kept. */
  lines(part?: Name): readonly PartLine<Name>[] {
    return part === undefined ? [...this.#lines] : this.#lines.filter((line) => line.part === part);
  }

  /** Resolves with the next line of a part that matches, one that was already printed included. */
  async waitFor(part: Name, pattern: RegExp, options: { signal?: AbortSignal } = {}): Promise<string> {
    const matches = (line: PartLine<Name>) => line.part === part && pattern.test(line.line);
    const earlier = this.#lines.find(matches);
    if (earlier) return earlier.line;
    const found = Promise.withResolvers<string>();
    const wake = (line: PartLine<Name>) => {
      if (matches(line)) found.resolve(line.line);
    };
    const giveUp = () => found.reject(new Error(`${part} printed no line that matches ${pattern}`));
    this.#waiting.add(wake);
    options.signal?.addEventListener('abort', giveUp, { once: true });
    try {
      return await found.promise;
    } finally {
      this.#waiting.delete(wake);
      options.signal?.removeEventListener('abort', giveUp);
    }
  }
}
