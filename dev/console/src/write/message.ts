import { textOf } from '../parts/format.ts';
import { emptyCard, fromAdaptiveCard, isBlank, type SimpleCard, toAdaptiveCard } from './simple-card.ts';

/** An entry of `to` and `except`; `name` is the page's own, and is not sent. */
export interface Entry {
  readonly everyone?: true;
  readonly topic?: string;
  readonly user?: string;
  readonly conversation?: string;
  readonly audience?: string;
  readonly name?: string;
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
  /** What of `delivery` the form has no field for. */
  readonly rest: { readonly [name: string]: unknown };
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
  rest: {},
};

/** So many characters are drawn, compared and sent; JSON has more for its indents. */
export const MOST_CHARACTERS: { readonly [style in Style]: number } = {
  text: 100_000,
  card: 100_000,
  json: 250_000,
};

/** How long what is written is, found out without making a message of it. */
export function lengthOf({ style, text, card, json }: Form): number {
  if (style !== 'card') return (style === 'text' ? text : json).length;
  const { facts, buttons } = card;
  const parts = [
    ...[card.title, card.text, card.picture, card.pictureAlt],
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
  const { style, text, to, except } = form;
  const card = cardOf(form);
  const delivery = deliveryOf(form);
  const sent = (entries: readonly Entry[]) => entries.map(({ name: _, ...entry }) => entry);
  return {
    type: 'notification.requested',
    data: {
      to: sent(to),
      ...(except.length === 0 ? {} : { except: sent(except) }),
      ...(style === 'text' && text !== '' ? { text } : {}),
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
    ...(schedule === 'now' || at === '' ? {} : { at: schedule === 'local' ? { local: at } : instantOf(at) }),
  };
}

/** The moment of a field for local times. */
function instantOf(local: string): string | undefined {
  if (local === '') return undefined;
  const at = new Date(local);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

/** Whether the moment at which it is to go out is over: it then goes out at once. */
export function isOver({ schedule, at }: Form, now: number): boolean {
  const instant = schedule === 'at' ? instantOf(at) : undefined;
  return instant !== undefined && Date.parse(instant) <= now;
}

function localOf(iso: string | undefined): string {
  if (iso === undefined) return '';
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return '';
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** The form of whatever is kept or was sent; what it does not know is not lost but left out of the form. */
export function fromContent(content: unknown): Form {
  const data = objectOf(objectOf(content).data);
  const { mode, urgent, key, expiresAt, at, ...rest } = objectOf(data.delivery);
  const local = textOf(at, 'local');
  return {
    ...emptyForm,
    ...writtenOf(data),
    to: entriesOf(data.to),
    except: entriesOf(data.except),
    mode: MODES.find((one) => one === mode) ?? 'wait',
    urgent: urgent === true,
    key: typeof key === 'string' ? key : '',
    expires: localOf(typeof expiresAt === 'string' ? expiresAt : undefined),
    schedule: at === undefined ? 'now' : local === undefined ? 'at' : 'local',
    at: local ?? localOf(typeof at === 'string' ? at : undefined),
    rest,
  };
}

function writtenOf({ text, card }: { readonly text?: unknown; readonly card?: unknown }): Partial<Form> {
  if (card === undefined) return { style: 'text', text: typeof text === 'string' ? text : '' };
  if (typeof card === 'string') return { style: 'json', json: card };
  const simple = fromAdaptiveCard(card);
  const json = JSON.stringify(card, null, 2);
  return simple === undefined ? { style: 'json', json } : { style: 'card', card: simple, json };
}

function entriesOf(value: unknown): readonly Entry[] {
  const entries: readonly unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return entries.flatMap((entry): readonly Entry[] => {
    if (typeof entry !== 'object' || entry === null) return [];
    if (Reflect.get(entry, 'everyone') === true) return [{ everyone: true }];
    for (const name of ['topic', 'user', 'conversation', 'audience'] as const) {
      const said = textOf(entry, name);
      if (said !== undefined) return [{ [name]: said }];
    }
    return [];
  });
}

function objectOf(value: unknown): { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** What is on one line of a list of drafts. */
export function gist(form: Form): string {
  const card = form.style === 'card' ? [form.card.title, form.card.text] : [];
  const [first = ''] = [form.style === 'text' ? form.text : '', ...card].filter(Boolean);
  return first.split('\n', 1)[0]?.slice(0, 80) ?? '';
}

export function isEmpty(form: Form): boolean {
  return JSON.stringify(toMessage(form).data) === JSON.stringify(toMessage(emptyForm).data);
}
