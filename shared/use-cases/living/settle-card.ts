import type { Reachable } from '../../domain/conversation/conversation.ts';
import type { Reply, Settling } from '../../domain/conversation/reply.ts';
import type { OwnCard } from '../../domain/conversation/turn-state.ts';
import { changesMessages } from '../../domain/delivery/channel-limits.ts';
import { type Duration, type Instant, seconds } from '../../domain/time.ts';
import type { AddresseeStore } from '../../ports/conversation/addressee-store.ts';
import type { Messenger, OutgoingMessage } from '../../ports/delivery/messenger.ts';
import type { Log } from '../../ports/log.ts';
import type { FindTold, FoundMessage } from '../conversation/find-told.ts';
import { closedReply } from './closed-message.ts';
import type { SettledMessage } from './settled-message.ts';
import { whereShown } from './where-shown.ts';

/** What became of something, and where to look for messages about it. */
export interface Settled {
  readonly conversation: Reachable;
  /** The channel's id of the thread in which it was said or pressed. */
  readonly thread?: string;
  readonly settling: Settling;
  /** The channel's id of the message that was pressed. */
  readonly pressed?: string;
  /** The bot's own answers there that can be changed. */
  readonly cards: readonly OwnCard[];
  /** What a command says now, in one message; `undefined` where its channel has no room for that. */
  readonly draw: (command: string) => Promise<OutgoingMessage | undefined>;
  /** Markdown. */
  readonly outcome: Reply['text'];
  readonly at: Instant;
}

/**
 * Lets the messages about something say what became of it, in place of their buttons: the one that was pressed, else the
 * newest about it; gives how many requests were made. What cannot be changed, or is not known any more, stays as it is: the
 * person has their answer already. Throws `StoreUnavailable`.
 */
export type SettleCards = (settled: Settled) => Promise<number>;

/** A change that is refused for haste is made again so often, each time after a wait of at most so long. */
const MOST_ATTEMPTS = 4;
const LONGEST_WAIT: Duration = seconds(2);
/** Looks at what changed meanwhile: whoever changes it then looks, too. */
const MOST_LOOKS = 5;
/** Messages that one answer changes at most. */
const MOST_CHANGED = 5;

export function settleCards(deps: {
  readonly told: Pick<FindTold, 'byActivity' | 'message' | 'about'>;
  readonly addressees: Pick<AddresseeStore, 'findPlace'>;
  readonly settledMessage: SettledMessage;
  readonly messenger: () => Promise<Pick<Messenger, 'updateActivity'>>;
  readonly log: Log;
  /** Waits a short while. */
  readonly wait: (delay: Duration) => Promise<unknown>;
}): SettleCards {
  return async (settled) => {
    const { conversation, thread = conversation.conversationId } = settled;
    const { channelId } = conversation;
    if (!changesMessages(channelId)) return 0;
    let requests = 0;
    for (const card of ownCards(settled)) {
      const place = { ...conversation, conversationId: card.shownIn ?? conversation.conversationId };
      requests += await changeOwn(settled, place, card);
    }
    for (const found of (await notifications(settled)).slice(0, MOST_CHANGED)) {
      const conversationId = found.shownIn ?? thread;
      const place = await whereShown(deps, conversation, { channelId, conversationId });
      if (place !== undefined) requests += await changeNotification(settled, place, found);
    }
    return requests;
  };

  /** An answer that is drawn anew says what stands now; another one what it said, and what became of that. */
  async function changeOwn(settled: Settled, place: Reachable, card: OwnCard): Promise<number> {
    const { activityId, said, drawnBy } = card;
    if (drawnBy !== undefined) return changeUntilCurrent(place, activityId, () => settled.draw(drawnBy));
    const message = said && closedReply(said, settled);
    return message === undefined ? 0 : change(place, activityId, message);
  }

  /** The notification that was pressed, else the newest about what the answer is about. */
  async function notifications({
    conversation: { key },
    settling: { things = [], answered, ...settling },
    pressed = settling.pressed,
    at,
  }: Settled): Promise<readonly FoundMessage[]> {
    if (answered !== undefined) {
      const found = await deps.told.message(key, answered.notification);
      return found === undefined ? [] : [found];
    }
    if (things.length === 0) return [];
    const found = pressed === undefined ? undefined : await deps.told.byActivity(key, pressed, at);
    return found === undefined ? deps.told.about(key, things, at) : [found];
  }

  /** Changes it to what it tells of now, which a newer state may change meanwhile. */
  async function changeNotification(
    settled: Settled,
    place: Reachable,
    { notification, activityId, toldAs }: FoundMessage,
  ): Promise<number> {
    const { key } = settled.conversation;
    let current = notification;
    let isFirst = true;
    return changeUntilCurrent(place, activityId, async () => {
      const read = isFirst ? undefined : await deps.told.message(key, current.id);
      isFirst = false;
      current = read?.activityId === activityId ? read.notification : current;
      return deps.settledMessage(current, { ...settled, toldAs });
    });
  }

  /**
   * Changes a message to what stands now: who answers or tells a newer state meanwhile may have been overtaken by this
   * request, so whoever made one looks again behind it.
   */
  async function changeUntilCurrent(
    place: Reachable,
    activityId: string,
    draw: () => Promise<OutgoingMessage | undefined>,
  ): Promise<number> {
    let shown: string | undefined;
    for (let look = 0; look < MOST_LOOKS; look += 1) {
      const message = await draw();
      const text = JSON.stringify(message);
      if (message === undefined || text === shown) return look;
      await change(place, activityId, message);
      shown = text;
    }
    return MOST_LOOKS;
  }

  /** Gives how many requests were made. */
  async function change(place: Reachable, activityId: string, message: OutgoingMessage): Promise<number> {
    const messenger = await deps.messenger();
    for (let attempt = 1; ; attempt += 1) {
      const answer = await messenger.updateActivity(place, activityId, message);
      if (answer.kind !== 'failed') return attempt;
      const { status, code, retryAfter = seconds(1) } = answer;
      if (status !== 429 || attempt === MOST_ATTEMPTS) {
        deps.log.warn('reply.refused', { conversation: place.key, status, code });
        return attempt;
      }
      await deps.wait(Math.min(retryAfter, LONGEST_WAIT));
    }
  }
}

/** The answers that say what became of something: the one that was pressed, and the newest about each thing. */
function ownCards({
  cards,
  settling: { own = [], ...settling },
  pressed = settling.pressed,
}: Settled): readonly OwnCard[] {
  const newest = own.flatMap((thing) => cards.findLast(({ about }) => about === thing) ?? []);
  const meant = cards.filter(({ activityId }) => activityId === pressed);
  return [...new Set([...meant, ...newest])];
}
