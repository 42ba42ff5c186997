import { isObject } from '../http/body.ts';
import { HttpError } from '../http/errors.ts';
import type { ActivityJson } from '../transcript/entry.ts';

/**
 * Reads an activity that the bot sends. Only what the connector itself needs is looked at; the rest goes through
 * unchanged.
 *
 * Throws HttpError 400 when there is no type or, where `needsSender`, no sender.
 */
export function readOutbound(value: unknown, { needsSender }: { needsSender: boolean }): ActivityJson {
  if (!isObject(value)) throw new HttpError(400, 'BadSyntax', 'The body has to be an activity.');
  const { type, from } = value;
  if (typeof type !== 'string' || type === '') {
    throw new HttpError(400, 'MissingProperty', "The 'Activity.Type' field is required.");
  }
  if (needsSender && !(isObject(from) && typeof from.id === 'string')) {
    throw new HttpError(400, 'MissingProperty', "The 'Activity.From' field is required.");
  }
  return { ...value, type };
}

/** Whether people see it: typing, events and traces are no messages. */
export function isMessage(activity: ActivityJson): boolean {
  return activity.type === 'message';
}
