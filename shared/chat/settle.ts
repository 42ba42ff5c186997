import { isReachable } from '../domain/conversation/conversation.ts';
import type { Settling } from '../domain/conversation/reply.ts';
import type { OwnCard, TurnState } from '../domain/conversation/turn-state.ts';
import { defined } from '../domain/defined.ts';
import type { Log } from '../ports/log.ts';
import type { SettleCards } from '../use-cases/living/settle-card.ts';
import { inOneMessage } from './activity.ts';
import type { Answer } from './answer.ts';
import { codeOf, passes } from './failed-turn.ts';
import type { Reply, Turn } from './turn.ts';

/** What became of something with a turn, and the answers before it that may be about that. */
export interface ToSettle {
  readonly settling: Settling;
  readonly outcome: string;
  readonly cards: readonly OwnCard[];
}

export function toSettle(replies: readonly Reply[], { cards = [] }: TurnState): ToSettle | undefined {
  const reply = replies.find(({ settles }) => settles !== undefined);
  return reply?.settles && { settling: reply.settles, outcome: reply.settles.outcome ?? reply.text, cards };
}

/** Lets messages say what became of what they are about; gives how many requests were made. */
export async function settle(
  deps: {
    readonly settleCards?: SettleCards;
    readonly answer: Answer;
    readonly inWords: (command: string) => string;
    readonly log: Log;
  },
  turn: Turn,
  settled: ToSettle,
): Promise<number> {
  const { conversation, pressed, thread, at } = turn;
  if (deps.settleCards === undefined || !isReachable(conversation)) return 0;
  const to = { channelId: conversation.channelId, turn: turn.id, inWords: deps.inWords };
  const draw = async (text: string) => inOneMessage(await deps.answer({ ...turn, text }), to);
  try {
    return await deps.settleCards({ ...settled, ...defined({ pressed, thread }), conversation, draw, at });
  } catch (cause) {
    if (!passes(cause)) throw cause;
    // The person has their answer; cards keep their buttons, and a press on one is answered.
    deps.log.warn('reply.refused', { conversation: conversation.key, code: codeOf(cause) });
    return 0;
  }
}
