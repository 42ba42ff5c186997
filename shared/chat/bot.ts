import type { Activity } from '../domain/conversation/activity.ts';
import { type Conversation, keyOf } from '../domain/conversation/conversation.ts';
import { openQuestion } from '../domain/conversation/turn-state.ts';
import { defined } from '../domain/defined.ts';
import type { Instant } from '../domain/time.ts';
import { wordsFor } from '../locale/words.ts';
import type { TurnContext, TurnLogic } from '../ports/conversation/turn-context.ts';
import { toActivity } from '../ports/delivery/message-activity.ts';
import type {
  CaptureConversation,
  Captured,
  Sighting,
} from '../use-cases/conversation/capture-conversation.ts';
import type { ForgetMe } from '../use-cases/privacy/forget-me.ts';
import { inPrivate } from './activity.ts';
import { type AnswerTurnsDeps, answering, answerTurns, inWordsFor } from './answer-turn.ts';
import { FORGET_ME_NOW } from './commands/privacy/forget-me.ts';
import { codeOf, isWorthRepeating, passes } from './failed-turn.ts';
import { answeringInvokes } from './invokes.ts';
import { isReadReceipt, readOf } from './read-receipt.ts';
import { say } from './say.ts';
import { isForgetMeNow, placeOf, signOf, toTurn } from './turn-of.ts';
import { isToBotAlone } from './understanding/heard.ts';
import { isYes } from './understanding/short-answers.ts';

export interface BotDeps extends AnswerTurnsDeps {
  /** `undefined` for an activity that tells nothing about where people are. */
  readonly sight: (activity: Activity) => (Sighting & { readonly isToldElsewhere?: true }) | undefined;
  readonly capture: CaptureConversation;
  readonly forgetMe: ForgetMe;
}

/**
 * Remembers where the activity came from, then answers it. The conversation is stored before anything is said, and
 * before the channel gets its 2xx: an activity whose capture failed is sent again by the channel.
 */
export function botLogic(deps: BotDeps): TurnLogic {
  const answerTurn = answerTurns(deps);

  const heard: TurnLogic = async (context) => {
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
    if (isReadReceipt(activity)) {
      const read = readOf(activity, at);
      if (read !== undefined) await deps.noteRead?.(read);
      return;
    }
    const sighting = deps.sight(activity);
    if (sighting === undefined) return;
    if (sighting.isToldElsewhere === true) {
      const isKnown = (await deps.conversations.findConversation(keyOf(sighting.reference))) !== undefined;
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
    const { state } = await deps.turns.loadTurns(placeOf(turn));
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
      ...defined({ saidAt, speaker: turn.speaker }),
    });
    const { forgotten, nobodyVouches } = wordsFor(turn.locale).privacy;
    const text = wish === 'begun' ? forgotten : nobodyVouches;
    const inWords = inWordsFor(turn, deps.answer);
    await say(context, answering(turn)({ text }), { ...deps, ...where, turn: turn.id, inWords });
  }
}
