import type { Rule } from './rule.ts';

export interface SettingFault {
  readonly key: string;
  readonly message: string;
}

export type Environment = { readonly [key: string]: string | undefined };

/** Enough of a bad value to find it again. */
const LONGEST_SHOWN = 80;

/** Reads settings one by one, and gathers what is wrong with any of them. */
export class SettingReader<Key extends string> {
  readonly faults: SettingFault[] = [];
  readonly #env: Environment;

  constructor(env: Environment) {
    this.#env = env;
  }

  /** As it was given, trimmed; `undefined` where nothing was. */
  text(key: Key | `${Key}__${string}`): string | undefined {
    const value = this.#env[key]?.trim();
    return value === '' ? undefined : value;
  }

  /** The value by its rule, or the fallback where none was given. A value that breaks the rule is a fault. */
  read<Value, Fallback extends Value | undefined>(
    key: Key,
    rule: Rule<Value>,
    fallback: Fallback,
  ): Value | Fallback {
    const text = this.text(key);
    if (text === undefined) return fallback;
    const value = rule.read(text);
    if (value === undefined)
      this.refuse(key, `is "${text.slice(0, LONGEST_SHOWN)}" and must be ${rule.wanted}`);
    return value ?? fallback;
  }

  refuse(key: Key, message: string): void {
    this.faults.push({ key, message });
  }
}
