import {
  afterSeeing,
  type ChannelAccount,
  type Conversation,
  type ConversationReference,
  keyOf,
} from '../../domain/conversation/conversation.ts';
import { defined } from '../../domain/defined.ts';
import { believedAccount, namesOf, type Proof, proofsOf, type Scope } from '../../domain/identity/proofs.ts';
import { hasRoster } from '../../domain/identity/told-names.ts';
import { type Vouching, vouchesFor } from '../../domain/identity/vouching.ts';
import { type ConversationKey, tenantKey } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ConversationStore, Person } from '../../ports/conversation/conversation-store.ts';
import type { NameStore } from '../../ports/conversation/name-store.ts';
import type { ReturnFromForgetting } from '../privacy/return-from-forgetting.ts';
import { type FindAddresseeDeps, findAddressee, homeOf } from './find-addressee.ts';
import { meetAddressee } from './meet-addressee.ts';

/** What an authenticated activity tells about where it came from. */
export interface Sighting {
  readonly reference: ConversationReference & { readonly conversationId: string };
  /** Who acted; absent when it was the bot itself or the channel. */
  readonly speaker?: ChannelAccount;
  /** `heard`: something happened there without anybody turning to the bot; lifts no suppression. */
  readonly change: 'seen' | 'heard' | 'uninstalled';
  /** Of a personal conversation: the bot was installed there, which makes it the default one, or it is one of Copilot. */
  readonly is?: 'installed' | 'copilot';
  /** The turn that it is, where somebody turned to the bot. */
  readonly turn?: { readonly id: string; readonly saidAt?: Instant };
}

export interface Captured {
  /** The conversation that it came from, under the key of the addressee whose it is. */
  readonly conversation: Conversation;
  /** Never met before. */
  readonly isNew: boolean;
  /** The person is told elsewhere. */
  readonly isApart?: true;
  /** What is to be said to somebody who turned out to be known already. */
  readonly remarks?: readonly string[];
  /** Somebody asked to be forgotten there, and this is no new sign of them: nothing was stored. */
  readonly isForgotten?: true;
}

export type CaptureConversation = (sighting: Sighting) => Promise<Captured>;

export interface CaptureDeps extends Omit<FindAddresseeDeps, 'vouching'> {
  readonly conversations: ConversationStore;
  /** Asked where nothing is known of the conversation or of who acts there. */
  readonly returning?: ReturnFromForgetting;
  /** Told of whom a roster is to be asked; absent where none is. */
  readonly names?: Pick<NameStore, 'askName'>;
  readonly vouching: Vouching;
  readonly clock: Clock;
}

/**
 * Remembers where a person can be reached. Writes only what changed.
 *
 * Order of writes: whose it is, see `findAddressee` -> that a roster is to be asked, where they are new or back -> what leads to each of several conversations -> which they are -> the
 * record, with its indexes -> the person. Each is looked at with the next activity, and made up for.
 *
 * Throws `StoreUnavailable`: the activity must then not be acknowledged, so that the channel sends it again.
 */
export function captureConversation(deps: CaptureDeps): CaptureConversation {
  const { conversations, vouching } = deps;
  const find = findAddressee(deps);
  const meet = meetAddressee(deps);

  return async (sighting) => {
    const { speaker, change, turn } = sighting;
    const reference = believedReference(sighting.reference, vouching);
    const at = keyOf(reference);
    const look = () => Promise.all([homeOf(deps.addressees, at), peopleOf(speaker, reference)]);
    let [home, people] = await look();
    const known = home.looked.record;
    const isStrange =
      known === undefined || known.suppressed === 'forgotten' || people.some(({ met }) => met === undefined);
    if (isStrange && deps.returning !== undefined) {
      const persons = namesOf(speaker, scopeOf(reference), vouching);
      const sign = change === 'seen' && speaker !== undefined && turn !== undefined ? { turn } : {};
      const asked = await deps.returning({ conversation: at, persons, ...sign });
      if (asked === 'forgotten') {
        const conversation = afterSeeing(undefined, reference, { at: deps.clock.now() });
        return { conversation, isNew: false, isForgotten: true };
      }
      if (asked === 'back') [home, people] = await look();
    }
    const isPerson = reference.conversationType === 'personal' && people.length > 0;
    const isTheirs = people.every(({ met }) => met?.personal === home.key) && home.unmerged.length === 0;
    const found =
      speaker === undefined || !isPerson || isTheirs
        ? { addressee: home.key, remarks: [] }
        : await find({
            account: speaker,
            scope: scopeOf(reference),
            at,
            ...defined({ locale: reference.locale }),
          });
    const { addressee, remarks } = found;
    const looked = addressee === home.key && isTheirs ? home.looked : undefined;
    const isBack = change === 'seen' && (isStrange || known.suppressed !== undefined);
    if (isBack) await askForNames(speaker, reference, addressee);
    const met = await meet(addressee, { ...sighting, reference }, looked);
    await savePerson(met.conversation, speaker, people, isBack);
    return remarks.length === 0 ? met : { ...met, remarks };
  };

  /** What is remembered of whoever speaks, by each proof. */
  async function peopleOf(
    speaker: ChannelAccount | undefined,
    reference: ConversationReference,
  ): Promise<readonly Remembered[]> {
    return Promise.all(
      proofsOf(speaker, scopeOf(reference), vouching).map(async (proof) => ({
        proof,
        met: await conversations.findPerson(proof.person),
      })),
    );
  }

  async function savePerson(
    conversation: Conversation,
    speaker: ChannelAccount | undefined,
    people: readonly Remembered[],
    isAsked: boolean,
  ): Promise<void> {
    const believed = believedAccount(speaker, conversation, vouching);
    if (believed === undefined) return;
    const known = people.find(({ proof, met }) => proof.kind === 'channel' && met !== undefined)?.met;
    const met = { ...personAfter(known, conversation, believed), metAt: deps.clock.now() };
    const proofs = proofsOf(met.user, scopeOf(met), vouching);
    const isKnown = ({ person }: Proof) => {
      const looked = people.find(({ proof }) => proof.person === person);
      // One that the activity does not tell was written together with what is known by the channel's id.
      return isSameAddress(looked === undefined ? known : looked.met, met);
    };
    if (proofs.every(isKnown)) return;
    if (!isAsked) await askForNames(met.user, met, conversation.key);
    await conversations.savePerson(met, proofs);
  }

  /**
   * Of whom a roster is asked goes by the channel's own id, under which only that channel says where they are. The question is
   * one, however often they are met until then.
   */
  async function askForNames(
    speaker: ChannelAccount | undefined,
    address: Pick<ConversationReference, 'channelId' | 'tenantId'>,
    conversation: ConversationKey,
  ): Promise<void> {
    const proof = proofsOf(speaker, scopeOf(address), vouching).at(-1);
    if (proof === undefined || !hasRoster(address.channelId)) return;
    await deps.names?.askName({ person: proof.person, conversation, at: 0 });
  }
}

/** A proof of whoever speaks, with what is remembered by it. */
interface Remembered {
  readonly proof: Proof;
  readonly met: Person | undefined;
}

/** Where nobody vouches for people, nobody vouches for the organisation that they say they belong to either. */
function believedReference(reference: Sighting['reference'], vouching: Vouching): Sighting['reference'] {
  if (vouchesFor(vouching, reference.channelId)) return reference;
  const { tenantId: _claimed, ...believed } = reference;
  return believed;
}

function scopeOf(reference: Pick<ConversationReference, 'channelId' | 'tenantId'>): Scope {
  return { channelId: reference.channelId, tenant: tenantKey(reference) };
}

/** The person as now known. What an activity leaves out is taken from before, within the same tenant. */
function personAfter(
  known: Person | undefined,
  conversation: Conversation,
  speaker: ChannelAccount,
): Omit<Person, 'metAt'> {
  const personal = conversation.conversationType === 'personal' ? conversation.key : known?.personal;
  const before = known?.tenantId === conversation.tenantId ? known?.user : undefined;
  return {
    channelId: conversation.channelId,
    serviceUrl: conversation.serviceUrl,
    bot: conversation.bot,
    user: { ...before, ...speaker },
    ...defined({ tenantId: conversation.tenantId, personal }),
  };
}

function isSameAddress(a: Person | undefined, b: Person): boolean {
  return (
    a !== undefined &&
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
