import type { Question } from '../../catalog/entry.ts';
import type { Reply } from '../../domain/conversation/reply.ts';
import type { Content, JsonObject } from '../../domain/event/notification.ts';
import type { NotificationId } from '../../domain/ids.ts';
import { wordsFor } from '../../locale/words.ts';
import type { OutgoingMessage } from '../../ports/delivery/messenger.ts';

/** Channels show so many buttons of a card at most; one more would hide somebody's own. */
const MOST_CARD_ACTIONS = 6;
/** What "in one line" means. */
const LONGEST_LINE = 200;

/** What a notification is shown as, and what it is about. */
export interface Shown {
  readonly notification: NotificationId;
  readonly content: Content;
  /** BCP 47, of the person. */
  readonly locale: string | undefined;
  /** What the person is in the middle of, `travel booking`; absent when that is nothing. */
  readonly below?: string;
  readonly question?: Question;
}

/** The words that a button sends for the person: `answer <notification> <choice, from 1>` or `answer <notification> done`. */
export function answerCommand(notification: NotificationId, answer: number | 'done'): string {
  return `answer ${notification} ${answer === 'done' ? answer : answer + 1}`;
}

/** Reads what `answerCommand` writes; `answer` counts from 0. */
export function parseAnswerCommand(
  text: string,
): { readonly notification: string; readonly answer: number | 'done' } | undefined {
  const [, notification, answer] = /^answer ([\w-]{43}) (\d{1,2}|done)$/i.exec(text) ?? [];
  if (notification === undefined || answer === undefined) return undefined;
  if (answer.toLowerCase() === 'done') return { notification, answer: 'done' };
  const number = Number(answer);
  return number > 0 ? { notification, answer: number - 1 } : undefined;
}

/**
 * The notification as it interrupts: its own text first and unchanged, then, in the same message, that the topic
 * changes, and how it ends. One message, so that no crash leaves half of it, and the channel counts one.
 */
export function interruptingMessage(shown: Shown): OutgoingMessage {
  return message(shown, ending(shown, { isFirst: true }));
}

/** The same when it is not known whether the first one was seen: without announcing the change of topic again. */
export function repeatedMessage(shown: Shown): OutgoingMessage {
  return message(shown, ending(shown, { isFirst: false }));
}

/** The notification in one line, said again when the answer is none. */
export function promptOf(shown: Shown): Reply {
  const { content, question } = shown;
  const said = content.text ?? content.summary ?? wordsFor(shown.locale).interruptions.notificationAbove;
  const line = said.replace(/\s+/g, ' ').trim();
  const shortened = line.length <= LONGEST_LINE ? line : `${line.slice(0, LONGEST_LINE - 1)}\u2026`;
  return {
    text: `${shortened}\n\n${ending(shown, { isFirst: false })}`,
    suggestions: question === undefined ? ['done'] : [...question.choices],
  };
}

/** A question that does not interrupt: its choices are buttons of a card, which anybody may press at any time. */
export function askingMessage({ notification, content, question, locale }: Shown): OutgoingMessage {
  if (question === undefined || content.card !== undefined) return content;
  return {
    ...content,
    card: {
      type: 'AdaptiveCard',
      $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
      version: '1.5',
      body: [
        {
          type: 'TextBlock',
          text: wordsFor(locale).interruptions.chooseOne,
          isSubtle: true,
          wrap: true,
        },
        {
          type: 'ActionSet',
          actions: question.choices.map((choice, index) => ({
            type: 'Action.Submit',
            title: choice,
            data: { notifier: answerCommand(notification, index) },
          })),
        },
      ],
    },
  };
}

function message(shown: Shown, words: string): OutgoingMessage {
  const { content, question } = shown;
  const text = content.text === undefined ? words : `${content.text}\n\n${words}`;
  if (question !== undefined) return { ...content, text, suggestions: question.choices };
  if (content.card === undefined) return { ...content, text, suggestions: ['done'] };
  return { ...content, text, card: withWayBack(content.card, shown) };
}

function ending(
  { below, question, locale }: Pick<Shown, 'below' | 'question' | 'locale'>,
  { isFirst }: { readonly isFirst: boolean },
): string {
  const words = wordsFor(locale).interruptions;
  const how =
    question === undefined ? words.endsWithDone(below) : words.endsWithChoice(question.choices, below);
  return isFirst && below !== undefined ? `${words.changeOfTopic} ${how}` : how;
}

/** The card with one more button, unless it is full. */
function withWayBack(card: JsonObject, { notification, below, locale }: Shown): JsonObject {
  const words = wordsFor(locale).interruptions;
  const actions: readonly unknown[] = Array.isArray(card.actions) ? card.actions : [];
  if (actions.length >= MOST_CARD_ACTIONS) return card;
  const wayBack = {
    type: 'Action.Submit',
    title: below === undefined ? words.done : words.backTo(below),
    data: { notifier: answerCommand(notification, 'done') },
  };
  return { ...card, actions: [...actions, wayBack] };
}
