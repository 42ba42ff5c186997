import { emptyCard, isBlank, type SimpleCard, toAdaptiveCard } from './simple-card.ts';

/** An entry of `to` and `except`; `name` is the page's own, and is not sent. */
export interface Entry {
  readonly everyone?: true;
  readonly topic?: string;
  readonly user?: string;
  readonly conversation?: string;
  readonly audience?: string;
  readonly name?: string;
  /** What narrows it, such as `channel`. */
  readonly [other: string]: unknown;
}

export const STYLES = ['text', 'card', 'json'] as const;
export type Style = (typeof STYLES)[number];
export const MODES = ['wait', 'adHoc', 'replace', 'interrupt'] as const;
export const SCHEDULES = ['now', 'at', 'local'] as const;

/** What is written, as the form has it: local times as a `datetime-local` field has them. */
export interface Form {
  readonly style: Style;
  readonly text: string;
  readonly card: SimpleCard;
  /** What stands in the field for JSON, finished or not. */
  readonly json: string;
  readonly to: readonly Entry[];
  readonly except: readonly Entry[];
  readonly mode: (typeof MODES)[number];
  readonly urgent: boolean;
  readonly key: string;
  readonly expires: string;
  readonly schedule: (typeof SCHEDULES)[number];
  readonly at: string;
  /** The text of a message that has a card, too. */
  readonly beside: string;
  /** What of `delivery` the form has no field for. */
  readonly rest: Fields;
  /** What of `data` the form has no field for. */
  readonly others: Fields;
}

interface Fields {
  readonly [name: string]: unknown;
}

export const emptyForm: Form = {
  style: 'text',
  text: '',
  card: emptyCard,
  json: '',
  to: [],
  except: [],
  mode: 'wait',
  urgent: false,
  key: '',
  expires: '',
  schedule: 'now',
  at: '',
  beside: '',
  rest: {},
  others: {},
};

/** So many characters are drawn, compared and sent; JSON has more for its indents. */
export const MOST_CHARACTERS: { readonly [style in Style]: number } = {
  text: 100_000,
  card: 100_000,
  json: 250_000,
};

/** How long what is written is, found out without making a message of it. */
export function lengthOf({ style, text, card, json, beside }: Form): number {
  if (style === 'text') return text.length;
  if (style === 'json') return json.length + beside.length;
  const { facts, buttons } = card;
  const parts = [
    ...[card.title, card.text, card.picture, card.pictureAlt, beside],
    ...facts.flatMap(({ title, value }) => [title, value]),
    ...buttons.flatMap(({ title, url }) => [title, url]),
  ];
  return parts.reduce((sum, { length }) => sum + length, 0);
}

export function isTooLong(form: Form): boolean {
  return lengthOf(form) > MOST_CHARACTERS[form.style];
}

export interface Message {
  readonly type: 'notification.requested';
  readonly data: { readonly [name: string]: unknown };
}

/** The message as it is sent, or kept where it is not finished: what is no JSON yet is then a text in the place of the card. */
export function toMessage(form: Form): Message {
  const { to, except, others } = form;
  const text = form.style === 'text' ? form.text : form.beside;
  const card = cardOf(form);
  const delivery = deliveryOf(form);
  const sent = (entries: readonly Entry[]) => entries.map(({ name: _, ...entry }) => entry);
  return {
    type: 'notification.requested',
    data: {
      ...others,
      to: sent(to),
      ...(except.length === 0 ? {} : { except: sent(except) }),
      ...(text === '' ? {} : { text }),
      ...(card === undefined ? {} : { card }),
      ...(Object.keys(delivery).length === 0 ? {} : { delivery }),
    },
  };
}

function cardOf({ style, card, json }: Form): unknown {
  if (style === 'text') return undefined;
  if (style === 'card') return isBlank(card) ? undefined : toAdaptiveCard(card);
  return json.trim() === '' ? undefined : (parsedCard(json).card ?? json);
}

/** What stands in the field for JSON: a card, or why it is none yet. */
export function parsedCard(json: string): { readonly card?: object; readonly fault?: string } {
  try {
    const card: unknown = JSON.parse(json);
    return typeof card === 'object' && card !== null && !Array.isArray(card) ? { card } : { fault: '' };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}

function deliveryOf({ mode, urgent, key, expires, schedule, at, rest }: Form): object {
  const expiresAt = instantOf(expires);
  return {
    ...rest,
    ...(mode === 'wait' ? {} : { mode }),
    ...(urgent ? { urgent } : {}),
    ...(key.trim() === '' ? {} : { key: key.trim() }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    // A time that is not chosen yet is none that anything can be sent at: a message without would go at once.
    ...(schedule === 'now' ? {} : { at: schedule === 'local' ? { local: at } : (instantOf(at) ?? '') }),
  };
}

/** The moment of a field for local times. */
function instantOf(local: string): string | undefined {
  if (local === '') return undefined;
  const at = new Date(local);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

const HOUR_MS = 3_600_000;
/** Clocks are ahead of that of Greenwich by so many hours at most, and behind by so many. */
const [MOST_AHEAD, MOST_BEHIND] = [14, 12];

/** What there is to say of the time at which it is to go out. */
export type Timing = 'none' | 'over' | 'overForAll' | 'overForSome';

/**
 * `none` is chosen yet; the moment is `over`, and it goes out at once; the time is over on every clock of the world (`overForAll`),
 * or on some, where people are told at once.
 */
export function timingOf({ schedule, at }: Form, now: number): Timing | undefined {
  if (schedule === 'now') return undefined;
  const instant = Date.parse(schedule === 'local' ? `${at}Z` : at);
  if (Number.isNaN(instant)) return 'none';
  if (schedule === 'at') return instant <= now ? 'over' : undefined;
  if (instant + MOST_BEHIND * HOUR_MS <= now) return 'overForAll';
  return instant - MOST_AHEAD * HOUR_MS <= now ? 'overForSome' : undefined;
}

/** Whether nothing can be sent at that time: none is chosen, or nobody has it to come. */
export function isNoTime(timing: Timing): boolean {
  return timing === 'none' || timing === 'overForAll';
}

/** What is on one line of a list of drafts. */
export function gist(form: Form): string {
  const card = form.style === 'card' ? [form.card.title, form.card.text] : [];
  const [first = ''] = [form.style === 'text' ? form.text : '', ...card].filter(Boolean);
  return first.split('\n', 1)[0]?.slice(0, 80) ?? '';
}
