import type { Hook } from '../hook.ts';

/** A secret has so many characters. */
export const SECRET_LENGTH = { least: 8, most: 200 };
/** Names of fields, parted by dots, have so many characters at most. */
export const LONGEST_PATH = 200;
const PATH = /^[\w-]+(?:\.[\w-]+)*$/;
const OFF = /^(?:off|aus|none|usual)$/i;
const ON = /^(?:on|an)$/i;

type Rules = Hook['rules'];

/** What `webhook <name> <rule> <value>` says. */
export type ReadRule =
  /** What is taken back is `undefined` in it. */
  | { readonly ok: true; readonly change: { readonly [Rule in keyof Rules]: Rules[Rule] | undefined } }
  | {
      readonly ok: false;
      /** Of which rule the value is none; `none` where `value` is what stands in the place of a rule. */
      readonly rule: 'reply' | 'update' | 'new' | 'mentions' | 'answer' | 'secret' | 'key' | 'none';
      readonly value: string;
    };

export function readRule(word: string, value: string): ReadRule {
  const rule = word.toLowerCase();
  const isOff = OFF.test(value);
  switch (rule) {
    case 'reply':
    case 'update':
    case 'new':
      return value === '' ? { ok: true, change: { onRepeat: rule } } : { ok: false, rule, value };
    case 'mentions':
      if (!isOff && !ON.test(value)) return { ok: false, rule, value };
      return { ok: true, change: { mentions: isOff ? undefined : true } };
    case 'answer':
      if (!isOff && value !== '202') return { ok: false, rule, value };
      return { ok: true, change: { answer: isOff ? undefined : 202 } };
    case 'secret':
      if (!isOff && (value.length < SECRET_LENGTH.least || value.length > SECRET_LENGTH.most))
        return { ok: false, rule, value };
      return { ok: true, change: { secret: isOff ? undefined : value } };
    case 'key':
      if (!isOff && (value.length > LONGEST_PATH || !PATH.test(value))) return { ok: false, rule, value };
      return { ok: true, change: { key: isOff ? undefined : value } };
    default:
      return { ok: false, rule: 'none', value: word };
  }
}
