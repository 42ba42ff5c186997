import { isReachable } from '../domain/conversation/conversation.ts';
import type { Settling } from '../domain/conversation/reply.ts';
import type { OwnCard, TurnState } from '../domain/conversation/turn-state.ts';
import { defined } from '../domain/defined.ts';
import type { Log } from '../ports/log.ts';
import type { SettleCards } from '../use-cases/living/settle-card.ts';
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
  deps: { readonly settleCards?: SettleCards; readonly log: Log },
  { conversation, pressed, thread, at }: Turn,
  settled: ToSettle,
): Promise<number> {
  if (deps.settleCards === undefined || !isReachable(conversation)) return 0;
  const place = thread === undefined ? conversation : { ...conversation, conversationId: thread };
  try {
    return await deps.settleCards({ ...settled, ...defined({ pressed }), conversation: place, at });
  } catch (cause) {
    if (!passes(cause)) throw cause;
    // The person has their answer; cards keep their buttons, and a press on one is answered.
    deps.log.warn('reply.refused', { conversation: conversation.key, code: codeOf(cause) });
    return 0;
  }
}
