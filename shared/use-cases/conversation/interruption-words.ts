import type { Question } from '../../catalog/entry.ts';
import type { Button, Telling } from '../../catalog/frame.ts';
import type { Reply } from '../../domain/conversation/reply.ts';
import type { Content } from '../../domain/event/notification.ts';
import type { NotificationId } from '../../domain/ids.ts';
import { withoutTail } from '../../domain/text.ts';
import { wordsFor } from '../../locale/words.ts';

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

/**
 * The words that a button sends for the person: `answer <notification> <choice, from 1>`, `answer <notification> done`, or
 * `answer <notification> change` to be asked again.
 */
export function answerCommand(notification: NotificationId, answer: number | 'done' | 'change'): string {
  return `answer ${notification} ${typeof answer === 'number' ? answer + 1 : answer}`;
}

/** `answer <notification> ` and in German, with what is answered behind it. */
const ANSWERS = /^(?:answer|antworte?) ([\w-]{43})(?:\s+(?:(?:with|mit)\s+)?(.*))?$/is;

/** What `answerCommand` writes, or somebody who types it: a choice, counted from 0, or what else stands there. */
export type CommandedAnswer = number | 'done' | 'change' | { readonly said: string };

/** Reads what `answerCommand` writes, and what people make of it. */
export function parseAnswerCommand(
  text: string,
): { readonly notification: string; readonly answer: CommandedAnswer } | undefined {
  const [, notification, behind = ''] = ANSWERS.exec(text) ?? [];
  if (notification === undefined) return undefined;
  const said = withoutTail(behind, /[\s.!?]/);
  return { notification, answer: answerIn(said) };
}

function answerIn(said: string): CommandedAnswer {
  if (/^(?:done|erledigt|fertig)$/i.test(said)) return 'done';
  if (/^(?:change|ändern?)$/i.test(said)) return 'change';
  return /^[1-9]\d?$/.test(said) ? Number(said) - 1 : { said };
}

/**
 * The notification as it interrupts: its own text first and unchanged, then, in the same message, that the topic
 * changes, and how it ends. One message, so that no crash leaves half of it, and the channel counts one. The same when it
 * is not known whether the first one was seen: whoever sees both knows them for one.
 */
export function interruptingMessage(shown: Shown): Telling {
  const { notification, content, below, question, locale } = shown;
  const remark = ending(shown, { isFirst: true });
  if (question !== undefined) {
    const { choices } = question;
    return { ...content, remark, buttons: choiceButtons(notification, choices), suggestions: choices };
  }
  const words = wordsFor(locale).interruptions;
  const title = below === undefined ? words.done : words.backTo(below);
  const command = answerCommand(notification, 'done');
  return { ...content, remark, buttons: [{ title, command }], suggestions: ['done'] };
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

/** A question that does not interrupt: its choices are buttons, which anybody may press at any time. */
export function askingMessage({ notification, content, question, locale }: Shown): Telling {
  if (question === undefined) return content;
  return {
    ...content,
    remark: wordsFor(locale).interruptions.chooseOne,
    buttons: choiceButtons(notification, question.choices),
  };
}

/** A question of somebody alone that was answered: the answer, and the way to change it; without a choice it asks again. */
export function answeredMessage(shown: Shown, choice: string | undefined): Telling {
  if (choice === undefined) return askingMessage(shown);
  const { notification, content, locale } = shown;
  const words = wordsFor(locale).living;
  const command = answerCommand(notification, 'change');
  return { ...content, remark: words.answered(choice), buttons: [{ title: words.changeAnswer, command }] };
}

function choiceButtons(notification: NotificationId, choices: readonly string[]): readonly Button[] {
  return choices.map((title, index) => ({ title, command: answerCommand(notification, index) }));
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
