import { defined } from '../domain/defined.ts';
import type { Content } from '../domain/event/notification.ts';
import { linesOf, linksOf, sayablesOf } from './readable-text.ts';

/** A button, and what it says for the person who presses it. */
export interface Button {
  readonly title: string;
  /** One of the things that people can say to the bot. */
  readonly command: string;
  /** What people say for it where there are no buttons, when that is shorter. */
  readonly said?: string;
}

/** One button of a frame. */
export interface FrameButton extends Button {
  /** Without it people could not read all of the message: it stays where the others have no room. */
  readonly isNeeded?: true;
}

/** Why somebody gets a notification, and what they can do about it with one click. */
export interface Frame {
  /** Markdown, one sentence. */
  readonly why: string;
  readonly buttons: readonly FrameButton[];
}

/** What one person is told: the content, and what the bot itself says below it. */
export interface Telling extends Content {
  /** Markdown: what is asked of the person, or how it ends. */
  readonly remark?: string;
  /** What answers it. */
  readonly buttons?: readonly Button[];
  /** What people say for the buttons where there are none; absent: what each button says is written out. */
  readonly suggestions?: readonly string[];
}

/**
 * The message for a channel that shows no cards: everything in its text, which still begins with the notification's own.
 * Buttons become what the person can say instead.
 *
 * @param kind what to call it when it says nothing at all, as a card with nothing but a picture
 */
export function inPlainText(
  { text, card, summary, isSummaryShort, remark, buttons = [], suggestions }: Telling,
  kind: string,
  frame?: Frame,
): { readonly text: string; readonly summary?: string; readonly suggestions?: readonly string[] } {
  const short = isSummaryShort ? undefined : summary;
  const said = text ?? short ?? (linesOf(card).join('\n') || kind);
  const links = linksOf(card).map(({ title, url }) => (title === undefined ? url : `${title}: ${url}`));
  return {
    text: [
      said,
      ...links,
      ...sayablesOf(card),
      ...(remark === undefined ? [] : [remark]),
      ...(suggestions === undefined ? sayable(buttons) : []),
      ...(frame === undefined ? [] : [frame.why, ...sayable(frame.buttons)]),
    ].join('\n\n'),
    ...defined({ summary, suggestions }),
  };
}

function sayable(buttons: readonly Button[]): readonly string[] {
  if (buttons.length === 0) return [];
  return [buttons.map(({ title, command, said }) => `${title}: ${said ?? command}`).join('\n')];
}
