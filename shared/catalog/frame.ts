import type { Content, JsonObject } from '../domain/event/notification.ts';
import { linesOf, linksOf, sayablesOf } from './readable-text.ts';

/** One button of a frame, and what it says for the person who presses it. */
export interface FrameButton {
  readonly title: string;
  /** One of the things that people can say to the bot. */
  readonly command: string;
  /** What people say for it where there are no buttons, when that is shorter. */
  readonly said?: string;
  /** Without it people could not read all of the message: it stays where the others have no room. */
  readonly isNeeded?: true;
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
  const summary = content.isSummaryShort ? undefined : content.summary;
  const said = content.text ?? summary ?? (linesOf(card).join('\n') || kind);
  const links = linksOf(card).map(({ title, url }) => (title === undefined ? url : `${title}: ${url}`));
  const sayables = frame === undefined ? [] : [frame.why, ...sayable(frame)];
  return { ...rest, text: [said, ...links, ...sayablesOf(card), ...sayables].join('\n\n') };
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
  if (buttons.length === 0) return [];
  return [buttons.map(({ title, command, said }) => `${title}: ${said ?? command}`).join('\n')];
}
