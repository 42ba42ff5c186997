import { type Conversation, isReachable } from '../../domain/conversation/conversation.ts';
import { type Preferences, unitedPreferences } from '../../domain/conversation/preferences.ts';
import { type Reach, reachOf, united } from '../../domain/conversation/reach.ts';
import type { ConversationKey } from '../../domain/ids.ts';
import type { AddresseeStore, Looked } from '../../ports/conversation/addressee-store.ts';
import type { PreferenceStore } from '../../ports/conversation/preference-store.ts';
import type { SubscriptionStore } from '../../ports/conversation/subscription-store.ts';
import { LOST, untilWritten } from '../../ports/race.ts';
import type { ReleaseDeferred } from '../holding-back/release-deferred.ts';
import type { AllKinds } from '../kinds/all-kinds.ts';

/** Gives what is to be said to the person about it. */
export type MergeAddressees = (
  from: ConversationKey,
  into: ConversationKey,
  about: {
    /** Where they are now: what they wish there is what they wish. */
    readonly latest: ConversationKey;
    readonly locale: string;
  },
) => Promise<readonly string[]>;

export interface MergeDeps {
  readonly addressees: AddresseeStore;
  readonly subscriptions: SubscriptionStore;
  readonly preferences: PreferenceStore;
  readonly kinds: Pick<AllKinds, 'merge'>;
  readonly releaseDeferred: ReleaseDeferred;
}

/**
 * Makes one addressee of two who turned out to be one person: the wishes of one become the other's.
 *
 * | Order of writes | A crash behind it leaves |
 * |---|---|
 * | `from` leads to `into` | what comes for `from` is told to `into`, whichever worker looks; a record says that there is more to do |
 * | subscriptions, preferences, what kinds keep: at `into` first, then gone at `from` | wishes at both, which is one telling |
 * | the conversations, one by one, then the reach | |
 * | what `from` holds back is woken | it is told when its own time comes |
 * | the record of `from` goes, and its place in everyone | |
 *
 * Whoever meets the person again goes on where it stopped, for as long as `from` has a record. So that holds, too, for what
 * a worker of the former release writes there, who knows of no addressees.
 *
 * Throws `StoreUnavailable` or `QueueUnavailable`; repeating it is harmless.
 */
export function mergeAddressees(deps: MergeDeps): MergeAddressees {
  return async (from, into, { latest, locale }) => {
    const { record, reach } = await deps.addressees.findAddressee(from);
    const owner = await deps.addressees.leadToAddressee(from, into);
    // Whoever came first has it merged there; or there is nothing to merge.
    if (owner !== into || record === undefined) return [];
    for (const subscription of await deps.subscriptions.subscriptionsOf(from)) {
      await deps.subscriptions.subscribe({ ...subscription, conversation: into });
      await deps.subscriptions.unsubscribe({ key: from, tenant: subscription.tenant }, subscription.topic);
    }
    await movePreferences(from, into, latest);
    const remarks = await deps.kinds.merge(from, into, locale);
    await moveReach({ record, reach: reach ?? reachOf(record) }, into);
    await deps.releaseDeferred(from);
    await deps.addressees.removeAddressee(record);
    return remarks;
  };

  async function movePreferences(
    from: ConversationKey,
    into: ConversationKey,
    latest: ConversationKey,
  ): Promise<void> {
    const moved = await deps.preferences.findPreferences(from);
    if (moved.tag === undefined || isEmpty(moved.preferences)) return;
    await untilWritten('merge preferences', async () => {
      const { preferences, tag } = await deps.preferences.findPreferences(into);
      const [last, before] =
        latest === from ? [moved.preferences, preferences] : [preferences, moved.preferences];
      const saved = await deps.preferences.savePreferences(into, unitedPreferences(last, before), tag);
      return saved === 'lost' ? LOST : saved;
    });
    // Somebody changed them meanwhile: the next look at the record has them.
    if ((await deps.preferences.savePreferences(from, { mutes: [] }, moved.tag)) === 'lost') {
      await movePreferences(from, into, latest);
    }
  }

  async function moveReach(
    { record, reach }: { readonly record: Conversation; readonly reach: Reach },
    into: ConversationKey,
  ): Promise<void> {
    for (const { key } of reach.places) {
      const place = (await deps.addressees.findPlace(record.key, key)) ?? record;
      if (isReachable(place)) await deps.addressees.keepPlace(into, place);
    }
    await untilWritten('merge reach', async () => {
      const known: Looked = await deps.addressees.findAddressee(into);
      if (known.record === undefined) return undefined;
      if (isReachable(known.record)) await deps.addressees.keepPlace(into, known.record);
      const next = united(known.reach ?? reachOf(known.record), reach);
      const saved = await deps.addressees.saveReach(into, next, known.tag);
      return saved === 'lost' ? LOST : saved;
    });
  }
}

function isEmpty({ mutes, quietHours, timeZone }: Preferences): boolean {
  return mutes.length === 0 && quietHours === undefined && timeZone === undefined;
}
