import type { Fault } from '../../domain/fault.ts';
import { type Instant, parseInstant } from '../../domain/time.ts';
import type { ConsoleAnswer } from '../route.ts';
import { invalid } from './answers.ts';

export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

const MOST_LISTED = 200;
const LISTED = 50;
const LONGEST_CONTINUATION = 1000;

/** Reads what a request asks for, one parameter after the other, and gathers what is wrong with any of them. */
export class Asked {
  readonly #faults: Fault[] = [];
  readonly #query: URLSearchParams;

  constructor(query: URLSearchParams) {
    this.#query = query;
  }

  /** What is wrong; `undefined` where nothing is. To be asked when all is read. */
  get refusal(): ConsoleAnswer | undefined {
    return this.#faults.length === 0 ? undefined : this.refused();
  }

  refused(): ConsoleAnswer {
    return invalid(this.#faults);
  }

  /** How many a page is to hold. */
  limit(): number {
    const text = this.#query.get('limit');
    if (text === null) return LISTED;
    const count = /^\d{1,3}$/.test(text) ? Number(text) : 0;
    if (count >= 1 && count <= MOST_LISTED) return count;
    this.#refuse('limit', `must be a whole number from 1 to ${MOST_LISTED}`);
    return LISTED;
  }

  /** The same of a list that goes on by what it shows: `isOne` says whether a page can have given it. */
  after<Place extends string>(isOne: (text: string) => text is Place): Place | undefined {
    const text = this.#query.get('continuation');
    if (text === null) return undefined;
    if (isOne(text)) return text;
    this.#refuseContinuation();
    return undefined;
  }

  /** Where the page before this one ended, as `read` understands it; `undefined` at the beginning. */
  continuation<Place>(read: (parts: readonly string[]) => Place | undefined): Place | undefined {
    const text = this.#query.get('continuation');
    if (text === null) return undefined;
    const isOne = text.length <= LONGEST_CONTINUATION && /^[\w-]+$/.test(text);
    const place = isOne ? read(Buffer.from(text, 'base64url').toString('utf8').split(' ')) : undefined;
    if (place === undefined) this.#refuseContinuation();
    return place;
  }

  /** A page of a store, `undefined` where the store says that no page gave such a continuation. */
  async page<Page>(read: () => Promise<Page>): Promise<Page | undefined> {
    try {
      return await read();
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      // Whoever asked is told, with whatever else is wrong.
      this.#refuseContinuation();
      return undefined;
    }
  }

  #refuseContinuation(): void {
    this.#refuse('continuation', 'must be what the previous page gave; leave it out to begin again');
  }

  time(name: string): Instant | undefined {
    const text = this.#query.get(name);
    if (text === null) return undefined;
    const instant = parseInstant(text);
    if (instant === undefined) this.#refuse(name, 'must be a time as of RFC 3339, 2026-11-30T09:00:00Z');
    return instant;
  }

  oneOf<Value extends string>(name: string, values: readonly Value[]): Value | undefined {
    const text = this.#query.get(name);
    if (text === null) return undefined;
    const value = values.find((known) => known === text);
    if (value === undefined) this.#refuse(name, `must be one of ${values.join(', ')}`);
    return value;
  }

  /** Of whoever reads it; English where nothing is said. */
  language(): Language {
    return this.oneOf('language', LANGUAGES) ?? 'en';
  }

  /** A language tag; English where nothing is said. */
  locale(): string {
    try {
      return Intl.getCanonicalLocales(this.#query.get('locale') ?? 'en')[0] ?? 'en';
    } catch {
      // Whoever asked is told.
      this.#refuse('locale', 'must be a language tag such as en or de-CH');
      return 'en';
    }
  }

  text(name: string, longest = 200): string | undefined {
    const text = this.#query.get(name)?.trim() ?? '';
    if (text === '') return undefined;
    if (text.length > longest) this.#refuse(name, `must have at most ${longest} characters`);
    return text;
  }

  #refuse(path: string, message: string): void {
    this.#faults.push({ path, message });
  }
}

/** A place in a list, opaque to whoever gets it. Parts have no spaces. */
export function continuationOf(...parts: readonly (string | number)[]): string {
  return Buffer.from(parts.join(' ')).toString('base64url');
}
