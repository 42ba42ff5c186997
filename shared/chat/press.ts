import { COMMAND, PRESS_KEY } from '../catalog/press-key.ts';
import type { Activity } from '../domain/conversation/activity.ts';
import { isByItself } from '../domain/conversation/client-request.ts';
import { toJsonText } from '../domain/event/json-depth.ts';
import { hashOf } from '../domain/hash.ts';
import { isJsonObject } from '../domain/json-object.ts';

/** Somebody pressed a button of a card. */
export interface Press {
  /**
   * The same whenever the same person presses the same button of the same message, and whenever a press comes again; absent
   * where nothing tells which message it is.
   */
  readonly key?: string;
  /** What a button of ours says for the person; absent where the button is somebody else's. */
  readonly command?: string;
}

/** Presses that a client makes a request of. What it shows of the answer is nothing, so it is said in the conversation. */
const SAID_IN_CONVERSATION: ReadonlySet<string | undefined> = new Set([
  'actionableMessage/executeAction',
  'fileConsent/invoke',
  'suggestedAction/submit',
]);

/** `undefined` for whatever is no press, or none that is answered in the conversation. */
export function pressOf(activity: Activity): Press | undefined {
  const data = dataOf(activity);
  if (data === undefined || data === null) return undefined;
  const { [COMMAND]: command, [PRESS_KEY]: ofMessage } = isJsonObject(data) ? data : {};
  const isOurs = typeof command === 'string';
  // Cards of an earlier version carry no key: there the channel says which message it was, where it says so at all.
  const shown = typeof ofMessage === 'string' ? ofMessage : activity.replyToId;
  return {
    ...(shown === undefined
      ? {}
      : { key: keyOf(activity.from.id, shown, isOurs ? command : toJsonText(data)) }),
    ...(isOurs ? { command: command.trim() } : {}),
  };
}

function keyOf(...parts: readonly string[]): string {
  return hashOf(JSON.stringify(parts));
}

/** What the pressed button carries, with what was filled in. */
function dataOf(activity: Activity): unknown {
  const { type, name, text = '' } = activity;
  const value: unknown = activity.value;
  if (type === 'message') {
    const isOurs = isJsonObject(value) && typeof value[COMMAND] === 'string';
    return isOurs || text.trim() === '' ? value : undefined;
  }
  if (type !== 'invoke' || isByItself(activity)) return undefined;
  if (SAID_IN_CONVERSATION.has(name)) return value ?? {};
  const action = name === 'adaptiveCard/action' && isJsonObject(value) ? value.action : undefined;
  const data = isJsonObject(action) ? action.data : undefined;
  // Somebody else's is answered in the request itself.
  return isJsonObject(data) && typeof data[COMMAND] === 'string' ? data : undefined;
}
