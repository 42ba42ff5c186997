import { type Interruption, popped, type TurnState } from '../domain/conversation/turn-state.ts';
import { type Duration, isFarAhead, seconds } from '../domain/time.ts';
import { wordsFor } from '../locale/words.ts';
import { type Heard, hear, pressed, takeChoice } from './interruption.ts';
import {
  answered,
  type Respond,
  type RespondDeps,
  type Responded,
  toDialog,
  toNothing,
} from './to-dialog.ts';
import type { Reply, Turn } from './turn.ts';

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
    const responded = isTooLong ? toTooMuch(turn, state) : await toWhatIsOpen(deps, turn, state);
    if (loaded.unreadable !== true) return responded;
    deps.log.warn('dialog.dropped', { conversation: turn.conversation.key, why: 'unreadable' });
    return { ...responded, replies: [{ text: wordsFor(turn.locale).chat.lostTrack }, ...responded.replies] };
  };
}

/** What is too long to be meant for a bot says nothing: whatever is open stays open, and is asked again. */
function toTooMuch(turn: Turn, state: TurnState): Responded {
  const text = wordsFor(turn.locale).chat.tooLong(LONGEST_SAID, turn.text.length);
  return { state, replies: [{ text }, ...promptAgain(state)], released: false };
}

function toWhatIsOpen(deps: RespondDeps, turn: Turn, state: TurnState): Promise<Responded> {
  const button = pressed(turn.text);
  if (button !== undefined) return toButton(deps, turn, state, button);
  const top = topFor(turn, state);
  if (top !== undefined) return toInterruption(deps, turn, state, top);
  return state.dialog === undefined ? toNothing(deps, turn, state) : toDialog(deps, turn, state);
}

/** A button names its notification, which may lie on top, below another one, or nowhere any more. */
async function toButton(
  deps: RespondDeps,
  turn: Turn,
  state: TurnState,
  { notification, heard }: NonNullable<ReturnType<typeof pressed>>,
): Promise<Responded> {
  const open = state.interruptions.find((one) => one.notification === notification);
  if (open !== undefined) return ended(deps, turn, state, { interruption: open, heard });
  const reply =
    heard.kind === 'choice'
      ? await takeChoice(turn, { notification, index: heard.index }, deps.recordAnswer)
      : { text: wordsFor(turn.locale).interruptions.doneAlready };
  return { state, replies: [reply, ...promptAgain(state)], released: false };
}

async function toInterruption(
  deps: RespondDeps,
  turn: Turn,
  state: TurnState,
  top: Interruption,
): Promise<Responded> {
  const heard = hear(turn.text, top);
  if (heard.kind !== 'no-answer') return ended(deps, turn, state, { interruption: top, heard });
  if (top.choices === undefined && deps.dialogs.begunBy(turn.text) !== undefined) {
    // Its own card may offer that: whoever begins something has seen it.
    const responded = await toWhatIsOpen(deps, turn, popped(state, top.notification));
    return { ...responded, released: true };
  }
  const replies = deps.answer.isCommand(turn.text) ? [await answered(deps, turn), top.prompt] : [top.prompt];
  return { state, replies, released: false };
}

async function ended(
  deps: RespondDeps,
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
