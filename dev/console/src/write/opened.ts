import { textOf } from '../parts/format.ts';
import { type Entry, emptyForm, type Form, MODES, toMessage } from './message.ts';
import { canonical, fromAdaptiveCard, isBlank } from './simple-card.ts';

/** What is kept or was sent as the form has it, or why it is left as it is: the form would lose some of it. */
export type Opened =
  | { readonly form: Form }
  /** Of another kind, or with something that the form cannot hold. */
  | { readonly form?: undefined; readonly type?: string };

const OURS = 'notification.requested';

/** Opens what the form can hold as a whole. What it has no field for stays in it, and is saved and sent again. */
export function opened(content: unknown): Opened {
  const type = textOf(content, 'type') ?? OURS;
  if (type !== OURS) return { type };
  const form = fromContent(content);
  return canonical(plain(toMessage(form))) === canonical(plain(content)) ? { form } : {};
}

/** The form of a message, as far as it has fields for it. */
export function fromContent(content: unknown): Form {
  const { to, except, text, card, delivery, ...others } = objectOf(objectOf(content).data);
  const { mode, urgent, key, expiresAt, at, ...rest } = objectOf(delivery);
  const { local } = objectOf(at);
  return {
    ...emptyForm,
    ...writtenOf(text, card),
    to: entriesOf(to),
    except: entriesOf(except),
    mode: MODES.find((one) => one === mode) ?? 'wait',
    urgent: urgent === true,
    key: typeof key === 'string' ? key : '',
    expires: localOf(expiresAt),
    schedule: at === undefined ? 'now' : typeof local === 'string' ? 'local' : 'at',
    at: typeof local === 'string' ? local : localOf(at),
    rest,
    others,
  };
}

function writtenOf(text: unknown, card: unknown): Partial<Form> {
  const said = typeof text === 'string' ? text : '';
  if (card === undefined) return { style: 'text', text: said };
  if (typeof card === 'string') return { style: 'json', json: card, beside: said };
  const simple = fromAdaptiveCard(card);
  const json = JSON.stringify(card, null, 2);
  return simple === undefined || isBlank(simple)
    ? { style: 'json', json, beside: said }
    : { style: 'card', card: simple, json, beside: said };
}

/** Whom it names. The mark that the server leaves where somebody is excepted names nobody. */
function entriesOf(value: unknown): readonly Entry[] {
  return named(value).map(objectOf);
}

function named(value: unknown): readonly unknown[] {
  const entries: readonly unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return entries.filter((entry) => canonical(entry) !== '{"except":true}');
}

/** As a field for local times has it, to the millisecond where the moment has some. */
function localOf(iso: unknown): string {
  const at = new Date(typeof iso === 'string' ? iso : Number.NaN);
  if (Number.isNaN(at.getTime())) return '';
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString();
  return local.replace(/(?::00)?(?:\.000)?Z$/, '');
}

/** The same for what means the same: what is left out stands for what it is without. */
function plain(content: unknown): unknown {
  const { type = OURS, data, ...beside } = objectOf(content);
  const { to, except, text, delivery, ...rest } = objectOf(data);
  const { mode, urgent, key, expiresAt, at, ...others } = objectOf(delivery);
  return {
    ...{ type, ...beside, to: named(to), except: named(except) },
    ...{ text: text === '' ? undefined : text, rest },
    ...{ mode: mode === 'wait' ? undefined : mode, urgent: urgent === false ? undefined : urgent },
    ...{ key: key === '' ? undefined : key, expiresAt: momentOf(expiresAt), at: momentOf(at), others },
    unusable: [data, delivery].filter(
      (one) => one !== undefined && canonical(one) !== canonical(objectOf(one)),
    ),
  };
}

function momentOf(at: unknown): unknown {
  const instant = typeof at === 'string' ? Date.parse(at) : Number.NaN;
  return Number.isNaN(instant) ? at : instant;
}

function objectOf(value: unknown): { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
