import type { Interruption } from '../domain/conversation/turn-state.ts';
import { defined } from '../domain/defined.ts';
import type { NotificationId } from '../domain/ids.ts';
import { isNotificationId } from '../domain/ids.ts';
import { withoutTail } from '../domain/text.ts';
import { wordsFor } from '../locale/words.ts';
import { parseAnswerCommand } from '../use-cases/conversation/interruption-words.ts';
import type { RecordAnswer } from '../use-cases/conversation/record-answer.ts';
import type { Reply, Turn } from './turn.ts';
import { isDone } from './understanding/short-answers.ts';

/** What somebody says to a notification that lies on top. */
export type Heard =
  | { readonly kind: 'choice'; readonly index: number }
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
  return {
    notification,
    heard: typeof answer === 'number' ? { kind: 'choice', index: answer } : { kind: answer },
  };
}

/** Takes a choice, and says what came of it. Throws `StoreUnavailable` or `QueueUnavailable`. */
export async function takeChoice(
  turn: Turn,
  choice: { readonly notification: NotificationId; readonly index: number },
  record: RecordAnswer,
): Promise<Reply> {
  const recorded = await record({
    ...choice,
    conversation: turn.conversation,
    at: turn.at,
    turn: turn.id,
    ...defined({ speaker: turn.speaker }),
  });
  const words = wordsFor(turn.locale).interruptions;
  const { notification } = choice;
  switch (recorded.kind) {
    case 'recorded': {
      const answered = { notification, choice: recorded.choice };
      return { text: words.noted(recorded.choice), settles: { answered } };
    }
    case 'no-question':
      return { text: words.noQuestion };
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
