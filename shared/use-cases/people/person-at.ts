import type { ChannelAccount, Conversation } from '../../domain/conversation/conversation.ts';
import { defined } from '../../domain/defined.ts';
import { type Vouching, vouchesFor } from '../../domain/identity/vouching.ts';
import { type ConversationKey, tenantKey } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import type { ConversationStore, Person } from '../../ports/conversation/conversation-store.ts';
import type { PeopleIndex } from '../../ports/conversation/people-index.ts';
import type { FindPerson } from '../conversation/find-person.ts';

/** Somebody, in one line. */
export interface PersonInBrief {
  /** Of the conversation where they are told, or what stands in for it. */
  readonly key: ConversationKey;
  readonly channelId: string;
  readonly tenantId?: string;
  readonly user: ChannelAccount;
  /** The channel says itself who this is; else they say so themselves. */
  readonly isVouched: boolean;
  readonly suppressed?: Conversation['suppressed'];
  /** When what is stored of them last changed. */
  readonly changedAt: Instant;
  /** The record under the key, or what would be kept there once something is sent. */
  readonly here: Conversation;
}

export interface PersonAtDeps {
  readonly conversations: Pick<ConversationStore, 'findConversation'>;
  readonly peopleIndex: PeopleIndex;
  readonly findPerson: FindPerson;
  readonly vouching: Vouching;
}

/** Who is reached under a key of a conversation; `undefined` for a group, and where nobody is known. */
export async function personAt(deps: PersonAtDeps, key: ConversationKey): Promise<PersonInBrief | undefined> {
  const record = await deps.conversations.findConversation(key);
  if (record !== undefined) return inBrief(record, deps.vouching);
  const member = await deps.peopleIndex.memberAt(key);
  if (member === undefined) return undefined;
  const person = await deps.findPerson({ user: member.id, channel: member.channelId });
  if (person === undefined) return undefined;
  const personal =
    person.personal === undefined ? undefined : await deps.conversations.findConversation(person.personal);
  return (personal && inBrief(personal, deps.vouching)) ?? ofMember(key, person);
}

function inBrief(record: Conversation, vouching: Vouching): PersonInBrief | undefined {
  const { key, channelId, tenantId, user, suppressed, changedAt, conversationType } = record;
  if (conversationType !== 'personal' || user === undefined || suppressed === 'forgotten') return undefined;
  return {
    key,
    channelId,
    ...defined({ tenantId }),
    user,
    isVouched: vouchesFor(vouching, channelId),
    ...defined({ suppressed }),
    changedAt,
    here: record,
  };
}

/** Who was met in groups alone is only remembered where their channel vouches for them. */
function ofMember(key: ConversationKey, { metAt, personal: _none, ...address }: Person): PersonInBrief {
  const { channelId, tenantId, user } = address;
  return {
    key,
    channelId,
    ...defined({ tenantId }),
    user,
    isVouched: true,
    changedAt: metAt,
    here: {
      ...address,
      key,
      tenant: tenantKey(address),
      conversationType: 'personal',
      capturedAt: metAt,
      changedAt: metAt,
    },
  };
}
