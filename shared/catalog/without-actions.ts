import { DEEPEST_JSON } from '../domain/event/json-depth.ts';
import type { JsonObject } from '../domain/event/notification.ts';
import { isJsonObject } from '../domain/json-object.ts';

/** What of an Adaptive Card can be pressed or filled in. */
const PRESSED: ReadonlySet<string> = new Set(['actions', 'selectAction', 'refresh']);

/** The card as it is to be read only: links stay, every other button and every input goes, and with them their labels. */
export function withoutActions(card: JsonObject): JsonObject {
  const { actions, ...rest } = card;
  const links = (Array.isArray(actions) ? actions : []).filter(
    (action: unknown) => isJsonObject(action) && action.type === 'Action.OpenUrl',
  );
  return { ...stripped(rest, 0), ...(links.length === 0 ? {} : { actions: links }) };
}

function stripped(part: JsonObject, depth: number): JsonObject {
  return Object.fromEntries(
    Object.entries(part).flatMap(([name, value]) =>
      PRESSED.has(name) ? [] : [[name, within(value, depth)]],
    ),
  );
}

function within(value: unknown, depth: number): unknown {
  if (depth > DEEPEST_JSON) return value;
  if (Array.isArray(value))
    return value.filter((one) => !isPressed(one)).map((one) => within(one, depth + 1));
  return isJsonObject(value) ? stripped(value, depth + 1) : value;
}

function isPressed(value: unknown): boolean {
  if (!isJsonObject(value) || typeof value.type !== 'string') return false;
  const { type, labelFor } = value;
  return type === 'ActionSet' || type.startsWith('Input.') || labelFor !== undefined;
}
