import { type TurnState, withDialog } from '../domain/conversation/turn-state.ts';
import { wordsFor } from '../locale/words.ts';
import type { Clock } from '../ports/clock.ts';
import type { PreferenceStore } from '../ports/conversation/preference-store.ts';
import type { LoadedTurns } from '../ports/conversation/turn-store.ts';
import type { Log } from '../ports/log.ts';
import type { FindTold } from '../use-cases/conversation/find-told.ts';
import type { RecordAnswer } from '../use-cases/conversation/record-answer.ts';
import { zoneOf } from '../use-cases/holding-back/quiet-hours.ts';
import type { AllKinds } from '../use-cases/kinds/all-kinds.ts';
import type { Answer } from './answer.ts';
import type { DialogBook } from './dialogs/dialog-book.ts';
import { type Begun, type DialogTurn, UnknownDialogState } from './dialogs/dialogs.ts';
import { codeOf, passes } from './failed-turn.ts';
import type { Reply, Turn } from './turn.ts';
import { isBack, isCancel, isHelp } from './understanding/short-answers.ts';

/** What a turn comes to. */
export interface Responded {
  readonly state: TurnState;
  readonly replies: readonly Reply[];
  /** A dialog or an interruption is over: what waited for it may go. */
  readonly released: boolean;
}

export type Respond = (turn: Turn, loaded: LoadedTurns) => Promise<Responded>;

export interface RespondDeps {
  readonly answer: Answer;
  readonly dialogs: Pick<DialogBook, 'begunBy' | 'load' | 'resumes'>;
  /** What was told in the conversation lately. */
  readonly told: FindTold;
  readonly kinds: Pick<AllKinds, 'entryOf'>;
  readonly recordAnswer: RecordAnswer;
  readonly preferences: PreferenceStore;
  readonly defaultTimeZone: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Default: `LONGEST_SAID`. */
  readonly longestSaid?: number;
}

export async function toDialog(deps: RespondDeps, turn: Turn, state: TurnState): Promise<Responded> {
  const { dialog } = state;
  if (dialog === undefined) return toNothing(deps, turn, state);
  const { text } = turn;
  const begun = deps.dialogs.begunBy(text.toLowerCase());
  if (begun?.answer === '' && begun.name === dialog.name) {
    const reply = { text: wordsFor(turn.locale).chat.inTheMiddle(dialog.title) };
    return { state, replies: [reply, dialog.prompt], released: false };
  }
  const isForDialog = isHelp(text) || isBack(text) || isCancel(text);
  if (!isForDialog && deps.answer.isCommand(text)) {
    const reply = await answered(deps, turn);
    const again = reply.asks === undefined ? [dialog.prompt] : [];
    return { state, replies: [reply, ...again], released: false };
  }
  try {
    const step = await (await deps.dialogs.load()).continue(dialog, await onTheirClock(deps, turn));
    return {
      state: withDialog(state, step.dialog),
      replies: step.replies,
      released: step.dialog === undefined,
    };
  } catch (cause) {
    if (passes(cause)) throw cause;
    // Whatever else it is, `cancel` would run into it too. The dialog is gone and the person is told so; going on with it would fail at every message.
    deps.log.error('dialog.dropped', {
      conversation: turn.conversation.key,
      why: 'unknown-state',
      cause: codeOf(cause instanceof UnknownDialogState ? (cause.cause ?? cause) : cause),
    });
    return {
      state: withDialog(state, undefined),
      replies: [{ text: wordsFor(turn.locale).chat.lostTrack, suggestions: [dialog.name] }],
      released: true,
    };
  }
}

export async function toNothing(deps: RespondDeps, turn: Turn, state: TurnState): Promise<Responded> {
  if (isCancel(turn.text)) {
    const text = wordsFor(turn.locale).chat.nothingToCancel;
    return { state, replies: [{ text, suggestions: ['help'] }], released: false };
  }
  const begun = deps.dialogs.begunBy(turn.text);
  if (begun !== undefined) {
    return begin(deps, turn, state, begun);
  }
  return { state, replies: [await answered(deps, turn)], released: false };
}

async function begin(deps: RespondDeps, turn: Turn, state: TurnState, begun: Begun): Promise<Responded> {
  try {
    const step = await (await deps.dialogs.load()).begin(begun, await onTheirClock(deps, turn));
    return { state: withDialog(state, step.dialog), replies: step.replies, released: false };
  } catch (cause) {
    if (passes(cause)) throw cause;
    // Nothing is open that was not before, and the activity does not come again.
    deps.log.error('turn.failed', { conversation: turn.conversation.key, code: codeOf(cause) });
    const reply = { text: wordsFor(turn.locale).chat.failed, suggestions: ['help'] };
    return { state, replies: [reply], released: false };
  }
}

async function onTheirClock(deps: RespondDeps, turn: Turn): Promise<DialogTurn> {
  const { preferences } = await deps.preferences.findPreferences(turn.conversation.key);
  return { ...turn, zone: zoneOf(preferences, turn.conversation, deps.defaultTimeZone) };
}

/** A command that fails costs its own answer, and nothing of what is open. */
export async function answered(deps: RespondDeps, turn: Turn): Promise<Reply> {
  try {
    return await deps.answer(turn);
  } catch (cause) {
    if (passes(cause)) throw cause;
    // The same words would fail again: the activity is answered, and does not come again.
    deps.log.error('turn.failed', { conversation: turn.conversation.key, code: codeOf(cause) });
    return { text: wordsFor(turn.locale).chat.failed, suggestions: ['help'] };
  }
}
