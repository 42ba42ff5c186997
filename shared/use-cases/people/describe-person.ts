import type { Conversation } from '../../domain/conversation/conversation.ts';
import { clockTime, mutesAt, noPreferences } from '../../domain/conversation/preferences.ts';
import { defined } from '../../domain/defined.ts';
import type { DeliveryRow } from '../../domain/delivery/delivery.ts';
import type { JsonObject, Notification } from '../../domain/event/notification.ts';
import { proofsOf } from '../../domain/identity/proofs.ts';
import type { ToldNames } from '../../domain/identity/told-names.ts';
import { type ConversationKey, tenantKey } from '../../domain/ids.ts';
import { inParallel } from '../../domain/in-parallel.ts';
import { type Instant, toIso } from '../../domain/time.ts';
import type { AddresseeStore } from '../../ports/conversation/addressee-store.ts';
import type { ConversationStore } from '../../ports/conversation/conversation-store.ts';
import type { PersonalData } from '../../ports/conversation/personal-data.ts';
import type { PreferenceStore } from '../../ports/conversation/preference-store.ts';
import type { SubscriptionStore } from '../../ports/conversation/subscription-store.ts';
import type { TurnStore } from '../../ports/conversation/turn-store.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import { appliedZone } from '../holding-back/quiet-hours.ts';
import type { AllKinds } from '../kinds/all-kinds.ts';
import { conversationsOf } from './conversations-of.ts';
import { eachPlace } from './each-place.ts';
import { type FindPeopleDeps, toldNamesOf } from './find-people.ts';
import type { PersonInBrief } from './person-at.ts';
import { toldLately } from './told-lately.ts';

/** The newest so many are listed. */
const MOST_NOTIFICATIONS = 100;
const AT_ONCE = 16;

export interface DescribePersonDeps extends FindPeopleDeps {
  readonly conversations: Pick<ConversationStore, 'findConversation' | 'findPerson'>;
  readonly addressees: Pick<AddresseeStore, 'findAddressee' | 'findPlace' | 'everyPlace' | 'earlierKeys'>;
  readonly personalData: PersonalData;
  readonly preferences: PreferenceStore;
  readonly subscriptions: SubscriptionStore;
  readonly turns: TurnStore;
  readonly ledger: Ledger;
  readonly notifications: NotificationStore;
  readonly kinds: Pick<AllKinds, 'exportPersonalData' | 'entryOf'>;
  readonly defaultTimeZone: string;
}

/** How it stands with somebody; times are RFC 3339. What lies in one conversation says so. */
export interface PersonStanding {
  readonly key: ConversationKey;
  readonly user: Conversation['user'];
  readonly channelId: string;
  readonly tenantId?: string;
  readonly isVouched: boolean;
  /** What a roster or a directory told within the last 30 days. */
  readonly names: ToldNames;
  readonly conversations: readonly JsonObject[];
  readonly zone: { readonly zone: string; readonly from: 'person' | 'channel' | 'setting' };
  readonly subscriptions: readonly JsonObject[];
  readonly mutes: readonly JsonObject[];
  readonly quietHours: readonly JsonObject[];
  readonly heldBack: readonly JsonObject[];
  readonly dialogs: readonly JsonObject[];
  /** What kinds keep for them: their reminders, and others' data. */
  readonly ofKinds: readonly JsonObject[];
}

/** Everything that an operator may want to know of somebody: how it stands with them, and what they were told. */
export interface PersonDescribed extends PersonStanding {
  readonly notifications: readonly JsonObject[];
  /** There are older ones within the time that is looked back. */
  readonly moreNotifications: boolean;
}

export type DescribePerson = (person: PersonInBrief) => Promise<PersonDescribed>;

/** Reads only. Throws `StoreUnavailable`. */
export function describePerson(deps: DescribePersonDeps): DescribePerson {
  const standing = describeStanding(deps);
  const lately = toldLately(deps);

  return async (person) => {
    const [stands, { items, next }] = await Promise.all([
      standing(person),
      lately(person, { limit: MOST_NOTIFICATIONS }),
    ]);
    const notifications = items.map(({ at, row, result, notification }) => ({
      at: toIso(at),
      notification: row.id.notification,
      ...nameOf(deps.kinds, notification),
      outcome: result?.outcome ?? row.state,
      reason: result?.reason ?? (result === undefined ? row.deferral : undefined),
      conversation: row.id.conversation,
    }));
    return { ...stands, notifications, moreNotifications: next !== undefined };
  };
}

/** The same without what they were told. Reads only. Throws `StoreUnavailable`. */
export function describeStanding(
  deps: DescribePersonDeps,
): (person: PersonInBrief) => Promise<PersonStanding> {
  const each = eachPlace(deps);

  return async (person) => {
    const { key, user, channelId, tenantId, isVouched } = person;
    const places = await conversationsOf(deps, person);
    const told = (await toldIn(person)) ?? key;
    const personal = places.filter(({ conversationType }) => conversationType === 'personal');
    const parts = await Promise.all(personal.map(ofConversation));
    const here = places.find((one) => one.key === told);
    const wishes = parts.find((part) => part.key === told)?.preferences ?? noPreferences;
    return {
      key,
      user,
      channelId,
      ...defined({ tenantId }),
      isVouched,
      names: await toldNamesOf(deps, person),
      conversations: (await inParallel(places, AT_ONCE, (one) => each.placesOf(one, told))).flat(),
      zone: appliedZone(wishes, here ?? {}, deps.defaultTimeZone),
      subscriptions: parts.flatMap((part) => part.subscriptions),
      mutes: parts.flatMap((part) =>
        mutesAt(part.preferences.mutes, deps.clock.now()).map(({ topic, until }) => ({
          topic: topic ?? 'everything',
          until: isoOf(until),
          conversation: part.key,
        })),
      ),
      quietHours: parts.flatMap(({ preferences: { quietHours }, key: conversation }) =>
        quietHours === undefined
          ? []
          : [{ from: clockTime(quietHours.from), to: clockTime(quietHours.to), conversation }],
      ),
      heldBack: (
        await inParallel(
          parts.flatMap((part) => part.deferred),
          AT_ONCE,
          heldBack,
        )
      ).sort(byUntil),
      dialogs: parts.flatMap((part) => part.dialogs),
      ofKinds: parts.flatMap((part) =>
        Object.keys(part.ofKinds).length === 0 ? [] : [{ conversation: part.key, ...part.ofKinds }],
      ),
    };
  };

  /** The conversation that notifications go to. */
  async function toldIn({ user, channelId, tenantId }: PersonInBrief): Promise<ConversationKey | undefined> {
    const scope = { channelId, tenant: tenantKey({ tenantId, channelId }) };
    const [proof] = proofsOf(user, scope, deps.vouching);
    return proof === undefined ? undefined : (await deps.conversations.findPerson(proof.person))?.personal;
  }

  async function ofConversation({ key }: Conversation) {
    const [{ preferences }, subscriptions, dialogs, deferred, ofKinds] = await Promise.all([
      deps.preferences.findPreferences(key),
      deps.subscriptions.subscriptionsOf(key),
      each.dialogsOf(key),
      deps.ledger.deferredDeliveries(key),
      deps.kinds.exportPersonalData(key),
    ]);
    return {
      key,
      preferences,
      subscriptions: subscriptions.map(({ topic, since }) => ({
        topic,
        since: toIso(since),
        conversation: key,
      })),
      deferred,
      ofKinds,
      dialogs,
    };
  }

  async function heldBack({ id, deferral, dueAt }: DeliveryRow): Promise<JsonObject> {
    return {
      notification: id.notification,
      ...nameOf(deps.kinds, await deps.notifications.findNotification(id.notification)),
      reason: deferral,
      until: isoOf(dueAt),
      conversation: id.conversation,
    };
  }
}

function nameOf(kinds: Pick<AllKinds, 'entryOf'>, notification: Notification | undefined): JsonObject {
  if (notification === undefined) return {};
  const { type, source } = notification;
  return { kind: kinds.entryOf(type)?.title('en') ?? type, source };
}

function byUntil(a: JsonObject, b: JsonObject): number {
  return String(a.until) < String(b.until) ? -1 : 1;
}

function isoOf(at: Instant | undefined): string | undefined {
  return at === undefined ? undefined : toIso(at);
}
