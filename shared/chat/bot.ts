import type { Activity, TurnContext } from 'botbuilder';
import { type Conversation, isReachable, keyOf } from '../domain/conversation/conversation.ts';
import { openQuestion, type TurnState } from '../domain/conversation/turn-state.ts';
import type { ConversationKey } from '../domain/ids.ts';
import { type Duration, type Instant, seconds } from '../domain/time.ts';
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
import type { SettleCard } from '../use-cases/living/settle-card.ts';
import type { ForgetMe } from '../use-cases/privacy/forget-me.ts';
import { inPrivate, toActivity } from './activity.ts';
import type { Answer } from './answer.ts';
import { FORGET_ME_NOW } from './commands/privacy/forget-me.ts';
import { codeOf, isWorthRepeating, passes } from './failed-turn.ts';
import { greetingFor } from './greeting-for.ts';
import { answeringInvokes } from './invokes.ts';
import { pressOf } from './press.ts';
import { respond } from './respond.ts';
import { say } from './say.ts';
import type { Respond, RespondDeps } from './to-dialog.ts';
import type { Reply, Turn } from './turn.ts';
import { isForgetMeNow, placeOf, signOf, toTurn } from './turn-of.ts';
import { isToBotAlone } from './understanding/heard.ts';
import { isYes } from './understanding/short-answers.ts';

/** By then the greeting to an arrival is stored, unless its process died. */
const A_WHILE = seconds(1);

/** One inbound activity that the adapter has authenticated. */
export type BotLogic = (context: TurnContext) => Promise<void>;

export interface BotDeps extends Omit<RespondDeps, 'answer'> {
  /** `undefined` for an activity that tells nothing about where people are. */
  readonly sight: (activity: Activity) => (Sighting & { readonly isToldElsewhere?: true }) | undefined;
  readonly capture: CaptureConversation;
  readonly conversations: ConversationStore;
  readonly turns: TurnStore;
  readonly answer: Answer;
  readonly countReplies: CountReplies;
  readonly forgetMe: ForgetMe;
  readonly clock: Clock;
  readonly log: Log;
  /** Absent where no message is changed. */
  readonly settleCard?: SettleCard;
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
    if (sighting.isToldElsewhere === true) {
      const isKnown = (await deps.conversations.find(keyOf(sighting.reference))) !== undefined;
      if (isKnown) await deps.capture(sighting);
      return;
    }
    const captured = await deps.capture({ ...sighting, turn: signOf(activity, sighting) });
    const { conversation } = captured;
    if (isForgetMeNow(activity) || (await agreesToBeForgotten(activity, { ...captured, sighting, at }))) {
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
    await answerTurn(context, toTurn(activity, { ...captured, sighting, at }), captured);
  }

  /** A yes to the question of `forget me`, which was the last that was asked. */
  async function agreesToBeForgotten(
    activity: Activity,
    where: Pick<Captured, 'conversation' | 'isApart'> & {
      readonly sighting: Sighting;
      readonly at: Instant;
    },
  ): Promise<boolean> {
    if (activity.type !== 'message') return false;
    const turn = toTurn(activity, where);
    if (!isYes(turn.text)) return false;
    const { state } = await deps.turns.load(placeOf(turn));
    return openQuestion(state, where.at)?.yes === FORGET_ME_NOW;
  }

  /** The activity would fail again, so it does not come again; the person knows that it did not work. */
  async function sayThatItFailed(context: TurnContext, cause: unknown): Promise<void> {
    const words = wordsFor(context.activity.locale).chat;
    try {
      const said = toActivity({ text: passes(cause) ? words.failedForNow : words.failed });
      await context.sendActivity(isToBotAlone(context.activity) ? inPrivate(said) : said);
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
    const inWords = inWordsFor(turn);
    await say(context, answering(turn)({ text }), { ...deps, ...where, turn: turn.id, inWords });
  }

  /** Commands as whoever says this turn says them. */
  function inWordsFor({ locale }: Turn): (command: string) => string {
    return (command) => deps.answer.inWordsOf(command, locale);
  }

  async function answerTurn(context: TurnContext, turn: Turn, captured: Captured): Promise<void> {
    const { conversation } = captured;
    const words = wordsFor(turn.locale);
    const press = pressOf(context.activity)?.key;
    // What follows is thought through again when somebody else writes the state meanwhile; it is done once.
    const greetings = once(() => greetingFor(deps.conversations, context.activity, turn, captured));
    const responding: Respond = respond({ ...deps, answer: doneOnce(deps.answer) });
    let released = false;
    let settled: string | undefined;
    const { said } = await take({
      place: placeOf(turn),
      id: turn.id,
      at: turn.at,
      ...pressIn(press, words.presses.answeredBefore),
      think: async (loaded) => {
        const greeted = await greetings();
        // Unless its process died before the greeting was stored to be said.
        if (greeted.isAnswer && (greeted.replies.length > 0 || !isUnheard(turn, loaded.state))) {
          released = false;
          return { state: loaded.state, replies: greeted.replies.map(answering(turn)) };
        }
        const thought = await responding(turn, loaded);
        released = thought.released;
        settled = thought.replies.find(({ settles }) => settles)?.text;
        return {
          state: thought.state,
          replies: [...greeted.replies, ...thought.replies, ...remarksIn(captured)].map(answering(turn)),
        };
      },
      say: (reply) =>
        say(context, reply, { ...deps, conversation, turn: turn.id, inWords: inWordsFor(turn) }),
      sayAgain: answering(turn)({ text: words.chat.sayAgain }),
    });
    const more = said > 0 && (await settlePressed(deps, turn, settled)) ? 1 : 0;
    if (said > 0) await deps.countReplies(conversation, said + more);
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
}

/** Whether somebody says something to whom nothing was ever said, though they were met a while ago. */
function isUnheard({ at, text, conversation }: Turn, { turns }: TurnState): boolean {
  const { conversationType, capturedAt } = conversation;
  return text !== '' && conversationType === 'personal' && turns.length === 0 && at - capturedAt >= A_WHILE;
}

function pressIn(key: string | undefined, answeredBefore: string) {
  return key === undefined ? {} : { press: { key, answeredBefore: { text: answeredBefore } } };
}

function remarksIn({ remarks = [] }: Captured): readonly Reply[] {
  return remarks.map((text) => ({ text }));
}

/** Lets the message whose button was pressed say what became of it; gives whether a request was made. */
async function settlePressed(
  deps: Pick<BotDeps, 'settleCard' | 'log'>,
  { conversation, pressed, thread, at }: Turn,
  outcome: string | undefined,
): Promise<boolean> {
  if (deps.settleCard === undefined || pressed === undefined || outcome === undefined) return false;
  if (!isReachable(conversation)) return false;
  const place = thread === undefined ? conversation : { ...conversation, conversationId: thread };
  try {
    return await deps.settleCard({ conversation: place, activityId: pressed, outcome, at });
  } catch (cause) {
    if (!passes(cause)) throw cause;
    // The person has their answer; the card keeps its buttons, and a press on it is answered.
    deps.log.warn('reply.refused', { conversation: conversation.key, code: codeOf(cause) });
    return false;
  }
}

/** A reply to what was said: for whoever said it alone, where they did so; and beside the message that was pressed. */
function answering({ isPrivate, pressed }: Turn): (reply: Reply) => Reply {
  return ({ settles: _done, ...reply }) => ({
    ...reply,
    ...(isPrivate === true ? { isPrivate } : {}),
    ...(pressed === undefined ? {} : { changes: { activityId: pressed } }),
  });
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
  const { isCommand, nameOf, inWordsOf } = answer;
  return Object.assign(run, { isCommand, nameOf, inWordsOf });
}
