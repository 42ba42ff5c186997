import { type Conversation, isReachable } from '../../domain/conversation/conversation.ts';
import { type Preferences, unitedPreferences } from '../../domain/conversation/preferences.ts';
import { type Reach, reachOf, united } from '../../domain/conversation/reach.ts';
import { placeOfThread } from '../../domain/conversation/thread.ts';
import { proofsOf } from '../../domain/identity/proofs.ts';
import type { Vouching } from '../../domain/identity/vouching.ts';
import type { ConversationKey } from '../../domain/ids.ts';
import { inParallel } from '../../domain/in-parallel.ts';
import { unitedLiving } from '../../domain/living/united.ts';
import type { AddresseeStore, Looked } from '../../ports/conversation/addressee-store.ts';
import type { ConversationStore } from '../../ports/conversation/conversation-store.ts';
import type { PreferenceStore } from '../../ports/conversation/preference-store.ts';
import type { SubscriptionStore } from '../../ports/conversation/subscription-store.ts';
import type { LivingStore } from '../../ports/delivery/living-store.ts';
import type { ToldList } from '../../ports/delivery/told-list.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import { LOST, untilWritten } from '../../ports/race.ts';
import type { ReleaseDeferred } from '../holding-back/release-deferred.ts';
import type { AllKinds } from '../kinds/all-kinds.ts';

/** Notifications that are read together. */
const AT_ONCE = 16;

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
  readonly conversations: Pick<ConversationStore, 'findPerson' | 'savePerson' | 'saveConversation'>;
  readonly vouching: Vouching;
  readonly addressees: AddresseeStore;
  readonly subscriptions: SubscriptionStore;
  readonly preferences: PreferenceStore;
  readonly missed: ToldList;
  readonly asked: ToldList;
  readonly living: LivingStore;
  readonly notifications: Pick<NotificationStore, 'findNotification'>;
  readonly kinds: Pick<AllKinds, 'merge'>;
  readonly releaseDeferred: ReleaseDeferred;
}

/**
 * Makes one addressee of two who turned out to be one person: the wishes of one become the other's. What `from` was told stays
 * where it is, under their key; see `toldAs`.
 *
 * | Order of writes | A crash behind it leaves |
 * |---|---|
 * | `from` leads to `into` | what comes for `from` is told to `into`, whichever worker looks; a record says that there is more to do |
 * | the keys of `from` are earlier ones of `into`, its lists of what was told are in theirs, and what changes | what was told is found under either |
 * | subscriptions, preferences, what kinds keep: at `into` first, then gone at `from` | wishes at both, which is one telling |
 * | the conversations, one by one, then the reach | |
 * | what is remembered of the person names `into` | they are looked up as `from`, which leads to `into` |
 * | what `from` holds back is woken | it is told when its own time comes |
 * | the record of `from` goes, and its place in everyone | |
 *
 * A thread of which the former release kept a record becomes part of its place so, which is kept after it where nobody met
 * the place. What was muted in it says nothing of a place that is known: nothing is told into a thread any more.
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
    const place = placeOfThread(record);
    for (const earlier of [from, ...(await deps.addressees.earlierKeys(from))]) {
      await deps.addressees.keepEarlierKey(into, earlier);
    }
    for (const list of [deps.missed, deps.asked]) await uniteTold(list, from, into);
    await uniteLivings(from, into);
    for (const subscription of await deps.subscriptions.subscriptionsOf(from)) {
      await deps.subscriptions.subscribe({ ...subscription, conversation: into });
      await deps.subscriptions.unsubscribe({ key: from, tenant: subscription.tenant }, subscription.topic);
    }
    await movePreferences(from, into, { latest, mutes: place === undefined || !(await isKnown(into)) });
    const remarks = await deps.kinds.merge(from, into, locale);
    if (place === undefined) {
      await moveReach({ record, reach: reach ?? reachOf(record) }, into);
      await movePerson(record, into);
    } else if (!(await isKnown(into))) await deps.conversations.saveConversation(place);
    await deps.releaseDeferred(from);
    await deps.addressees.removeAddressee(record);
    return remarks;
  };

  /** Lists what was told to either, the newest first. */
  async function uniteTold(list: ToldList, from: ConversationKey, into: ConversationKey): Promise<void> {
    const added = await list.toldOf(from);
    if (added.length === 0) return;
    const ids = [...new Set([...(await list.toldOf(into)), ...added])];
    const told = await inParallel(ids, AT_ONCE, async (id) => {
      const { time = 0 } = (await deps.notifications.findNotification(id)) ?? {};
      return { id, time };
    });
    told.sort((a, b) => b.time - a.time);
    await list.uniteTold(
      into,
      told.map(({ id }) => id),
    );
  }

  /** What changes goes on in the message that is there, whichever of the two was shown it. */
  async function uniteLivings(from: ConversationKey, into: ConversationKey): Promise<void> {
    const found = await deps.living.livingsOf(from);
    await inParallel(found, AT_ONCE, (other) =>
      untilWritten('merge key', async () => {
        const own = await deps.living.findLiving({ ...other.id, conversation: into });
        const next = unitedLiving(own, other, into);
        const written = next === own ? next : await deps.living.changeLiving(next);
        return written === 'lost' ? LOST : undefined;
      }),
    );
  }

  async function isKnown(key: ConversationKey): Promise<boolean> {
    return (await deps.addressees.findAddressee(key)).record !== undefined;
  }

  async function movePreferences(
    from: ConversationKey,
    into: ConversationKey,
    how: { readonly latest: ConversationKey; readonly mutes: boolean },
  ): Promise<void> {
    const { tag, preferences: own } = await deps.preferences.findPreferences(from);
    if (tag === undefined || isEmpty(own)) return;
    const wishes = how.mutes ? own : { ...own, mutes: [] };
    await untilWritten('merge preferences', async () => {
      const { preferences, tag } = await deps.preferences.findPreferences(into);
      const [here, elsewhere] = how.latest === from ? [wishes, preferences] : [preferences, wishes];
      const saved = await deps.preferences.savePreferences(into, unitedPreferences(here, elsewhere), tag);
      return saved === 'lost' ? LOST : saved;
    });
    // Somebody changed them meanwhile: the next look at the record has them.
    if ((await deps.preferences.savePreferences(from, { mutes: [] }, tag)) === 'lost') {
      await movePreferences(from, into, how);
    }
  }

  /** Whoever looks them up by an id finds who they are now, also before they are met again. */
  async function movePerson(record: Conversation, into: ConversationKey): Promise<void> {
    for (const proof of proofsOf(record.user, record, deps.vouching)) {
      const known = await deps.conversations.findPerson(proof.person);
      if (known?.personal !== record.key) continue;
      await deps.conversations.savePerson({ ...known, personal: into }, [proof]);
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

function isEmpty({ mutes, quietHours, timeZone, changedAt }: Preferences): boolean {
  return [quietHours, timeZone, changedAt].every((each) => each === undefined) && mutes.length === 0;
}
