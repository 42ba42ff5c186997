import type { ChannelAccount, Conversation } from '../../domain/conversation/conversation.ts';
import type { Preferences } from '../../domain/conversation/preferences.ts';
import { type Reach, toldIn, turnPlaceIn } from '../../domain/conversation/reach.ts';
import { defined } from '../../domain/defined.ts';
import type { DeliveryRow } from '../../domain/delivery/delivery.ts';
import type { JsonObject } from '../../domain/event/notification.ts';
import { bareNamesOf, believedAccount, proofsOf } from '../../domain/identity/proofs.ts';
import type { Vouching } from '../../domain/identity/vouching.ts';
import type { ConversationKey, PersonKey } from '../../domain/ids.ts';
import { type Instant, toIso } from '../../domain/time.ts';
import type { AudienceStore } from '../../ports/authored/audience-store.ts';
import type { Clock } from '../../ports/clock.ts';
import type { AddresseeStore } from '../../ports/conversation/addressee-store.ts';
import type { AnswerStore } from '../../ports/conversation/answer-store.ts';
import type { ConversationStore } from '../../ports/conversation/conversation-store.ts';
import type { NameStore } from '../../ports/conversation/name-store.ts';
import type { PersonalData } from '../../ports/conversation/personal-data.ts';
import type { PreferenceStore } from '../../ports/conversation/preference-store.ts';
import type { SubscriptionStore } from '../../ports/conversation/subscription-store.ts';
import type { TurnStore } from '../../ports/conversation/turn-store.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import { deliveriesTo } from '../conversation/told-as.ts';
import type { AllKinds } from '../kinds/all-kinds.ts';
import { audiencesNaming } from './audience-entries.ts';
import { ownAnswers } from './own-answers.ts';
import { placesOfPerson } from './places-of-person.ts';

/** The newest so many deliveries of each addressee are exported. */
const MOST_DELIVERIES = 100;

export type ExportPersonalData = (
  conversation: Conversation,
  speaker: ChannelAccount | undefined,
) => Promise<JsonObject>;

interface ExportDeps {
  readonly conversations: ConversationStore;
  readonly addressees: Pick<AddresseeStore, 'findAddressee' | 'findPlace' | 'everyPlace' | 'earlierKeys'>;
  readonly personalData: PersonalData;
  readonly preferences: PreferenceStore;
  readonly subscriptions: SubscriptionStore;
  readonly kinds: Pick<AllKinds, 'exportPersonalData' | 'exportOfMember' | 'entryOf' | 'keepers'>;
  readonly turns: TurnStore;
  readonly ledger: Ledger;
  readonly answers: Pick<AnswerStore, 'findAnswer'>;
  readonly notifications: NotificationStore;
  readonly names: Pick<NameStore, 'namesOf'>;
  readonly audiences: Pick<AudienceStore, 'audiencesNaming'>;
  readonly vouching: Vouching;
  readonly clock: Clock;
}

/**
 * Everything that is stored about a person on the channel where they ask, as one JSON document; where nobody vouches for
 * who they are, what that conversation holds. Reads only. Throws `StoreUnavailable`.
 */
export function exportPersonalData(deps: ExportDeps): ExportPersonalData {
  const placesOf = placesOfPerson(deps);
  const answersOf = ownAnswers(deps);

  return async (here, speaker) => {
    const account = believedAccount(speaker ?? here.user, here, deps.vouching);
    const conversations: JsonObject[] = [];
    const found = await placesOf(here, account === undefined ? [] : [account]);
    for (const { conversation } of found) {
      if (conversation === undefined) continue;
      conversations.push(
        conversation.conversationType === 'personal'
          ? await personal(conversation)
          : await group(conversation, bareNamesOf(account)),
      );
    }
    const proofs = proofsOf(account, here, deps.vouching);
    const [proof] = proofs.slice(-1);
    const person = proof === undefined ? undefined : await deps.conversations.findPerson(proof.person);
    const names = await Promise.all(proofs.map((one) => deps.names.namesOf(one.person)));
    const told = names.find((one) => one !== undefined);
    const audiences = await audiencesNaming(deps, { places: found, account, proofs });
    return {
      format: 'notifier-export/1',
      exportedAt: toIso(deps.clock.now()),
      ...defined({ person: person?.user, audiences }),
      ...(told === undefined ? {} : { names: { ...told, toldAt: toIso(told.toldAt) } }),
      conversations,
    };
  };

  async function personal(conversation: Conversation): Promise<JsonObject> {
    const { key } = conversation;
    const [{ preferences }, subscriptions, ofKinds, former, { state }, deliveries, answers, { reach }] =
      await Promise.all([
        deps.preferences.findPreferences(key),
        deps.subscriptions.subscriptionsOf(key),
        deps.kinds.exportPersonalData(key),
        deps.personalData.recordsOfFormerKinds(key, deps.kinds.keepers),
        deps.turns.loadTurns(turnPlaceIn(conversation)),
        lastDeliveries(deps, key),
        answersUnder(key),
        deps.addressees.findAddressee(key),
      ]);
    return {
      ...recordOf(conversation),
      ...(reach === undefined ? {} : { toldIn: toldIn(reach)?.key, places: await placesIn(key, reach) }),
      preferences: {
        ...preferences,
        mutes: preferences.mutes.map(({ topic, until }) => ({ topic, until: isoOf(until) })),
        ...defined({ changedAt: changesOf(preferences) }),
      },
      subscriptions: subscriptions.map(({ topic, since }) => ({ topic, since: toIso(since) })),
      ...ofKinds,
      ...(former.length === 0 ? {} : { formerKinds: former }),
      dialog: state,
      deliveries,
      ...(answers.length === 0 ? {} : { answers }),
    };
  }

  async function answersUnder(
    addressee: ConversationKey,
    persons?: readonly PersonKey[],
  ): Promise<readonly JsonObject[]> {
    return answersOf([addressee, ...(await deps.addressees.earlierKeys(addressee))], persons);
  }

  /** Each of several conversations of a person, with what was begun there. */
  async function placesIn(addressee: ConversationKey, reach: Reach): Promise<readonly JsonObject[]> {
    return Promise.all(
      reach.places.map(async (place) => {
        const kept = await deps.addressees.findPlace(addressee, place.key);
        const within = kept === undefined ? { conversation: addressee } : turnPlaceIn(kept);
        const { state } = await deps.turns.loadTurns(within);
        return { ...(kept === undefined ? {} : recordOf(kept)), ...place, dialog: state };
      }),
    );
  }

  /** Of a group, what is the person's own. */
  async function group(conversation: Conversation, persons: readonly PersonKey[]): Promise<JsonObject> {
    const { key, conversationType, conversationName } = conversation;
    const own = (given: ChannelAccount | undefined) =>
      bareNamesOf(given).some((name) => persons.includes(name)) ? given : undefined;
    const answers = await answersUnder(key, persons);
    const states = await Promise.all(
      persons.map((speaker) => deps.turns.loadTurns({ conversation: key, speaker })),
    );
    return {
      ...{ key, conversationType, conversationName },
      ...defined({ user: own(conversation.user), installedBy: own(conversation.installedBy) }),
      ...(await deps.kinds.exportOfMember(key, persons)),
      dialog: states.find(({ tag }) => tag !== undefined)?.state,
      ...(answers.length === 0 ? {} : { answers }),
    };
  }
}

/** Newest first, under whichever key of theirs. */
async function lastDeliveries(deps: ExportDeps, addressee: ConversationKey): Promise<readonly JsonObject[]> {
  const rows = [...(await deliveriesTo(deps, [addressee]))];
  rows.sort((a, b) => timeOf(b) - timeOf(a));
  return Promise.all(
    rows.slice(0, MOST_DELIVERIES).map(async ({ id, state, firstClaimedAt }) => {
      const [notification, result] = await Promise.all([
        deps.notifications.findNotification(id.notification),
        deps.ledger.findOutcome(id),
      ]);
      return {
        notification: id.notification,
        kind: notification === undefined ? undefined : deps.kinds.entryOf(notification.type)?.title('en'),
        source: notification?.source,
        firstAt: toIso(firstClaimedAt),
        outcome: result?.outcome ?? state,
        reason: result?.reason,
        at: isoOf(result?.at),
        readAt: isoOf(result?.readAt),
      };
    }),
  );
}

function recordOf(conversation: Conversation): JsonObject {
  const { tenant: _hash, capturedAt, changedAt, ...record } = conversation;
  return { ...record, knownSince: toIso(capturedAt), changedAt: toIso(changedAt) };
}

function timeOf({ claimedAt, firstClaimedAt }: DeliveryRow): Instant {
  return claimedAt ?? firstClaimedAt;
}

function changesOf({ changedAt }: Preferences) {
  return (
    changedAt && defined({ quietHours: isoOf(changedAt.quietHours), timeZone: isoOf(changedAt.timeZone) })
  );
}

function isoOf(at: Instant | undefined): string | undefined {
  return at === undefined ? undefined : toIso(at);
}
