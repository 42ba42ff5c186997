import { type Interruption, popped, type TurnState, withDialog } from '../domain/conversation/turn-state.ts';
import { type Duration, isFarAhead, seconds } from '../domain/time.ts';
import { wordsFor } from '../locale/words.ts';
import type { Clock } from '../ports/clock.ts';
import type { PreferenceStore } from '../ports/conversation/preference-store.ts';
import type { LoadedTurns } from '../ports/conversation/turn-store.ts';
import type { Log } from '../ports/log.ts';
import type { RecordAnswer } from '../use-cases/conversation/record-answer.ts';
import { zoneOf } from '../use-cases/holding-back/quiet-hours.ts';
import type { Answer } from './answer.ts';
import type { DialogBook } from './dialogs/dialog-book.ts';
import { type Begun, type DialogTurn, UnknownDialogState } from './dialogs/dialogs.ts';
import { codeOf, passes } from './failed-turn.ts';
import { type Heard, hear, pressed, takeChoice } from './interruption.ts';
import type { Reply, Turn } from './turn.ts';

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
  readonly dialogs: Pick<DialogBook, 'begunBy' | 'load'>;
  readonly recordAnswer: RecordAnswer;
  readonly preferences: PreferenceStore;
  readonly defaultTimeZone: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Default: `LONGEST_SAID`. */
  readonly longestSaid?: number;
}

/**
 * So much of what somebody says is read, in UTF-16 units; of more nothing is. The longest that can be understood is a
 * reminder of a thousand characters with its time, so this leaves room four times over, and whoever pastes a document has
 * an answer at once.
 */
export const LONGEST_SAID = 4000;

/**
 * Decides what to say to what somebody said, by what they are in the middle of: a notification that lies on top, then a
 * dialog of their own, then nothing.
 *
 * A command that is clearly one is answered in between, and the open question asked again.
 */
export function respond(deps: RespondDeps): Respond {
  return async (turn, loaded) => {
    const before = loaded.state.spokeAt;
    // What a machine with a wrong clock wrote would stay the latest for ever.
    const spokeAt = isFarAhead(before, turn.at) ? turn.at : Math.max(before, turn.at);
    const state: TurnState = { ...loaded.state, spokeAt };
    const isTooLong = turn.text.length > (deps.longestSaid ?? LONGEST_SAID);
    const responded = isTooLong ? toTooMuch(turn, state) : await toWhatIsOpen(turn, state);
    if (loaded.unreadable !== true) return responded;
    deps.log.warn('dialog.dropped', { conversation: turn.conversation.key, why: 'unreadable' });
    return { ...responded, replies: [{ text: wordsFor(turn.locale).chat.lostTrack }, ...responded.replies] };
  };

  /** What is too long to be meant for a bot says nothing: whatever is open stays open, and is asked again. */
  function toTooMuch(turn: Turn, state: TurnState): Responded {
    const text = wordsFor(turn.locale).chat.tooLong(LONGEST_SAID, turn.text.length);
    return { state, replies: [{ text }, ...promptAgain(state)], released: false };
  }

  /** A command that fails costs its own answer, and nothing of what is open. */
  async function answered(turn: Turn): Promise<Reply> {
    try {
      return await deps.answer(turn);
    } catch (cause) {
      if (passes(cause)) throw cause;
      // The same words would fail again: the activity is answered, and does not come again.
      deps.log.error('turn.failed', { conversation: turn.conversation.key, code: codeOf(cause) });
      return { text: wordsFor(turn.locale).chat.failed, suggestions: ['help'] };
    }
  }

  async function onTheirClock(turn: Turn): Promise<DialogTurn> {
    const { preferences } = await deps.preferences.find(turn.conversation.key);
    return { ...turn, zone: zoneOf(preferences, turn.conversation, deps.defaultTimeZone) };
  }

  function toWhatIsOpen(turn: Turn, state: TurnState): Promise<Responded> {
    const button = pressed(turn.text);
    if (button !== undefined) return toButton(turn, state, button);
    const top = topFor(turn, state);
    if (top !== undefined) return toInterruption(turn, state, top);
    return state.dialog === undefined ? toNothing(turn, state) : toDialog(turn, state);
  }

  /** A button names its notification, which may lie on top, below another one, or nowhere any more. */
  async function toButton(
    turn: Turn,
    state: TurnState,
    { notification, heard }: NonNullable<ReturnType<typeof pressed>>,
  ): Promise<Responded> {
    const open = state.interruptions.find((one) => one.notification === notification);
    if (open !== undefined) return ended(turn, state, { interruption: open, heard });
    const reply =
      heard.kind === 'choice'
        ? await takeChoice(turn, { notification, index: heard.index }, deps.recordAnswer)
        : { text: wordsFor(turn.locale).interruptions.doneAlready };
    return { state, replies: [reply, ...promptAgain(state)], released: false };
  }

  async function toInterruption(turn: Turn, state: TurnState, top: Interruption): Promise<Responded> {
    const heard = hear(turn.text, top);
    if (heard.kind !== 'no-answer') return ended(turn, state, { interruption: top, heard });
    if (top.choices === undefined && deps.dialogs.begunBy(turn.text) !== undefined) {
      // Its own card may offer that: whoever begins something has seen it.
      const responded = await toWhatIsOpen(turn, popped(state, top.notification));
      return { ...responded, released: true };
    }
    const replies = deps.answer.isCommand(turn.text) ? [await answered(turn), top.prompt] : [top.prompt];
    return { state, replies, released: false };
  }

  async function ended(
    turn: Turn,
    state: TurnState,
    { interruption, heard }: { readonly interruption: Interruption; readonly heard: Heard },
  ): Promise<Responded> {
    const words = wordsFor(turn.locale).interruptions;
    const { notification } = interruption;
    const rest = popped(state, notification);
    const noted =
      heard.kind === 'choice'
        ? await takeChoice(turn, { notification, index: heard.index }, deps.recordAnswer)
        : { text: words.allRight };
    const below = rest.interruptions.at(-1)?.prompt ?? rest.dialog?.prompt;
    if (below === undefined) return { state: rest, replies: [noted], released: true };
    const back =
      rest.interruptions.length > 0 || rest.dialog === undefined
        ? words.backToQuestion
        : words.backToDialog(rest.dialog.title);
    return {
      state: rest,
      replies: [{ text: `${noted.text} ${back}` }, below],
      released: true,
    };
  }

  async function toDialog(turn: Turn, state: TurnState): Promise<Responded> {
    const { dialog } = state;
    if (dialog === undefined) return toNothing(turn, state);
    const said = turn.text.toLowerCase();
    const begun = deps.dialogs.begunBy(said);
    if (begun?.answer === '' && begun.name === dialog.name) {
      const reply = { text: wordsFor(turn.locale).chat.inTheMiddle(dialog.title) };
      return { state, replies: [reply, dialog.prompt], released: false };
    }
    const isForDialog = said === 'help' || said === 'back' || said === 'cancel';
    if (!isForDialog && deps.answer.isCommand(turn.text)) {
      return { state, replies: [await answered(turn), dialog.prompt], released: false };
    }
    try {
      const step = await (await deps.dialogs.load()).continue(dialog, await onTheirClock(turn));
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

  async function toNothing(turn: Turn, state: TurnState): Promise<Responded> {
    if (turn.text.toLowerCase() === 'cancel') {
      const text = wordsFor(turn.locale).chat.nothingToCancel;
      return { state, replies: [{ text, suggestions: ['help'] }], released: false };
    }
    const begun = deps.dialogs.begunBy(turn.text);
    if (begun !== undefined) {
      return begin(turn, state, begun);
    }
    return { state, replies: [await answered(turn)], released: false };
  }

  async function begin(turn: Turn, state: TurnState, begun: Begun): Promise<Responded> {
    try {
      const step = await (await deps.dialogs.load()).begin(begun, await onTheirClock(turn));
      return { state: withDialog(state, step.dialog), replies: step.replies, released: false };
    } catch (cause) {
      if (passes(cause)) throw cause;
      // Nothing is open that was not before, and the activity does not come again.
      deps.log.error('turn.failed', { conversation: turn.conversation.key, code: codeOf(cause) });
      const reply = { text: wordsFor(turn.locale).chat.failed, suggestions: ['help'] };
      return { state, replies: [reply], released: false };
    }
  }
}

/**
 * The notification on top, as far as the person knows of it: what came in before it was shown was said to what lies
 * below. One of which it is not known whether it was shown is taken for shown when its answer says so.
 */
function topFor({ at, text }: Turn, { interruptions }: TurnState): Interruption | undefined {
  return interruptions.findLast((one) =>
    one.shownAt === undefined
      ? at > one.pushedAt + UNSHOWN || isFarAhead(one.pushedAt, at) || hear(text, one).kind !== 'no-answer'
      : at >= one.shownAt || isFarAhead(one.shownAt, at),
  );
}

/** So long after it was pushed, a notification was shown or its worker died; its request has a time limit. */
const UNSHOWN: Duration = seconds(30);

/** What is open is asked again after something else was answered in between. */
function promptAgain({ interruptions, dialog }: TurnState): readonly Reply[] {
  const open = interruptions.at(-1)?.prompt ?? dialog?.prompt;
  return open === undefined ? [] : [open];
}
