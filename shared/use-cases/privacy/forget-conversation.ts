import type { ChannelAccount, Conversation } from '../../domain/conversation/conversation.ts';
import { type ForgetRequest, forgottenUntil } from '../../domain/conversation/forgetting.ts';
import { bareNamesOf } from '../../domain/identity/proofs.ts';
import { isFarAhead } from '../../domain/time.ts';
import type { AudienceStore } from '../../ports/authored/audience-store.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ConversationStore } from '../../ports/conversation/conversation-store.ts';
import type { NameStore } from '../../ports/conversation/name-store.ts';
import type { PersonalData } from '../../ports/conversation/personal-data.ts';
import type { SubscriptionStore } from '../../ports/conversation/subscription-store.ts';
import type { Tombstones } from '../../ports/conversation/tombstones.ts';
import type { Parking } from '../../ports/event/parking.ts';
import type { Log } from '../../ports/log.ts';
import type { AllKinds } from '../kinds/all-kinds.ts';
import { entriesNaming } from './audience-entries.ts';
import { type ForgetDeliveriesDeps, forgetDeliveries } from './forget-deliveries.ts';
import { forgetParked } from './forget-parked.ts';

/** `lifted`: the person is back, and nothing was touched. */
export type ForgetConversation = (request: ForgetRequest) => Promise<'forgotten' | 'lifted'>;

export interface ForgetConversationDeps extends ForgetDeliveriesDeps {
  readonly parking: Parking;
  readonly conversations: ConversationStore;
  readonly subscriptions: SubscriptionStore;
  readonly audiences: Pick<AudienceStore, 'forgetEntries'>;
  readonly names: Pick<NameStore, 'namesOf'>;
  readonly kinds: Pick<AllKinds, 'forgetPersonalData' | 'forgetMember' | 'redactMember'>;
  readonly personalData: PersonalData;
  readonly tombstones: Tombstones;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Forgets a person in one conversation: removes all that is about them, as long as their tombstone stands. What leads to
 * something goes after it, so that whatever a crash leaves behind is found when this is repeated; what was in flight and
 * wrote meanwhile is found by the next look. Once the day is over it removes the last rows, and the tombstone.
 *
 * Throws `StoreUnavailable`; repeating it is harmless.
 */
export function forgetConversation(deps: ForgetConversationDeps): ForgetConversation {
  const deliveries = forgetDeliveries(deps);
  const parked = forgetParked(deps);

  return async (request) => {
    const { conversation, persons, at } = request;
    const stone = await deps.tombstones.findTombstone(request.id);
    if (stone === undefined || stone.at !== at) return 'lifted';
    const now = deps.clock.now();
    const isOver = now >= forgottenUntil(stone, now);

    if (request.scope === 'conversation') {
      // From here on nothing is sent there any more.
      await deps.conversations.suppressConversation(conversation, 'forgotten');
      await forgetEntries(request);
      await deps.kinds.forgetPersonalData({ key: conversation });
      for (const { topic, tenant } of await deps.subscriptions.subscriptionsOf(conversation)) {
        await deps.subscriptions.unsubscribe({ key: conversation, tenant }, topic);
      }
    } else {
      await takeOffRecord(request);
      await deps.kinds.forgetMember(conversation, persons);
    }
    await deliveries(request);
    await parked(request);
    for (const person of persons) {
      // Back in another conversation meanwhile, they are somebody new.
      const isGone = (await deps.tombstones.findTombstone(person))?.at === at;
      if (isGone) await deps.personalData.forgetPerson(person, request.channelId);
    }
    await deps.personalData.forgetConversation(request, { withDeliveries: isOver });

    if (isOver) {
      await liftTombstones(deps.tombstones, request);
    } else {
      const cleanedAt = isFarAhead(at, now) ? (stone.cleanedAt ?? now) : deps.clock.now();
      await deps.tombstones.raiseTombstone(request.id, { ...stone, cleanedAt });
    }
    deps.log.info('person.forgotten', { scope: request.scope, isOver });
    return 'forgotten';
  };

  /** Before the record and the told names go, by which the entries are found. */
  async function forgetEntries({ conversation, persons }: ForgetRequest): Promise<void> {
    const record = await deps.conversations.findConversation(conversation);
    const account = record?.user;
    await deps.audiences.forgetEntries(
      await entriesNaming(deps, { conversations: [conversation], account, persons }),
    );
  }

  /** The record of a group stays, without the person. */
  async function takeOffRecord(request: ForgetRequest): Promise<void> {
    const group = await deps.conversations.findConversation(request.conversation);
    if (group === undefined) return;
    const is = (account: ChannelAccount | undefined) =>
      bareNamesOf(account).some((name) => request.persons.includes(name));
    const { user, installedBy, ...rest } = group;
    if (!is(user) && !is(installedBy)) return;
    const without: Conversation = {
      ...rest,
      ...(user === undefined || is(user) ? {} : { user }),
      ...(installedBy === undefined || is(installedBy) ? {} : { installedBy }),
      changedAt: deps.clock.now(),
    };
    await deps.conversations.saveConversation(without);
  }
}

/** Takes down the stone of a request, and those of the person that were put up with it. */
export async function liftTombstones(tombstones: Tombstones, request: ForgetRequest): Promise<void> {
  for (const person of request.persons) {
    if ((await tombstones.findTombstone(person))?.at === request.at) await tombstones.liftTombstone(person);
  }
  await tombstones.liftTombstone(request.id);
}
