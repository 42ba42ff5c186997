import type { JsonObject } from '../domain/event/notification.ts';
import { isJsonObject } from '../domain/json-object.ts';

/** The name under which a button of ours carries what it says for the person who presses it. */
export const COMMAND = 'notifier';

/** The name under which it carries the message that it stands in. */
export const PRESS_KEY = 'notifierPress';

/** Enough of an id to tell apart what one person is shown. */
export const KEY_LENGTH = 16;

/**
 * The card with the key of its message in each button of ours that it has: together with the person and the command it makes a press
 * known, since a press that comes again has another activity id and another time. One message has one key, however
 * often it is sent.
 *
 * @param id of the message, at least 16 characters: of its notification, or of the turn that it answers
 */
export function withPressKey(card: JsonObject, id: string): JsonObject {
  const key = id.slice(0, KEY_LENGTH);
  // An object stays one.
  return keyed(card) as JsonObject;

  function keyed(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(keyed);
    if (!isJsonObject(value)) return value;
    const { data } = value;
    const inner = Object.fromEntries(
      Object.entries(value).map(([name, field]) => [name, typeof field === 'object' ? keyed(field) : field]),
    );
    return isJsonObject(data) && typeof data[COMMAND] === 'string'
      ? { ...inner, data: { ...data, [PRESS_KEY]: key } }
      : inner;
  }
}
