import type { Content, JsonObject } from '../domain/event/notification.ts';
import { isJsonObject } from '../domain/json-object.ts';
import { textOf } from './digest.ts';

/** One button of a frame, and what it says for the person who presses it. */
export interface FrameButton {
  readonly title: string;
  /** One of the things that people can say to the bot. */
  readonly command: string;
}

/** Why somebody gets a notification, and what they can do about it with one click. */
export interface Frame {
  /** Markdown, one sentence. */
  readonly why: string;
  readonly buttons: readonly FrameButton[];
}

/**
 * The content with a line below it that says why the person gets it, and compact buttons. What has no card gets a small
 * one of its own; its text stays as it is.
 *
 * The card's own buttons move into its body, above the line: a card shows its `actions` below everything else, where they
 * would be taken for the frame's.
 */
export function framed<C extends Content>(
  content: C,
  { why, buttons }: Frame,
): C & { readonly card: JsonObject } {
  const line = { type: 'TextBlock', text: why, isSubtle: true, size: 'Small', wrap: true };
  const set = {
    type: 'ActionSet',
    spacing: 'Small',
    actions: buttons.map(({ title, command }) => ({
      type: 'Action.Submit',
      title,
      data: { notifier: command },
    })),
  };
  const items = buttons.length === 0 ? [line] : [line, set];
  if (content.card === undefined) return { ...content, card: cardOf(items) };

  const { actions: own, body, ...card } = content.card;
  const shown: readonly unknown[] = Array.isArray(body) ? body : [];
  const pressed: readonly unknown[] = Array.isArray(own) ? own : [];
  return {
    ...content,
    card: {
      ...card,
      body: [
        ...shown,
        ...(pressed.length === 0 ? [] : [{ type: 'ActionSet', actions: pressed }]),
        { type: 'Container', separator: true, spacing: 'Large', items },
      ],
    },
  };
}

/**
 * The content for a channel that shows no cards: everything in its text, which still begins with the notification's own.
 * Buttons become what the person can say instead.
 *
 * @param kind what to call it when it says nothing at all, as a card with nothing but a picture
 */
export function inPlainText<C extends Content>(
  content: C,
  kind: string,
  frame?: Frame,
): Omit<C, 'card'> & { readonly text: string } {
  const { card, ...rest } = content;
  const said = content.text ?? content.summary ?? (wordsOf(card) || textOf(content, kind));
  const lines = [said, ...linksOf(card), ...(frame === undefined ? [] : [frame.why, ...sayable(frame)])];
  return { ...rest, text: lines.join('\n\n') };
}

function cardOf(body: readonly JsonObject[]): JsonObject {
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    body,
  };
}

function sayable({ buttons }: Frame): readonly string[] {
  return buttons.length === 0 ? [] : [buttons.map(({ title, command }) => `${title}: ${command}`).join('\n')];
}

/** All that is to be read on a card, in its order; empty when there is nothing. */
function wordsOf(card: JsonObject | undefined): string {
  const words: string[] = [];
  visit(card?.body);
  return words.join('\n');

  function visit(value: unknown): void {
    if (Array.isArray(value)) for (const one of value) visit(one);
    if (!isJsonObject(value)) return;
    if (value.type === 'TextBlock' && typeof value.text === 'string') words.push(value.text);
    if (value.type === 'FactSet' && Array.isArray(value.facts)) {
      for (const fact of value.facts) {
        if (isJsonObject(fact)) words.push(`${String(fact.title)}: ${String(fact.value)}`);
      }
    }
    for (const inner of [value.items, value.columns, value.inlines]) visit(inner);
    if (value.type === 'TextRun' && typeof value.text === 'string') words.push(value.text);
  }
}

/** What the card's buttons lead to. */
function linksOf(card: JsonObject | undefined): readonly string[] {
  const actions: readonly unknown[] = Array.isArray(card?.actions) ? card.actions : [];
  return actions.flatMap((action) =>
    isJsonObject(action) && action.type === 'Action.OpenUrl' && typeof action.url === 'string'
      ? [`${String(action.title)}: ${action.url}`]
      : [],
  );
}
