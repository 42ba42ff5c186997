import type { Conversation } from '../domain/conversation/conversation.ts';
import type { TurnState } from '../domain/conversation/turn-state.ts';
import type { ConversationKey } from '../domain/ids.ts';
import { once } from '../domain/once.ts';
import { type Duration, seconds } from '../domain/time.ts';
import { wordsFor } from '../locale/words.ts';
import type { Clock } from '../ports/clock.ts';
import type { ConversationStore } from '../ports/conversation/conversation-store.ts';
import type { TurnContext } from '../ports/conversation/turn-context.ts';
import type { TurnStore } from '../ports/conversation/turn-store.ts';
import type { Log } from '../ports/log.ts';
import type { Captured } from '../use-cases/conversation/capture-conversation.ts';
import type { CountReplies } from '../use-cases/conversation/count-replies.ts';
import type { NoteRead } from '../use-cases/conversation/note-read.ts';
import { takeTurn } from '../use-cases/conversation/take-turn.ts';
import type { SettleCards } from '../use-cases/living/settle-card.ts';
import type { Answer } from './answer.ts';
import { passes } from './failed-turn.ts';
import { greetingFor } from './greeting-for.ts';
import { pressOf } from './press.ts';
import { respond } from './respond.ts';
import { say } from './say.ts';
import { settle, type ToSettle, toSettle } from './settle.ts';
import type { Respond, RespondDeps } from './to-dialog.ts';
import type { Reply, Turn } from './turn.ts';
import { placeOf } from './turn-of.ts';

/** By then the greeting to an arrival is stored, unless its process died. */
const A_WHILE = seconds(1);

/** Answers a turn of whoever was captured with it. */
export type AnswerTurn = (context: TurnContext, turn: Turn, captured: Captured) => Promise<void>;

export interface AnswerTurnsDeps extends Omit<RespondDeps, 'answer'> {
  readonly conversations: ConversationStore;
  readonly turns: TurnStore;
  readonly answer: Answer;
  readonly countReplies: CountReplies;
  readonly clock: Clock;
  readonly log: Log;
  /** Absent where nothing is kept of what people read. */
  readonly noteRead?: NoteRead;
  /** Absent where no message is changed. */
  readonly settleCards?: SettleCards;
  /** Waits a short while. */
  readonly wait: (delay: Duration) => Promise<unknown>;
  /** The dialog ended or was left: what waited for it may go now. */
  readonly releaseDeferred?: (conversation: ConversationKey) => Promise<void>;
}

/** Takes turns as transactions: a greeting where one is due, and the answer. */
export function answerTurns(deps: AnswerTurnsDeps): AnswerTurn {
  const take = takeTurn(deps);

  return async (context, turn, captured) => {
    const { conversation } = captured;
    const words = wordsFor(turn.locale);
    const inWords = inWordsFor(turn, deps.answer);
    const press = pressOf(context.activity)?.key;
    // What follows is thought through again when somebody else writes the state meanwhile; it is done once.
    const greetings = once(() => greetingFor(deps.conversations, context.activity, turn, captured));
    const responding: Respond = respond({ ...deps, answer: doneOnce(deps.answer) });
    let released = false;
    let settled: ToSettle | undefined;
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
        settled = toSettle(thought.replies, loaded.state);
        return {
          state: thought.state,
          replies: [...greeted.replies, ...thought.replies, ...remarksIn(captured)].map(answering(turn)),
        };
      },
      say: (reply) =>
        say(context, reply, {
          ...deps,
          conversation,
          turn: turn.id,
          thread: turn.thread,
          inWords,
        }),
      sayAgain: answering(turn)({ text: words.chat.sayAgain }),
    });
    const more = said > 0 && settled !== undefined ? await settle({ ...deps, inWords }, turn, settled) : 0;
    if (said > 0) await deps.countReplies(conversation, said + more);
    if (released) await release(conversation);
    await noteRead(turn);
  };

  /** Who presses a button of a message has read it. */
  async function noteRead({ conversation: { key, conversationId, conversationType }, pressed, at }: Turn) {
    if (deps.noteRead === undefined || pressed === undefined) return;
    if (conversationType !== 'personal' || conversationId === undefined) return;
    try {
      await deps.noteRead({ conversation: key, conversationId, activityId: pressed, what: 'this', at });
    } catch (cause) {
      if (!passes(cause)) throw cause;
      // The person has their answer. The report says less than is known.
      deps.log.warn('read.unnoted', { conversation: key });
    }
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

/** Commands as whoever says this turn says them. */
export function inWordsFor({ locale }: Turn, { inWordsOf }: Answer): (command: string) => string {
  return (command) => inWordsOf(command, locale);
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

/**
 * A reply to what was said: for whoever said it alone, where they did so, or the command wants it, and others would read
 * it (in a personal chat channels refuse that); and beside the message that was pressed.
 */
export function answering({ isPrivate, pressed, conversation }: Turn): (reply: Reply) => Reply {
  const areOthersThere = conversation.conversationType !== 'personal';
  return ({ settles: _known, isPrivate: wanted, ...reply }) => ({
    ...reply,
    ...(areOthersThere && (isPrivate ?? wanted) === true ? { isPrivate: true } : {}),
    ...(pressed === undefined ? {} : { changes: { activityId: pressed } }),
  });
}

/** The same answers, each command run once: its second answer would be "you are subscribed already". */
function doneOnce(answer: Answer): Answer {
  const replies = new Map<string, Promise<Reply>>();
  const run = (turn: Turn): Promise<Reply> => {
    const reply = replies.get(turn.text) ?? answer(turn);
    replies.set(turn.text, reply);
    return reply;
  };
  const { isCommand, nameOf, inWordsOf } = answer;
  return Object.assign(run, { isCommand, nameOf, inWordsOf });
}
