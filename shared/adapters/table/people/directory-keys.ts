import type { Topic } from '../../../domain/event/topic.ts';
import { hashOf } from '../../../domain/hash.ts';
import { comparableId, type IdKind, type Proof } from '../../../domain/identity/proofs.ts';
import { type ConversationKey, type PersonKey, soughtKey, type TenantKey } from '../../../domain/ids.ts';
import type { MemberGroup, PlainGroup } from '../../../ports/delivery/audience.ts';
import type { RowKeys } from '../row/row.ts';

/*
 * Keys of table `directory`:
 *
 *   tenants               / <tenant>        tenants with any conversation
 *   all:<tenant>          / <conversation>  everyone, `suppressed` where nothing may be sent
 *   u:<person>            / person          a person as last met: by proofs, and by bare ids as the former release does
 *   i:<proof>             / addressee       whose proof it is, inserted once
 *   k:<sought id>         / <person>        who is known by an id, in whichever tenant or channel
 *   k:<told name>         / <person>        of whom a roster or a directory told this name, see `TableNameStore`
 *   u:<person>            / c:<conversation>  where something is stored about them
 *   u:<person>            / names           what a roster or a directory told of them
 *   q:names               / <instant>:<person>  of whom a roster is to be asked
 *   f:<hash>              / tombstone       somebody who asked to be forgotten, for a day
 *   tt:<topic hash>       / <tenant>        tenants with subscribers of a topic
 *   t:<topic hash>:<tenant> / <conversation>  subscribers, `suppressed` likewise
 *   tw:<key>              / <tenant>        tenants with members of a group that a kind keeps, such as watchers of a hotel
 *   w:<beginning>         / <word>:<conversation>  a word by which somebody is found, see `TablePeopleIndex`
 *   o:<day>               / <instant>:<notification>  notifications by the time they were accepted, newest first
 *   p:<work>              / progress        where long work is
 *   a:<day>               / <topic hash>    how many notifications went out on a topic
 *   au:<day>              / <instant>:<id>  who did what in the console, newest first
 */

const everyone: MemberGroup = { kind: 'everyone' };

/** The partition that lists the tenants with members of the group. */
export function tenantsPartition(group: PlainGroup): string {
  switch (group.kind) {
    case 'everyone':
      return 'tenants';
    case 'topic':
      return `tt:${topicHash(group.topic)}`;
    case 'kept':
      // Groups of two kinds with one key share the list: it may name a tenant that has no members.
      return `tw:${group.key}`;
  }
}

/** The partition that lists the group's members in one tenant. */
export function membersPartition(group: MemberGroup, tenant: TenantKey): string {
  return group.kind === 'everyone' ? `all:${tenant}` : `t:${topicHash(group.topic)}:${tenant}`;
}

export function tenantRow(group: PlainGroup, tenant: TenantKey): RowKeys {
  return { partitionKey: tenantsPartition(group), rowKey: tenant };
}

export function memberRow(group: MemberGroup, tenant: TenantKey, conversation: ConversationKey): RowKeys {
  return { partitionKey: membersPartition(group, tenant), rowKey: conversation };
}

export function everyoneRow(tenant: TenantKey, conversation: ConversationKey): RowKeys {
  return memberRow(everyone, tenant, conversation);
}

export const PERSON_ROW = 'person';

export function personRow(person: PersonKey): RowKeys {
  return { partitionKey: `u:${person}`, rowKey: PERSON_ROW };
}

/** The partition that lists who is known by an id. */
export function knownByPartition(kind: IdKind, id: string): string {
  return `k:${soughtKey(kind, comparableId(kind, id))}`;
}

export function knownByRow({ kind, id, person }: Proof): RowKeys {
  return { partitionKey: knownByPartition(kind, id), rowKey: person };
}

/** A topic as part of a key: it may hold `/`, which no key may. */
export function topicHash(topic: Topic): string {
  return hashOf(topic);
}
