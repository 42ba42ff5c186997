import type { Activity, TurnContext } from 'botbuilder';
import { type Conversation, keyOf } from '../domain/conversation/conversation.ts';
import type { TurnPlace, TurnState } from '../domain/conversation/turn-state.ts';
import { hashOf } from '../domain/hash.ts';
import { type ConversationKey, personKey } from '../domain/ids.ts';
import { type Duration, type Instant, isFarAhead, seconds } from '../domain/time.ts';
import { wordsFor } from '../locale/words.ts';
import type { Clock } from '../ports/clock.ts';
import type { ConversationStore } from '../ports/conversation/conversation-store.ts';
import type { TurnStore } from '../ports/conversation/turn-store.ts';
import type { Log } from '../ports/log.ts';
import type {
  CaptureConversation,
  Captured,
  Sighting,
} from '../use-cases/conversation/capture-conversation.ts';
import type { CountReplies } from '../use-cases/conversation/count-replies.ts';
import { type TakeTurn, takeTurn } from '../use-cases/conversation/take-turn.ts';
import type { ForgetMe } from '../use-cases/privacy/forget-me.ts';
import { spoken, toActivity } from './activity.ts';
import { type Answer, greeting, isHello } from './answer.ts';
import { FORGET_ME_NOW } from './commands/privacy/forget-me.ts';
import { codeOf, isWorthRepeating, passes } from './failed-turn.ts';
import { answeringInvokes } from './invokes.ts';
import { pressOf } from './press.ts';
import { type Respond, type RespondDeps, respond } from './respond.ts';
import { say } from './say.ts';
import type { Reply, Turn } from './turn.ts';

/** So long after the greeting a hello is no longer answered by it. */
const JUST_NOW = seconds(10);
/** By then the greeting to an arrival is stored, unless its process died. */
const A_WHILE = seconds(1);

/** One inbound activity that the adapter has authenticated. */
export type BotLogic = (context: TurnContext) => Promise<void>;

export interface BotDeps extends Omit<RespondDeps, 'answer'> {
  /** `undefined` for an activity that tells nothing about where people are. */
  readonly sight: (activity: Activity) => Sighting | undefined;
  readonly capture: CaptureConversation;
  readonly conversations: ConversationStore;
  readonly turns: TurnStore;
  readonly answer: Answer;
  readonly countReplies: CountReplies;
  readonly forgetMe: ForgetMe;
  readonly clock: Clock;
  readonly log: Log;
  /** Waits a short while. */
  readonly wait: (delay: Duration) => Promise<unknown>;
  /** The dialog ended or was left: what waited for it may go now. */
  readonly releaseDeferred?: (conversation: ConversationKey) => Promise<void>;
}

/**
 * Remembers where the activity came from, then answers it. The conversation is stored before anything is said, and
 * before the channel gets its 2xx: an activity whose capture failed is sent again by the channel.
 */
export function botLogic(deps: BotDeps): BotLogic {
  const take: TakeTurn = takeTurn(deps);

  const heard: BotLogic = async (context) => {
    const at = deps.clock.now();
    try {
      await hear(context, at);
    } catch (cause) {
      const { activity } = context;
      // Whatever may be answered at the next try is not acknowledged; but for a press, whose client waits for an answer.
      if (activity.type !== 'invoke' && isWorthRepeating(cause, activity, at)) throw cause;
      deps.log.error('turn.failed', { type: activity.type, code: codeOf(cause) });
      if (activity.type === 'message' || activity.type === 'invoke') await sayThatItFailed(context, cause);
    }
  };
  return answeringInvokes(deps, heard);

  async function hear(context: TurnContext, at: Instant): Promise<void> {
    const { activity } = context;
    const sighting = deps.sight(activity);
    if (sighting === undefined) return;
    const captured = await deps.capture({ ...sighting, turn: signOf(activity, sighting) });
    const { conversation } = captured;
    if (isForgetMeNow(activity)) {
      await forget(context, { conversation, sighting, at });
      return;
    }
    if (captured.isForgotten === true) return;
    if (captured.isNew) {
      deps.log.info('conversation.captured', {
        conversation: conversation.key,
        channel: conversation.channelId,
        type: conversation.conversationType,
      });
    }
    if (sighting.change === 'uninstalled') return;
    await answerTurn(context, toTurn(activity, { conversation, sighting, at }), captured);
  }

  /** The activity would fail again, so it does not come again; the person knows that it did not work. */
  async function sayThatItFailed(context: TurnContext, cause: unknown): Promise<void> {
    const words = wordsFor(context.activity.locale).chat;
    try {
      await context.sendActivity(toActivity({ text: passes(cause) ? words.failedForNow : words.failed }));
    } catch (refusal) {
      // Neither work nor message comes back: the channel takes no answer either.
      deps.log.error('turn.unanswered', { code: codeOf(refusal) });
    }
  }

  /**
   * Outside every transaction: nothing of this turn is stored but the wish. An activity that comes again says it again,
   * which changes nothing.
   */
  async function forget(
    context: TurnContext,
    where: { readonly conversation: Conversation; readonly sighting: Sighting; readonly at: Instant },
  ): Promise<void> {
    const turn = toTurn(context.activity, where);
    const { saidAt } = signOf(context.activity, where.sighting);
    const wish = await deps.forgetMe({
      conversation: where.conversation,
      turn: turn.id,
      ...(saidAt === undefined ? {} : { saidAt }),
      ...(turn.speaker === undefined ? {} : { speaker: turn.speaker }),
    });
    const { forgotten, nobodyVouches } = wordsFor(turn.locale).privacy;
    const text = wish === 'begun' ? forgotten : nobodyVouches;
    await say(context, { text }, { ...deps, ...where, turn: turn.id });
  }

  async function answerTurn(context: TurnContext, turn: Turn, captured: Captured): Promise<void> {
    const { conversation } = captured;
    const words = wordsFor(turn.locale);
    const press = pressOf(context.activity)?.key;
    // What follows is thought through again when somebody else writes the state meanwhile; it is done once.
    const greetings = once(() => greetingFor(context.activity, turn, captured));
    const responding: Respond = respond({ ...deps, answer: doneOnce(deps.answer) });
    let released = false;
    const { said } = await take({
      place: placeOf(turn),
      id: turn.id,
      at: turn.at,
      ...(press === undefined
        ? {}
        : { press: { key: press, answeredBefore: { text: words.presses.answeredBefore } } }),
      think: async (loaded) => {
        const greeted = await greetings();
        // Unless its process died before the greeting was stored to be said.
        if (greeted.isAnswer && (greeted.replies.length > 0 || !isUnheard(turn, loaded.state))) {
          released = false;
          return { state: loaded.state, replies: greeted.replies };
        }
        const thought = await responding(turn, loaded);
        released = thought.released;
        return { state: thought.state, replies: [...greeted.replies, ...thought.replies] };
      },
      say: (reply) => say(context, reply, { ...deps, conversation, turn: turn.id }),
      sayAgain: { text: words.chat.sayAgain },
    });
    if (said > 0) await deps.countReplies(conversation, said);
    if (released) await release(conversation);
  }

  async function release({ key }: Conversation): Promise<void> {
    try {
      await deps.releaseDeferred?.(key);
    } catch (cause) {
      if (!passes(cause)) throw cause;
      // The person has their answer. What waits goes out when its own time comes.
      deps.log.warn('release.failed', { conversation: key });
    }
  }

  /** Who is met for the first time is greeted; `isAnswer` when there is nothing else to say to the activity. */
  async function greetingFor(
    activity: Activity,
    turn: Turn,
    captured: Captured,
  ): Promise<{ readonly replies: readonly Reply[]; readonly isAnswer: boolean }> {
    const { conversation } = captured;
    const greetOnce = () => deps.conversations.greetOnce(conversation.key);
    switch (activity.type) {
      case 'invoke':
      case 'message': {
        const greet = captured.isNew && (await greetOnce());
        const replies = greet ? [greeting(turn)] : [];
        const press = pressOf(activity);
        if (press !== undefined && press.command === undefined) {
          const text = wordsFor(turn.locale).presses.notOurs;
          return { replies: [...replies, { text }], isAnswer: true };
        }
        if (turn.text === '' || (greet && isHello(turn.text))) return { replies, isAnswer: true };
        // The greeting to an arrival a moment ago was the answer to this hello too.
        const { capturedAt } = conversation;
        const isGreeted =
          isHello(turn.text) && turn.at - capturedAt < JUST_NOW && !isFarAhead(capturedAt, turn.at);
        return { replies, isAnswer: isGreeted };
      }
      case 'installationUpdate':
        return { replies: (await greetOnce()) ? [greeting(turn)] : [], isAnswer: true };
      case 'conversationUpdate':
        return { replies: captured.isNew && (await greetOnce()) ? [greeting(turn)] : [], isAnswer: true };
      default:
        return { replies: [], isAnswer: true };
    }
  }
}

/** Whether somebody says something to whom nothing was ever said, though they were met a while ago. */
function isUnheard({ at, text, conversation }: Turn, { turns }: TurnState): boolean {
  const { conversationType, capturedAt } = conversation;
  return text !== '' && conversationType === 'personal' && turns.length === 0 && at - capturedAt >= A_WHILE;
}

/** By what an activity is known again, and what came before it. */
function signOf(
  activity: Activity,
  { reference }: Sighting,
): { readonly id: string; readonly saidAt?: Instant } {
  // Read from JSON by the adapter, it may be a text or a date.
  const saidAt = new Date(activity.timestamp ?? Number.NaN).getTime();
  return {
    id: turnId({ key: keyOf(reference) }, activity),
    ...(Number.isNaN(saidAt) ? {} : { saidAt }),
  };
}

/** Said in these very words only, or by the button that asks for them. */
function isForgetMeNow(activity: Activity): boolean {
  return ['message', 'invoke'].includes(activity.type) && spoken(activity).toLowerCase() === FORGET_ME_NOW;
}

function toTurn(
  activity: Activity,
  { conversation, sighting, at }: { conversation: Conversation; sighting: Sighting; at: Instant },
): Turn {
  return {
    id: turnId(conversation, activity),
    at,
    conversation,
    text: spoken(activity),
    locale: activity.locale ?? conversation.locale ?? 'en',
    ...(sighting.speaker === undefined ? {} : { speaker: sighting.speaker }),
  };
}

/** Dialogs are a person's own, also where several talk. */
function placeOf({ conversation, speaker }: Turn): TurnPlace {
  return conversation.conversationType === 'personal' || speaker === undefined
    ? { conversation: conversation.key }
    : { conversation: conversation.key, speaker: personKey(speaker.id) };
}

/** One id for one activity, however often it comes; one without an id of its own is told by what and when it is. */
function turnId({ key }: Pick<Conversation, 'key'>, { id, timestamp, type, text }: Activity): string {
  return hashOf(`${key}\n${id ?? `${String(timestamp)}\n${type}\n${text ?? ''}`}`);
}

/** Runs when first asked, and gives the same to everybody who asks after. */
function once<T>(run: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= run();
    return result;
  };
}

/** The same answers, each command run once: its second answer would be "you are subscribed already". */
function doneOnce(answer: Answer): Answer {
  let reply: Promise<Reply> | undefined;
  const run = (turn: Turn): Promise<Reply> => {
    reply ??= answer(turn);
    return reply;
  };
  return Object.assign(run, { isCommand: answer.isCommand });
}
