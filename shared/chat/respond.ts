import {
  asking,
  broken,
  type Interruption,
  keptDialog,
  openQuestion,
  popped,
  type TurnState,
  withDialog,
  withoutKept,
} from '../domain/conversation/turn-state.ts';
import { defined } from '../domain/defined.ts';
import type { NotificationId } from '../domain/ids.ts';
import { type Duration, isFarAhead, seconds } from '../domain/time.ts';
import { wordsFor } from '../locale/words.ts';
import { STOP } from './commands/quiet/stop.ts';
import { type Heard, hear, pressed, type Taken, takeChoice } from './interruption.ts';
import { onQuoted } from './on-quoted.ts';
import {
  answered,
  type Respond,
  type RespondDeps,
  type Responded,
  toDialog,
  toNothing,
} from './to-dialog.ts';
import type { Reply, Turn } from './turn.ts';
import { isNo, isYes } from './understanding/short-answers.ts';

/**
 * So much of what somebody says is read, in UTF-16 units; of more nothing is. The longest that can be understood is a
 * reminder of a thousand characters with its time, so this leaves room four times over, and whoever pastes a document has
 * an answer at once.
 */
export const LONGEST_SAID = 4000;

/**
 * Decides what to say to what somebody said, by what they are in the middle of: what the last reply asked, a notification
 * that lies on top, a dialog of their own, a question that waits on a card, then nothing.
 *
 * A command that is clearly one is answered in between, and the open question asked again. Nothing holds anybody: whatever
 * is open lets go of what is no answer to it.
 */
export function respond(deps: RespondDeps): Respond {
  return async (turn, loaded) => {
    const before = loaded.state.spokeAt;
    // What a machine with a wrong clock wrote would stay the latest for ever.
    const spokeAt = isFarAhead(before, turn.at) ? turn.at : Math.max(before, turn.at);
    // What is asked is asked once: whatever is said now answers it, or takes it away.
    const state: TurnState = asking({ ...loaded.state, spokeAt }, undefined, turn.at);
    const isTooLong = turn.text.length > (deps.longestSaid ?? LONGEST_SAID);
    const about = await meant(deps, turn);
    const responded = isTooLong
      ? toTooMuch(turn, state)
      : of(about.pressed, await toWords(deps, about, state, loaded.state));
    const asks = responded.replies.findLast((reply) => reply.asks !== undefined)?.asks;
    const question = asks && { ...defined({ pressed: about.pressed }), ...asks };
    const kept = { ...responded, state: asking(responded.state, question, turn.at) };
    if (loaded.unreadable !== true) return kept;
    deps.log.warn('dialog.dropped', { conversation: turn.conversation.key, why: 'unreadable' });
    return { ...kept, replies: [{ text: wordsFor(turn.locale).chat.lostTrack }, ...responded.replies] };
  };
}

/** What is too long to be meant for a bot says nothing: whatever is open stays open, and is asked again. */
function toTooMuch(turn: Turn, state: TurnState): Responded {
  const text = wordsFor(turn.locale).chat.tooLong(LONGEST_SAID, turn.text.length);
  return { state, replies: [{ text }, ...promptAgain(state)], released: false };
}

/** What is said of a quoted message, as a command about it. */
async function meant(deps: RespondDeps, turn: Turn): Promise<Turn> {
  const { quoted, conversation, at } = turn;
  const told = quoted === undefined ? undefined : await deps.told.byActivity(conversation.key, quoted, at);
  const text = told && onQuoted(turn.text, told.notification, deps.kinds);
  return text === undefined ? turn : { ...turn, text, ...defined({ pressed: quoted }) };
}

/** By what the last reply asked, where it asked something that this answers. */
async function toWords(
  deps: RespondDeps,
  turn: Turn,
  state: TurnState,
  before: TurnState,
): Promise<Responded> {
  const asked = openQuestion(before, turn.at);
  const isOther =
    deps.answer.nameOf(turn.text) !== undefined ||
    deps.dialogs.begunBy(turn.text) !== undefined ||
    deps.dialogs.resumes(turn.text);
  if (asked === undefined || isOther || pressed(turn.text) !== undefined)
    return toWhatIsOpen(deps, turn, state, before);
  if (asked.yes !== undefined && isYes(turn.text))
    return toWhatIsOpen(deps, { ...turn, text: asked.yes }, state, before);
  if (isNo(turn.text)) {
    const text = wordsFor(turn.locale).interruptions.allRight;
    return { state, replies: [{ text }, ...promptAgain(state)], released: false };
  }
  const { completes } = asked;
  if (completes === undefined) return toWhatIsOpen(deps, turn, state, before);
  const reply = await answered(deps, { ...turn, text: completes.replace('{}', () => turn.text) });
  const isSame = reply.asks?.completes === completes;
  // What was no answer twice is said to something else.
  if (isSame && asked.isAgain === true) return toWhatIsOpen(deps, turn, state, before);
  const asks = isSame
    ? { ...reply.asks, isAgain: true as const, ...defined({ pressed: asked.pressed }) }
    : reply.asks;
  const once = asks === undefined ? reply : { ...reply, asks };
  return of(asked.pressed, { state, replies: withPrompt(once, state), released: false });
}

/** What came of it is about the message that was meant. */
function of(pressed: string | undefined, responded: Responded): Responded {
  if (pressed === undefined) return responded;
  const replies = responded.replies.map((reply) =>
    reply.settles === undefined ? reply : { ...reply, settles: { pressed, ...reply.settles } },
  );
  return { ...responded, replies };
}

async function toWhatIsOpen(
  deps: RespondDeps,
  turn: Turn,
  state: TurnState,
  before: TurnState,
): Promise<Responded> {
  const button = pressed(turn.text);
  if (button !== undefined) return toButton(deps, turn, state, button);
  if (deps.answer.nameOf(turn.text) === STOP) return toStop(deps, turn, state);
  const top = topFor(turn, state);
  if (top !== undefined) return toInterruption(deps, turn, state, { top, before });
  if (deps.dialogs.resumes(turn.text)) return toResume(turn, state);
  const isCommand = deps.answer.isCommand(turn.text);
  const choice =
    isCommand || turn.text === ''
      ? undefined
      : await deps.told.choice(turn.conversation.key, turn.text, turn.at);
  // Of two that are open, the one that was asked later: a dialog asked with the last turn.
  if (choice !== undefined && (state.dialog === undefined || choice.at > before.spokeAt)) {
    const { reply } = await takeChoice(turn, choice, deps.recordAnswer);
    return { state, replies: [reply, ...promptAgain(state)], released: false };
  }
  return state.dialog === undefined ? toNothing(deps, turn, state) : toDialog(deps, turn, state);
}

/** It always works: whatever is open ends, and nothing more comes. */
async function toStop(deps: RespondDeps, turn: Turn, state: TurnState): Promise<Responded> {
  const rest = { ...broken(state, turn.at), interruptions: [] };
  const words = wordsFor(turn.locale).interruptions;
  const { dialog } = state;
  const reply = await answered(deps, turn);
  if (reply.text === wordsFor(turn.locale).chat.failed)
    return { state, replies: withPrompt(reply, state), released: false };
  return {
    state: rest,
    replies: [
      dialog === undefined ? reply : { ...reply, text: `${reply.text} ${words.brokenOff(dialog.title)}` },
    ],
    released: dialog !== undefined || state.interruptions.length > 0,
  };
}

/** Goes on with the dialog that was broken off last. */
function toResume({ at, locale }: Turn, state: TurnState): Responded {
  const words = wordsFor(locale);
  if (state.dialog !== undefined) {
    const reply = { text: words.chat.inTheMiddle(state.dialog.title) };
    return { state, replies: [reply, state.dialog.prompt], released: false };
  }
  const dialog = keptDialog(state, at);
  if (dialog === undefined) {
    const reply = { text: words.chat.nothingToResume, suggestions: ['help'] };
    return { state: withoutKept(state), replies: [reply], released: false };
  }
  const reply = { text: words.interruptions.backToDialog(dialog.title) };
  return {
    state: withDialog(withoutKept(state), dialog),
    replies: [reply, dialog.prompt],
    released: false,
  };
}

/** A button names its notification, which may lie on top, below another one, or nowhere any more. */
async function toButton(
  deps: RespondDeps,
  turn: Turn,
  state: TurnState,
  { notification, heard }: NonNullable<ReturnType<typeof pressed>>,
): Promise<Responded> {
  if (heard.kind === 'change') {
    const reply = { text: wordsFor(turn.locale).living.chooseAgain, settles: { answered: { notification } } };
    return { state, replies: [reply, ...promptAgain(state)], released: false };
  }
  const open = state.interruptions.find((one) => one.notification === notification);
  if (open !== undefined) return ended(deps, turn, state, { interruption: open, heard });
  const { reply } = await takenOf(deps, turn, { notification, heard }, 'doneAlready');
  return { state, replies: [reply, ...promptAgain(state)], released: false };
}

/**
 * Without a question whatever is said ends it. With one, its answer or `done` does; the first thing else is told that it is
 * open, the second ends it. What was no answer goes to what lies below.
 */
async function toInterruption(
  deps: RespondDeps,
  turn: Turn,
  state: TurnState,
  { top, before }: { readonly top: Interruption; readonly before: TurnState },
): Promise<Responded> {
  const heard = hear(turn.text, top);
  if (heard.kind !== 'no-answer') return ended(deps, turn, state, { interruption: top, heard });
  if (top.choices === undefined || top.isReminded === true) {
    const responded = await toWhatIsOpen(deps, turn, popped(state, top.notification), before);
    return { ...responded, released: true };
  }
  const reminded: Interruption = { ...top, isReminded: true };
  const next = {
    ...state,
    interruptions: state.interruptions.map((one) => (one === top ? reminded : one)),
  };
  const isCommand = deps.answer.isCommand(turn.text);
  const replies = isCommand ? withPrompt(await answered(deps, turn), next) : [top.prompt];
  return { state: next, replies, released: false };
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
  const { reply: noted, isOpen } = await takenOf(deps, turn, { notification, heard }, 'allRight');
  if (isOpen) return { state, replies: [noted], released: false };
  const below = rest.interruptions.at(-1)?.prompt ?? rest.dialog?.prompt;
  if (below === undefined) return { state: rest, replies: [noted], released: true };
  const back =
    rest.interruptions.length > 0 || rest.dialog === undefined
      ? words.backToQuestion
      : words.backToDialog(rest.dialog.title);
  return {
    state: rest,
    replies: [{ ...noted, text: `${noted.text} ${back}` }, below],
    released: true,
  };
}

/** What came of a choice; of anything else what is said to it. */
async function takenOf(
  deps: RespondDeps,
  turn: Turn,
  { notification, heard }: { readonly notification: NotificationId; readonly heard: Heard },
  otherwise: 'doneAlready' | 'allRight',
): Promise<Taken> {
  if (heard.kind === 'choice')
    return takeChoice(turn, { notification, index: heard.index }, deps.recordAnswer);
  if (heard.kind === 'words') return takeChoice(turn, { notification, said: heard.said }, deps.recordAnswer);
  return { reply: { text: wordsFor(turn.locale).interruptions[otherwise] }, isOpen: false };
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

/** What is open is asked again after something else was answered in between, unless that asks something itself. */
function withPrompt(reply: Reply, state: TurnState): readonly Reply[] {
  return reply.asks === undefined ? [reply, ...promptAgain(state)] : [reply];
}

function promptAgain({ interruptions, dialog }: TurnState): readonly Reply[] {
  const open = interruptions.at(-1)?.prompt ?? dialog?.prompt;
  return open === undefined ? [] : [open];
}
