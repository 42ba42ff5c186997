import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

const recordShape = z.object({ checker: z.string(), linear: z.array(z.string()) });

/**
 * The regular expressions that were found to be linear on this machine. What is found hangs on the pattern and on the
 * checker alone, and takes it a tenth of a second each: the same checker does not look at the same pattern again. Absent in
 * a fresh clone, and left aside where everything is to run.
 */
export class KnownPatterns {
  readonly #path: string;
  readonly #checker: string;
  readonly #linear: Set<string>;

  private constructor(path: string, checker: string, linear: readonly string[]) {
    this.#path = path;
    this.#checker = checker;
    this.#linear = new Set(linear);
  }

  static of(root: string, { all = process.env.TESTS_ALL === '1' } = {}): KnownPatterns {
    const path = join(root, 'node_modules', '.cache', 'linear-patterns.json');
    const { version } = z
      .object({ version: z.string() })
      .parse(JSON.parse(readFileSync(join(root, 'node_modules', 'recheck', 'package.json'), 'utf8')));
    return new KnownPatterns(path, version, all ? [] : linearIn(path, version));
  }

  has(pattern: string): boolean {
    return this.#linear.has(pattern);
  }

  add(pattern: string): void {
    this.#linear.add(pattern);
  }

  /** For the next run, those that are still there. */
  keep(present: readonly string[]): void {
    mkdirSync(dirname(this.#path), { recursive: true });
    const linear = present.filter((pattern) => this.#linear.has(pattern));
    writeFileSync(this.#path, JSON.stringify({ checker: this.#checker, linear }));
  }
}

function linearIn(path: string, checker: string): readonly string[] {
  try {
    const record = recordShape.parse(JSON.parse(readFileSync(path, 'utf8')));
    return record.checker === checker ? record.linear : [];
  } catch {
    // Whether it is missing or damaged: then every pattern is looked at, which costs time and is never wrong.
    return [];
  }
}
