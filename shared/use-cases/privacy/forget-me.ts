import type { ChannelAccount, Conversation } from '../../domain/conversation/conversation.ts';
import { type ForgetRequest, forgetRequest } from '../../domain/conversation/forgetting.ts';
import {
  type ConversationKey,
  type PersonKey,
  personKey,
  uncreatedConversationKey,
} from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ConversationStore } from '../../ports/conversation/conversation-store.ts';
import type { PersonalData } from '../../ports/conversation/personal-data.ts';
import type { Tombstones } from '../../ports/conversation/tombstones.ts';
import type { DueIndex } from '../../ports/delivery/due-index.ts';
import type { JobQueue } from '../../ports/queues.ts';
import { GRACE } from '../intake/plan-notification.ts';

/** Somebody said that they want to be forgotten, and meant it. */
export interface ForgetMeWish {
  readonly conversation: Conversation;
  readonly speaker?: ChannelAccount;
  /** Names the turn. */
  readonly turn: string;
  /** When the channel says it was said. */
  readonly saidAt?: Instant;
}

export type ForgetMe = (wish: ForgetMeWish) => Promise<void>;

/**
 * Begins to forget a person, everywhere on the channel where they said so: from now on they are not written to and
 * nothing about them is kept, and a job for each of their conversations removes what is there.
 *
 * Order of writes: due entries -> tombstones -> the conversations are suppressed -> jobs. From the tombstones on the sweep
 * sees to it, whatever dies. Throws `StoreUnavailable` or `QueueUnavailable`; repeating it is harmless.
 */
export function forgetMe(deps: {
  readonly conversations: ConversationStore;
  readonly personalData: PersonalData;
  readonly tombstones: Tombstones;
  readonly dueIndex: DueIndex;
  readonly jobs: JobQueue;
  readonly clock: Clock;
}): ForgetMe {
  return async ({ conversation, speaker, turn, saidAt }) => {
    const at = deps.clock.now();
    const persons = await idsOf(conversation, speaker);
    const requests = await requestsFor(conversation, { persons, speaker, at });
    const stone = { at, turn, ...(saidAt === undefined ? {} : { saidAt }) };

    for (const request of requests) {
      await deps.dueIndex.add({ at: at + GRACE, kind: 'forgetting', request });
    }
    for (const person of persons) await deps.tombstones.raise(person, stone);
    for (const request of requests) await deps.tombstones.raise(request.id, { ...stone, request });
    for (const request of requests) {
      if (request.scope === 'conversation') {
        await deps.conversations.suppress(request.conversation, 'forgotten');
      }
    }
    await deps.jobs.send(requests.map((request) => ({ message: { kind: 'forget', request, hop: 0 } })));
  };

  /** Every id under which the person is known on this channel. */
  async function idsOf(
    conversation: Conversation,
    speaker: ChannelAccount | undefined,
  ): Promise<readonly PersonKey[]> {
    const own = conversation.conversationType === 'personal' ? conversation.user : undefined;
    const ids = new Set([speaker, own].flatMap((account) => accountIds(account)));
    for (const id of [...ids]) {
      const known = await deps.conversations.findPerson(id);
      // An object id leads to all channels: what was met on another one is not asked for here.
      if (known?.channelId === conversation.channelId)
        for (const more of accountIds(known.user)) ids.add(more);
    }
    return [...ids].map(personKey);
  }

  async function requestsFor(
    here: Conversation,
    {
      persons,
      speaker,
      at,
    }: {
      readonly persons: readonly PersonKey[];
      readonly speaker: ChannelAccount | undefined;
      readonly at: Instant;
    },
  ): Promise<readonly ForgetRequest[]> {
    const id = speaker?.id ?? here.user?.id;
    const keys = new Set<ConversationKey>([
      here.key,
      // Stands in for the conversation of somebody who was met in a group only.
      ...(id === undefined ? [] : [uncreatedConversationKey(here.channelId, id)]),
    ]);
    for (const person of persons) {
      for (const key of await deps.personalData.conversationsOf(person)) keys.add(key);
    }
    const requests: ForgetRequest[] = [];
    for (const key of keys) {
      const known = key === here.key ? here : await deps.conversations.find(key);
      if (known !== undefined && known.channelId !== here.channelId) continue;
      requests.push(
        forgetRequest({
          conversation: key,
          tenant: known?.tenant ?? here.tenant,
          channelId: here.channelId,
          scope: known === undefined || known.conversationType === 'personal' ? 'conversation' : 'person',
          persons,
          at,
        }),
      );
    }
    return requests;
  }
}

function accountIds(account: ChannelAccount | undefined): readonly string[] {
  return [account?.id, account?.aadObjectId].filter((id) => id !== undefined);
}
