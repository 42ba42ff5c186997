import {
  afterSeeing,
  type ChannelAccount,
  type Conversation,
  type ConversationReference,
  keyOf,
  type SuppressionReason,
} from '../../domain/conversation/conversation.ts';
import { personKey } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ConversationStore, Person } from '../../ports/conversation/conversation-store.ts';
import type { ReturnFromForgetting } from '../privacy/return-from-forgetting.ts';

/** What an authenticated activity tells about where it came from. */
export interface Sighting {
  readonly reference: ConversationReference & { readonly conversationId: string };
  /** Who acted; absent when it was the bot itself or the channel. */
  readonly speaker?: ChannelAccount;
  /** `heard`: something happened there without anybody turning to the bot; lifts no suppression. */
  readonly change: 'seen' | 'heard' | 'uninstalled';
  /** The turn that it is, where somebody turned to the bot. */
  readonly turn?: { readonly id: string; readonly saidAt?: Instant };
}

export interface Captured {
  readonly conversation: Conversation;
  /** Never met before. */
  readonly isNew: boolean;
  /** Somebody asked to be forgotten there, and this is no new sign of them: nothing was stored. */
  readonly isForgotten?: true;
}

export type CaptureConversation = (sighting: Sighting) => Promise<Captured>;

/**
 * Remembers where a person can be reached. Writes only what changed.
 * Throws `StoreUnavailable`: the activity must then not be acknowledged, so that the channel sends it again.
 */
export function captureConversation(deps: {
  readonly conversations: ConversationStore;
  /** Asked where nothing is known of the conversation or of who acts there. */
  readonly returning?: ReturnFromForgetting;
  readonly clock: Clock;
}): CaptureConversation {
  return async ({ reference, speaker, change, turn }) => {
    const find = () =>
      Promise.all([
        deps.conversations.find(keyOf(reference)),
        // Both ids lead to the person, and another channel may have written the second one since.
        ...[speaker?.id, speaker?.aadObjectId].map((id) =>
          id === undefined ? undefined : deps.conversations.findPerson(id),
        ),
      ]);
    let [known, ...people] = await find();
    const isStrange =
      known === undefined ||
      known.suppressed === 'forgotten' ||
      (speaker !== undefined && people[0] === undefined);
    if (isStrange && deps.returning !== undefined) {
      const persons = [speaker?.id, speaker?.aadObjectId].filter((id) => id !== undefined).map(personKey);
      const sign = change === 'seen' && speaker !== undefined && turn !== undefined ? { turn } : {};
      const asked = await deps.returning({ conversation: keyOf(reference), persons, ...sign });
      if (asked === 'forgotten') {
        const conversation = afterSeeing(undefined, reference, { at: deps.clock.now() });
        return { conversation, isNew: false, isForgotten: true };
      }
      if (asked === 'back') [known, ...people] = await find();
    }
    const conversation = afterSeeing(known, reference, {
      at: deps.clock.now(),
      ...suppressionAfter(change, known),
    });
    if (conversation !== known) await deps.conversations.save(conversation);
    if (speaker !== undefined) {
      const [byId, byObjectId] = people;
      const met = personAfter(byId, conversation, speaker);
      const current =
        byId !== undefined &&
        sameAddress(byId, met) &&
        (met.user.aadObjectId === undefined || (byObjectId !== undefined && sameAddress(byObjectId, met)));
      if (!current) await deps.conversations.savePerson(met);
    }
    return { conversation, isNew: known === undefined };
  };
}

function suppressionAfter(
  change: Sighting['change'],
  known: Conversation | undefined,
): { readonly suppressed?: SuppressionReason } {
  if (change === 'uninstalled') return { suppressed: 'uninstalled' };
  return change === 'heard' && known?.suppressed !== undefined ? { suppressed: known.suppressed } : {};
}

/** The person as now known. */
function personAfter(known: Person | undefined, conversation: Conversation, speaker: ChannelAccount): Person {
  const personal = conversation.conversationType === 'personal' ? conversation.key : known?.personal;
  return {
    channelId: conversation.channelId,
    serviceUrl: conversation.serviceUrl,
    bot: conversation.bot,
    user: { ...(known?.user.id === speaker.id ? known.user : {}), ...speaker },
    ...(conversation.tenantId === undefined ? {} : { tenantId: conversation.tenantId }),
    ...(personal === undefined ? {} : { personal }),
  };
}

function sameAddress(a: Person, b: Person): boolean {
  return (
    a.channelId === b.channelId &&
    a.serviceUrl === b.serviceUrl &&
    a.tenantId === b.tenantId &&
    a.personal === b.personal &&
    a.bot.id === b.bot.id &&
    a.bot.name === b.bot.name &&
    a.user.id === b.user.id &&
    a.user.name === b.user.name &&
    a.user.aadObjectId === b.user.aadObjectId
  );
}
