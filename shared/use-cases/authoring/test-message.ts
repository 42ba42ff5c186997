import { fieldsOf, type Reader } from '../../catalog/entry.ts';
import { defined } from '../../domain/defined.ts';
import type { JsonObject } from '../../domain/event/notification.ts';
import { isJsonObject } from '../../domain/json-object.ts';
import type { AllKinds } from '../kinds/all-kinds.ts';
import { type CheckedMessage, checkMessage, type Message } from './check-message.ts';

interface Asked {
  /** Who tests. */
  readonly to: JsonObject;
  readonly about: Parameters<typeof checkMessage>[1];
  readonly reader: Reader;
}

/**
 * A message as a test of it reaches whoever wrote it alone, and now: what depends on time and on other messages is left out, and
 * its answers go to no service. A kind that decides by itself whom it reaches is tested by what it shows. Where no such message
 * can be made, gives why.
 */
export function testMessage(
  { type, data }: { readonly type: string; readonly data: JsonObject },
  { to, about, reader }: Asked,
  kinds: Pick<AllKinds, 'entryOf' | 'knownTypes'>,
): Message | Pick<CheckedMessage, 'faults' | 'reason'> {
  const { except: _except, replyTo: _replyTo, delivery, ...rest } = data;
  const toOneself = { to, ...defined({ delivery: withoutTimes(delivery) }) };
  const entry = kinds.entryOf(type);
  if (entry === undefined || fieldsOf(entry).includes('to')) return { type, data: { ...rest, ...toOneself } };
  const { notification, ...refused } = checkMessage({ type, data }, about, kinds);
  if (notification === undefined) return refused;
  const { text, card } = entry.render(notification.data, reader);
  const shown = { type: 'notification.requested', data: { ...toOneself, ...defined({ text, card }) } };
  if (checkMessage(shown, about, kinds).notification !== undefined) return shown;
  const message = `"${type}" says itself whom it reaches, and what it shows cannot be sent to you alone; look at its preview`;
  return { faults: [{ path: 'message.type', message, rule: 'no-test', values: { type } }] };
}

function withoutTimes(delivery: unknown): unknown {
  if (!isJsonObject(delivery)) return delivery;
  const { at: _at, expiresAt: _expiresAt, key: _key, onRepeat: _onRepeat, last: _last, ...rest } = delivery;
  return rest;
}
