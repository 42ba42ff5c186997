import { toastOf } from '../../shared/catalog/one-card.ts';
import type { JsonObject } from '../../shared/domain/event/notification.ts';
import { isJsonObject } from '../../shared/domain/json-object.ts';

/** As much of an activity as is read here. */
interface Heard {
  readonly text?: string | undefined;
  readonly attachments?: readonly { readonly content?: unknown }[] | undefined;
}

/** The card of an activity, if it has one. */
export function cardOf({ attachments = [] }: Heard): JsonObject | undefined {
  const content = attachments[0]?.content;
  return isJsonObject(content) ? content : undefined;
}

/** Every text that stands on a card, in order. */
export function textsOn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(textsOn);
  if (!isJsonObject(value)) return [];
  // What opens the options at a card's end says nothing.
  if (value.text === '\u2022\u2022\u2022') return [];
  if (value.type === 'TextBlock' && typeof value.text === 'string') return [value.text];
  return Object.values(value).flatMap(textsOn);
}

/** What is read first of a message: its text, or the first one on its card. */
export function newsOf({ text, card }: Message): string {
  return text ?? textsOn(card)[0] ?? '';
}

/**
 * What a message says, a paragraph each, without the reason at its end; of a notification that is a card by itself, its
 * toast.
 */
export function wordsOf({ text, card, summary = '' }: Message): string {
  if (text !== undefined) return text;
  const body: readonly unknown[] = Array.isArray(card?.body) ? card.body : [];
  const said = textsOn(body.filter((part) => !isQuietEnd(part)));
  return toastOf(said[0] ?? '') === summary ? said.join('\n\n') : summary;
}

function isQuietEnd(part: unknown): boolean {
  return isJsonObject(part) && part.type === 'Container' && part.spacing === 'Large';
}

interface Message {
  readonly text?: string | undefined;
  readonly card?: JsonObject | undefined;
  readonly summary?: string | undefined;
}

/** What is read of an activity, a paragraph each. */
export function heardIn(activity: Heard): string {
  const card = cardOf(activity);
  return activity.text ?? (card === undefined ? '' : textsOn(card).join('\n\n'));
}

/** What the buttons of a card say, in order. */
export function commandsOn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(commandsOn);
  if (!isJsonObject(value)) return [];
  const { data } = value;
  if (isJsonObject(data) && typeof data.notifier === 'string') return [data.notifier];
  return Object.values(value).flatMap(commandsOn);
}
