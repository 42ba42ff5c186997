import type { Interruption } from '../domain/conversation/turn-state.ts';
import { defined } from '../domain/defined.ts';
import type { NotificationId } from '../domain/ids.ts';
import { isNotificationId } from '../domain/ids.ts';
import { withoutTail } from '../domain/text.ts';
import { wordsFor } from '../locale/words.ts';
import {
  answerCommand,
  type CommandedAnswer,
  parseAnswerCommand,
} from '../use-cases/conversation/interruption-words.ts';
import type { RecordAnswer } from '../use-cases/conversation/record-answer.ts';
import { plain } from './markdown.ts';
import type { Reply, Turn } from './turn.ts';
import { isDone } from './understanding/short-answers.ts';

/** So much of what was no choice is said again. */
const LONGEST_SHOWN = 60;

/** What somebody says to a notification that lies on top. */
export type Heard =
  | { readonly kind: 'choice'; readonly index: number }
  /** A button that somebody typed, with something else in the place of the choice's number. */
  | { readonly kind: 'words'; readonly said: string }
  /** They have seen it, or do not want to answer. */
  | { readonly kind: 'done' }
  /** They want to be asked again. */
  | { readonly kind: 'change' }
  | { readonly kind: 'no-answer' };

/** Reads an answer to the notification on top: a choice by its words, the beginning of them or its number. */
export function hear(text: string, { choices }: Pick<Interruption, 'choices'>): Heard {
  const said = wordsOf(text);
  const index = choices === undefined ? -1 : choiceIn(said, choices);
  if (index >= 0) return { kind: 'choice', index };
  return isDone(text) || /^(?:back to|zurück z)/.test(said) ? { kind: 'done' } : { kind: 'no-answer' };
}

/** Reads a button of a card: which notification, and what was pressed. */
export function pressed(
  text: string,
): { readonly notification: NotificationId; readonly heard: Heard } | undefined {
  const command = parseAnswerCommand(text);
  if (command === undefined || !isNotificationId(command.notification)) return undefined;
  const { notification, answer } = command;
  return { notification, heard: heardAs(answer) };
}

function heardAs(answer: CommandedAnswer): Heard {
  if (typeof answer === 'number') return { kind: 'choice', index: answer };
  return typeof answer === 'object' ? { kind: 'words', ...answer } : { kind: answer };
}

/** What is answered to one question: a choice, counted from 0, or what somebody said for it. */
export type Chosen = { readonly notification: NotificationId } & (
  | { readonly index: number }
  | { readonly said: string }
);

/** What came of an answer. */
export interface Taken {
  readonly reply: Reply;
  /** It was none of the choices: the question waits as before. */
  readonly isOpen: boolean;
}

/** Takes a choice, and says what came of it. Throws `StoreUnavailable` or `QueueUnavailable`. */
export async function takeChoice(turn: Turn, chosen: Chosen, record: RecordAnswer): Promise<Taken> {
  const { notification } = chosen;
  const recorded = await record({
    notification,
    // No choice has this number: the choices are told, and the one that is meant is looked for among them.
    index: 'index' in chosen ? chosen.index : -1,
    conversation: turn.conversation,
    at: turn.at,
    turn: turn.id,
    ...defined({ speaker: turn.speaker }),
  });
  const words = wordsFor(turn.locale).interruptions;
  switch (recorded.kind) {
    case 'recorded': {
      const answered = { notification, choice: recorded.choice };
      return { reply: { text: words.noted(recorded.choice), settles: { answered } }, isOpen: false };
    }
    case 'no-question':
      return { reply: { text: words.noQuestion }, isOpen: false };
    case 'no-choice': {
      const index = 'said' in chosen ? choiceIn(wordsOf(chosen.said), recorded.choices) : -1;
      if (index >= 0) return takeChoice(turn, { notification, index }, record);
      const said = 'said' in chosen ? chosen.said : String(chosen.index + 1);
      const shown = recorded.choices.map((choice) => plain(choice));
      const reply: Reply = {
        text: words.noSuchChoice(plain(said, LONGEST_SHOWN), shown),
        buttons: recorded.choices.map((title, at) => ({ title, command: answerCommand(notification, at) })),
      };
      return { reply, isOpen: true };
    }
  }
}

function choiceIn(said: string, choices: readonly string[]): number {
  const words = choices.map(wordsOf);
  const exact = words.indexOf(said);
  if (exact >= 0) return exact;
  if (/^\d{1,2}$/.test(said)) return Number(said) <= choices.length ? Number(said) - 1 : -1;
  const beginnings = words.flatMap((word, index) =>
    said.length >= 2 && word.startsWith(said) ? [index] : [],
  );
  return beginnings.length === 1 ? (beginnings[0] ?? -1) : -1;
}

/** Without what is said around an answer: `It was great!` stays, `Great!` is `great`. */
function wordsOf(text: string): string {
  return withoutTail(text.trim().toLowerCase(), /[\s.!?]/).replace(/\s+/g, ' ');
}
