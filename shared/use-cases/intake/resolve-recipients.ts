import type { DirectRecipient } from '../../domain/event/notification.ts';
import {
  type ConversationKey,
  isConversationKey,
  tenantKey,
  uncreatedConversationKey,
} from '../../domain/ids.ts';
import { inParallel } from '../../domain/in-parallel.ts';
import { type Duration, hours } from '../../domain/time.ts';
import type { ConversationStore, Person } from '../../ports/conversation/conversation-store.ts';
import type { ListedPerson } from '../../ports/event/list-store.ts';
import { type FindAddresseeDeps, findAddressee, homeOf } from '../conversation/find-addressee.ts';
import { type FindNamedDeps, findNamed } from '../conversation/find-named.ts';
import type { Unknown } from './park-unknown.ts';

/** Recipients looked up at the same time. */
const LOOK_UPS = 16;

/** So long after it was accepted a notification waits for a directory that does not answer. */
export const LONGEST_WAIT_FOR_DIRECTORY: Duration = hours(1);

export interface ResolveDeps extends FindNamedDeps, FindAddresseeDeps {}

export interface ResolvedRecipients {
  /** In the order in which they are named; somebody who is named twice is there twice. */
  readonly people: readonly ListedPerson[];
  readonly unknown: readonly Unknown[];
  /** How long the directory has to be left alone. */
  readonly away: Duration | undefined;
}

/** Whom the entries mean, each an addressee. Throws `StoreUnavailable`; repeating it is harmless. */
export async function resolveAll(
  deps: ResolveDeps,
  entries: readonly DirectRecipient[],
): Promise<ResolvedRecipients> {
  const find = findNamed(deps);
  const addresseeOf = findAddressee(deps);
  const found = await inParallel(entries, LOOK_UPS, resolve);
  const people: ListedPerson[] = [];
  const unknown: Unknown[] = [];
  for (const [index, entry] of entries.entries()) {
    const one = found[index];
    if (one === undefined) continue;
    if ('key' in one) people.push(one);
    else unknown.push({ entry, found: one });
  }
  const waits = unknown.flatMap((one) => (one.found.kind === 'away' ? [one.found.retryAfter] : []));
  return { people, unknown, away: waits.length === 0 ? undefined : Math.max(...waits) };

  async function resolve(entry: DirectRecipient): Promise<ListedPerson | Unknown['found']> {
    if ('conversation' in entry) {
      return (await personBehind(deps.addressees, entry.conversation)) ?? { kind: 'nobody' };
    }
    const result = await find(entry);
    if (result.kind !== 'one') return result;
    const { person } = result;
    const tenant = tenantKey(person);
    const scope = { channelId: person.channelId, tenant };
    const at = person.personal ?? uncreatedConversationKey(person.channelId, person.user.id);
    const { addressee } = await addresseeOf({ account: person.user, scope, at });
    if (person.personal === undefined)
      await keepUncreated(deps.conversations, addressee, { person, now: deps.clock.now() });
    return { key: addressee, tenant };
  }
}

/** Whom a key leads to; `undefined` where nothing is known by it. Throws `StoreUnavailable`. */
export async function personBehind(
  addressees: FindAddresseeDeps['addressees'],
  named: string,
): Promise<ListedPerson | undefined> {
  if (!isConversationKey(named)) return undefined;
  const { key, looked } = await homeOf(addressees, named);
  return looked.record && { key, tenant: looked.record.tenant };
}

/**
 * A person met in a group only: a record stands in for the conversation that the channel will create when the first
 * message is sent.
 */
async function keepUncreated(
  conversations: ConversationStore,
  key: ConversationKey,
  { person, now }: { readonly person: Person; readonly now: number },
): Promise<void> {
  if ((await conversations.findConversation(key)) !== undefined) return;
  const { personal: _none, metAt: _when, ...address } = person;
  await conversations.saveConversation({
    ...address,
    key,
    tenant: tenantKey(person),
    conversationType: 'personal',
    capturedAt: now,
    changedAt: now,
  });
}
