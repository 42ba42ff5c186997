import { defined } from '../defined.ts';
import type { JsonObject } from '../event/notification.ts';
import type { ConversationKey, NotificationId, PersonKey } from '../ids.ts';
import { type Duration, hours, type Instant, isFarAhead, seconds } from '../time.ts';
import type { DialogStatus } from './dialog-status.ts';
import type { Reply } from './reply.ts';

/** Whose dialogs: a person's in a conversation. In a personal conversation there is nobody else, and no `speaker`. */
export interface TurnPlace {
  /** The addressee. */
  readonly conversation: ConversationKey;
  /** The conversation itself, where it is not the one that the addressee is named after. */
  readonly within?: ConversationKey;
  /** The person is told elsewhere: what they are in the middle of here holds nothing back. */
  readonly isApart?: true;
  readonly speaker?: PersonKey;
}

/** A dialog that the person began. */
export interface OpenDialog {
  /** The command that begins it, `book travel`. */
  readonly name: string;
  /** What people call it, as in "your travel booking". */
  readonly title: string;
  /** Of the dialog's stored form; a form that the code no longer knows is dropped, and the person is told. */
  readonly version: number;
  /** What the dialog keeps between two turns; see `runDialogs` for its form. */
  readonly state: JsonObject;
  /** What it is waiting for an answer to: said again whenever the conversation comes back to it. */
  readonly prompt: Reply;
}

/** A notification that lies on top of whatever the person was doing. */
export interface Interruption {
  readonly notification: NotificationId;
  /** Together with the notification it names this one push, so that nobody takes away what somebody else pushed. */
  readonly pushedAt: Instant;
  /** When the request was made that surely showed it; absent while that is not known. */
  readonly shownAt?: Instant;
  /** What is said whenever it has to be shown again. */
  readonly prompt: Reply;
  /** What the person is asked to choose from; absent when it only wants to be seen. */
  readonly choices?: readonly string[];
  /** Something else was said to it once, and the person told that it is open: what comes next ends it. */
  readonly isReminded?: true;
}

/** What the bot asked last with a reply, and what an answer to it means. */
export interface OpenQuestion {
  /** The command that an answer completes, which stands in the place of its `{}`: `edit reminder 3 {}`. */
  readonly completes?: string;
  /** What a yes says for the person. */
  readonly yes?: string;
  /** It was asked a second time: what is no answer now is meant for something else. */
  readonly isAgain?: true;
  /** The channel's id of the message whose button asked. */
  readonly pressed?: string;
}

/** An answer of the bot that can be changed: what it said, and what that is about. */
export interface OwnCard {
  readonly activityId: string;
  /** The channel's id of the thread where it was said; absent at the top of a place, and where there are none. */
  readonly shownIn?: string;
  readonly about: string;
  /** What it still says when that is over; absent of one that is drawn anew. */
  readonly said?: Pick<Reply, 'text' | 'card' | 'lead'>;
  /** The command that draws it anew. */
  readonly drawnBy?: string;
}

/** A turn that was decided: what it says is said from here, however often the activity comes again. */
export interface TurnRecord {
  readonly id: string;
  readonly at: Instant;
  /** The press that it was, where it was one: the same for each time that it comes, under whatever id. */
  readonly press?: string;
  /** Emptied once everything was said. */
  readonly replies: readonly Reply[];
  /** How many of the replies were said. */
  readonly said: number;
  /** Until when the process that says them is left alone with it; absent when all is said. */
  readonly sayingUntil?: Instant;
}

/** Everything that the bot and a person are in the middle of. */
export interface TurnState {
  readonly dialog?: OpenDialog;
  /** The one on top comes last. */
  readonly interruptions: readonly Interruption[];
  /** Interruptions that the person has surely seen: none of them is pushed again. */
  readonly seen: readonly NotificationId[];
  /** The last notification that took a dialog's place, and what that was: a repeat says the same. */
  readonly replaced?: { readonly by: NotificationId; readonly title: string };
  /** A dialog that was broken off, with the answers given: the person can go on with it for a while. */
  readonly kept?: { readonly dialog: OpenDialog; readonly since: Instant };
  /** What the last reply asked. It holds nothing back, and whatever else is said takes it away. */
  readonly asked?: OpenQuestion & { readonly at: Instant };
  /** Answers that can say what became of what they are about; newest last. Forgotten, they keep their buttons. */
  readonly cards?: readonly OwnCard[];
  /** When the person last said something; 0 when never. */
  readonly spokeAt: Instant;
  /** Newest last. */
  readonly turns: readonly TurnRecord[];
}

export const noTurns: TurnState = { interruptions: [], seen: [], spokeAt: 0, turns: [] };

/** A channel repeats an activity within seconds: so many turns back it is known again. */
const MOST_TURNS = 12;
const MOST_SEEN = 20;
const MOST_CARDS = 10;
/**
 * Notifications that lie open at most. Each brings its message along, and somebody who is away for weeks answers none: the
 * lowest go, which were shown, and whose buttons still answer.
 */
const MOST_INTERRUPTIONS = 8;

/** What deliveries need to know of the state. A question that was just asked counts as being spoken with. */
export function statusOf(state: TurnState): DialogStatus {
  const top = state.interruptions.at(-1);
  return {
    active: state.dialog !== undefined || top !== undefined,
    lastSpokenAt: Math.max(state.spokeAt, ...state.interruptions.map(({ pushedAt }) => pushedAt)),
    ...defined({ interruption: top?.notification }),
  };
}

export function withTurn(state: TurnState, turn: TurnRecord): TurnState {
  const isKnown = state.turns.some(({ id }) => id === turn.id);
  const turns = isKnown
    ? state.turns.map((one) => (one.id === turn.id ? turn : one))
    : [...state.turns, turn].slice(-MOST_TURNS);
  return { ...state, turns };
}

/** Remembers an answer; of a dialog the last question alone. */
export function withCard(state: TurnState, card: OwnCard): TurnState {
  const { cards = [] } = state;
  const others = cards.filter(
    ({ activityId, about }) =>
      activityId !== card.activityId && (about !== ABOUT_DIALOG || card.about !== ABOUT_DIALOG),
  );
  return { ...state, cards: [...others, card].slice(-MOST_CARDS) };
}

/** What the questions of dialogs are about: one is open at a time. */
export const ABOUT_DIALOG = 'dialog';

export function withDialog(state: TurnState, dialog: OpenDialog | undefined): TurnState {
  const { dialog: _before, ...rest } = state;
  return dialog === undefined ? rest : { ...rest, dialog };
}

/** Puts a notification on top. One that is there already is taken off first; where too many lie open, the lowest go. */
export function pushed(state: TurnState, interruption: Interruption): TurnState {
  const { interruptions } = popped(state, interruption.notification);
  return { ...state, interruptions: [...interruptions, interruption].slice(-MOST_INTERRUPTIONS) };
}

/** Takes a notification off, whoever pushed it; with `pushedAt` only that push. */
export function popped(state: TurnState, notification: NotificationId, pushedAt?: Instant): TurnState {
  return {
    ...state,
    interruptions: state.interruptions.filter(
      (one) => one.notification !== notification || (pushedAt !== undefined && one.pushedAt !== pushedAt),
    ),
  };
}

/** Remembers that the person has surely seen it, by a request made at `shownAt`. */
export function markedSeen(
  state: TurnState,
  notification: NotificationId,
  { pushedAt, shownAt }: { readonly pushedAt: Instant; readonly shownAt: Instant },
): TurnState {
  return {
    ...state,
    interruptions: state.interruptions.map((one) =>
      one.notification === notification && one.pushedAt === pushedAt ? { ...one, shownAt } : one,
    ),
    seen: [...state.seen.filter((id) => id !== notification), notification].slice(-MOST_SEEN),
  };
}

/** So long the answers of a dialog that was broken off are kept. */
const KEPT_DIALOG: Duration = hours(24);
/** So long a question of a reply waits for its answer. */
const ASKED: Duration = hours(1);

/** Leaves every dialog for a notification that takes their place. What was answered is kept. */
export function replacedBy(
  state: TurnState,
  { by, title, at }: { readonly by: NotificationId; readonly title: string; readonly at: Instant },
): TurnState {
  return { ...broken(state, at), interruptions: [], replaced: { by, title } };
}

/** Breaks the open dialog off, if there is one, and keeps it. */
export function broken(state: TurnState, at: Instant): TurnState {
  const { dialog, ...rest } = state;
  return dialog === undefined ? state : { ...rest, kept: { dialog, since: at } };
}

/** The dialog that was broken off, while it is kept. */
export function keptDialog({ kept }: TurnState, now: Instant): OpenDialog | undefined {
  return kept !== undefined && isRecent(kept.since, now, KEPT_DIALOG) ? kept.dialog : undefined;
}

export function withoutKept(state: TurnState): TurnState {
  const { kept: _over, ...rest } = state;
  return rest;
}

/** What the last reply asked, while it waits for its answer. */
export function openQuestion({ asked }: TurnState, now: Instant): OpenQuestion | undefined {
  return asked !== undefined && isRecent(asked.at, now, ASKED) ? asked : undefined;
}

/** Asks, in the place of whatever was asked before. */
export function asking(state: TurnState, question: OpenQuestion | undefined, at: Instant): TurnState {
  const { asked: _before, ...rest } = state;
  return question === undefined ? rest : { ...rest, asked: { ...question, at } };
}

function isRecent(since: Instant, now: Instant, span: Duration): boolean {
  return now < since + span && !isFarAhead(since, now);
}

/** Whoever says the replies is left alone with it for so long: replies that are refused for haste wait. */
export const SAYING: Duration = seconds(20);

/** Whether a turn's replies are being said at this moment; what a machine with a wrong clock wrote says nothing. */
export function isSaying({ sayingUntil }: Pick<TurnRecord, 'sayingUntil'>, now: Instant): boolean {
  return sayingUntil !== undefined && sayingUntil > now && !isFarAhead(sayingUntil, now, SAYING);
}

/** Whose replies somebody says from now on. */
export function beingSaid(record: TurnRecord, now: Instant): TurnRecord {
  return { ...record, sayingUntil: now + SAYING };
}

/** Of whose replies none is left to say. */
export function allSaid({ sayingUntil: _over, ...record }: TurnRecord): TurnRecord {
  return { ...record, replies: [], said: record.replies.length };
}

/** Whether something was decided and is being said at this moment. */
export function isBeingSaid(state: TurnState, now: Instant): boolean {
  return state.turns.some((turn) => isSaying(turn, now));
}
