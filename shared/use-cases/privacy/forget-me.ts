import type { ChannelAccount, Conversation } from '../../domain/conversation/conversation.ts';
import { type ForgetRequest, forgetRequest } from '../../domain/conversation/forgetting.ts';
import { defined } from '../../domain/defined.ts';
import { believedAccount, namesOf, proofsOf } from '../../domain/identity/proofs.ts';
import { type Vouching, vouchesFor } from '../../domain/identity/vouching.ts';
import { type ConversationKey, type PersonKey, uncreatedConversationKey } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { AddresseeStore } from '../../ports/conversation/addressee-store.ts';
import type { ConversationStore } from '../../ports/conversation/conversation-store.ts';
import type { PersonalData } from '../../ports/conversation/personal-data.ts';
import type { Tombstones } from '../../ports/conversation/tombstones.ts';
import type { DueIndex } from '../../ports/delivery/due-index.ts';
import type { JobQueue } from '../../ports/queues.ts';
import { GRACE } from '../intake/plan-notification.ts';
import { type PlaceOfPerson, placesOfPerson } from './places-of-person.ts';
import { recordsElsewhere } from './records-elsewhere.ts';

/** Somebody said that they want to be forgotten, and meant it. */
export interface ForgetMeWish {
  readonly conversation: Conversation;
  readonly speaker?: ChannelAccount;
  /** Names the turn. */
  readonly turn: string;
  /** When the channel says it was said. */
  readonly saidAt?: Instant;
}

/** `nobody-vouches`: among others, where each says who they are: it is not known whose data would go, and none goes. */
export type ForgetMe = (wish: ForgetMeWish) => Promise<'begun' | 'nobody-vouches'>;

/**
 * Begins to forget a person, everywhere on the channel where they said so and in every conversation of the addressee, on
 * whichever channel: from now on they are not written to and nothing about them is kept, and a job for each of their
 * conversations removes what is there. Where nobody vouches for them that is the one personal conversation in which they
 * said it.
 *
 * Order of writes: due entries -> tombstones -> the conversations are suppressed -> jobs. From the tombstones on the sweep
 * sees to it, whatever dies. Throws `StoreUnavailable` or `QueueUnavailable`; repeating it is harmless.
 */
export function forgetMe(deps: {
  readonly conversations: ConversationStore;
  readonly addressees: Pick<AddresseeStore, 'findAddressee' | 'findPlace' | 'everyPlace' | 'earlierKeys'>;
  readonly personalData: PersonalData;
  readonly tombstones: Tombstones;
  readonly dueIndex: DueIndex;
  readonly jobs: JobQueue;
  readonly vouching: Vouching;
  readonly clock: Clock;
}): ForgetMe {
  const placesOf = placesOfPerson(deps);

  return async ({ conversation, speaker, turn, saidAt }) => {
    const isVouched = vouchesFor(deps.vouching, conversation.channelId);
    if (!isVouched && conversation.conversationType !== 'personal') return 'nobody-vouches';
    const at = deps.clock.now();
    const accounts = await accountsOf(conversation, speaker);
    const places = await placesOf(conversation, accounts);
    const elsewhere = await recordsElsewhere(deps.addressees, places, conversation.channelId);
    const sighted = [
      ...accounts.map((account) => ({ account, scope: conversation })),
      ...[...elsewhere.values()].map((record) => ({ account: record.user, scope: record })),
    ];
    const names = sighted.map(({ account, scope }) => namesOf(account, scope, deps.vouching));
    const persons = [...new Set(names.flat())];
    const requests = requestsFor(conversation, places, { accounts, elsewhere, persons, at });
    const stone = { at, turn, ...defined({ saidAt }) };
    const of = sighted.flatMap(({ account, scope }) =>
      proofsOf(account, scope, deps.vouching).map(({ person }) => person),
    );

    for (const request of requests) {
      await deps.dueIndex.addDue({ at: at + GRACE, kind: 'forgetting', request });
    }
    for (const person of persons) await deps.tombstones.raiseTombstone(person, { ...stone, of });
    for (const request of requests) await deps.tombstones.raiseTombstone(request.id, { ...stone, request });
    for (const request of requests) {
      if (request.scope === 'conversation') {
        await deps.conversations.suppressConversation(request.conversation, 'forgotten');
      }
    }
    await deps.jobs.sendJobs(requests.map((request) => ({ message: { kind: 'forget', request, hop: 0 } })));
    return 'begun';
  };

  /** The person under every id that is believed of them on this channel; nothing where nobody vouches for them. */
  async function accountsOf(
    conversation: Conversation,
    speaker: ChannelAccount | undefined,
  ): Promise<readonly ChannelAccount[]> {
    const own = conversation.conversationType === 'personal' ? conversation.user : undefined;
    const accounts = [speaker, own]
      .map((account) => believedAccount(account, conversation, deps.vouching))
      .filter((account) => account !== undefined);
    for (const { person } of accounts.flatMap((one) => proofsOf(one, conversation, deps.vouching))) {
      const known = await deps.conversations.findPerson(person);
      if (known?.channelId === conversation.channelId) accounts.push(known.user);
    }
    return accounts;
  }

  function requestsFor(
    here: Conversation,
    known: readonly PlaceOfPerson[],
    {
      accounts,
      elsewhere,
      persons,
      at,
    }: {
      readonly accounts: readonly ChannelAccount[];
      readonly elsewhere: ReadonlyMap<ConversationKey, Conversation>;
      readonly persons: readonly PersonKey[];
      readonly at: Instant;
    },
  ): readonly ForgetRequest[] {
    const places = [...known];
    const [account] = accounts;
    // Stands in for the conversation of somebody who was met in a group only.
    const uncreated =
      account === undefined ? undefined : uncreatedConversationKey(here.channelId, account.id);
    if (uncreated !== undefined && !places.some(({ key }) => key === uncreated)) {
      places.push({ key: uncreated });
    }
    return places.map(({ key, conversation, place = conversation }) =>
      forgetRequest({
        conversation: key,
        tenant: (elsewhere.get(key) ?? conversation ?? here).tenant,
        channelId: (elsewhere.get(key) ?? here).channelId,
        scope: place === undefined || place.conversationType === 'personal' ? 'conversation' : 'person',
        persons,
        at,
      }),
    );
  }
}
