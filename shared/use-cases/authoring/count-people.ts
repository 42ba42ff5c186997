import { isMuted } from '../../domain/conversation/preferences.ts';
import { defined } from '../../domain/defined.ts';
import { USD_PER_PERSON } from '../../domain/delivery/cost.ts';
import {
  type DirectRecipient,
  isDirect,
  type Notification,
  type Recipient,
} from '../../domain/event/notification.ts';
import { coveringTopics } from '../../domain/event/topic.ts';
import type { ConversationKey, TenantKey } from '../../domain/ids.ts';
import { inParallel } from '../../domain/in-parallel.ts';
import { type Duration, seconds, toIso } from '../../domain/time.ts';
import type { AudienceStore } from '../../ports/authored/audience-store.ts';
import type { Audience, MemberGroup } from '../../ports/delivery/audience.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import type { ListedPerson } from '../../ports/event/list-store.ts';
import { recipientOf } from '../audience/make-list.ts';
import { pagesOfGroup } from '../audience/pages-of-group.ts';
import { instantsOf } from '../intake/schedule.ts';
import type { AllKinds } from '../kinds/all-kinds.ts';
import { type LookUpDeps, lookUpEntries } from './look-up-entries.ts';

/** Members of groups that are counted one by one; of more, nobody waits for the exact number. */
const MOST_COUNTED = 200_000;
/** Entries of audiences that are looked up one by one; of more, the others are taken to be as these are. */
const MOST_LOOKED_UP = 5000;
/** Of so few people it is looked up what becomes of a message to each. */
const MOST_LOOKED_AT = 500;
const MOST_UNKNOWN_TOLD = 1000;
const LOOK_UP_PAGE = 250;
/** So long an author waits for those of one audience. */
const LONGEST_LOOK: Duration = seconds(20);
const AT_ONCE = 16;

export interface PeopleCounted {
  readonly people: number;
  /** What would become of it for those who are not told: `suppressed/muted`. Absent where there are too many to look at each. */
  readonly byState?: { readonly [state: string]: number };
  /** Everybody was counted; else it is how many there are likely to be. */
  readonly exact: boolean;
  /** From the first to the last at the pace: tenants have each their own. */
  readonly seconds: number;
  readonly cost: { readonly usd: number; readonly per: number };
  /** Entries by which nobody is meant, a thousand of them at most. */
  readonly unknown: readonly Recipient[];
  /** When the last would be told, where that is behind `expiresAt`: those at the end get nothing. */
  readonly tooFar?: string;
}

export interface CountPeopleDeps extends LookUpDeps {
  readonly audience: Audience;
  readonly audiences: Pick<AudienceStore, 'entriesOf' | 'findAudience'>;
  readonly ledger: Pick<Ledger, 'findDesk'>;
  readonly kinds: Pick<AllKinds, 'entryOf'>;
  readonly requestsPerSecond: number;
}

/** People by where they are told, each once. */
interface Counted {
  readonly people: Map<ConversationKey, TenantKey>;
  readonly unknown: Recipient[];
  isExact: boolean;
  /** People beside those, as far as anybody can say. */
  beyond: number;
}

/**
 * How many people a notification would reach now, how long that takes and what it costs. Nobody is addressed. Throws
 * `StoreUnavailable`.
 */
export async function countPeople(deps: CountPeopleDeps, notification: Notification): Promise<PeopleCounted> {
  const { to, except = [], delivery } = notification;
  const found = await peopleOf(deps, to);
  const away = await peopleOf(deps, except);
  for (const key of away.people.keys()) found.people.delete(key);
  const counted = found.people.size + found.beyond;
  const byTenant = new Map<TenantKey, number>();
  for (const tenant of found.people.values()) byTenant.set(tenant, (byTenant.get(tenant) ?? 0) + 1);
  const share = found.people.size === 0 ? 0 : Math.max(0, ...byTenant.values()) / found.people.size;
  const takes = Math.ceil((counted * share) / deps.requestsPerSecond);
  const now = deps.clock.now();
  const begins = delivery.at === undefined ? now : Math.max(now, ...instantsOf(delivery.at));
  const ends = begins + seconds(takes);
  const isTooFar = delivery.expiresAt !== undefined && ends > delivery.expiresAt;
  return {
    people: counted,
    ...(counted > MOST_LOOKED_AT ? {} : { byState: await statesOf(deps, notification, found) }),
    exact: found.isExact && away.isExact,
    seconds: takes,
    cost: { usd: counted * USD_PER_PERSON, per: USD_PER_PERSON },
    unknown: found.unknown,
    ...(isTooFar ? { tooFar: toIso(ends) } : {}),
  };
}

async function peopleOf(deps: CountPeopleDeps, entries: readonly Recipient[]): Promise<Counted> {
  const counted: Counted = { people: new Map(), unknown: [], isExact: true, beyond: 0 };
  const named = entries.filter(isDirect);
  note(counted, named, await lookUpEntries(deps, named));
  for (const entry of entries) if ('audience' in entry) await addAudience(deps, counted, entry);
  const groups: readonly MemberGroup[] = entries.some((entry) => 'everyone' in entry)
    ? [{ kind: 'everyone' }]
    : [...new Set(entries.flatMap((entry) => ('topic' in entry ? coveringTopics(entry.topic) : [])))].map(
        (topic) => ({ kind: 'topic', topic }),
      );
  for (const group of groups) await addGroup(deps, counted, group);
  // Only its kind knows who is in a group that it keeps.
  if (entries.some((entry) => 'keptBy' in entry)) counted.isExact = false;
  return counted;
}

function note(
  { people, unknown }: Counted,
  entries: readonly DirectRecipient[],
  found: readonly (ListedPerson | undefined)[],
): void {
  for (const [index, entry] of entries.entries()) {
    const person = found[index];
    if (person !== undefined) people.set(person.key, person.tenant);
    else if (unknown.length < MOST_UNKNOWN_TOLD) unknown.push(entry);
  }
}

async function addAudience(
  deps: CountPeopleDeps,
  counted: Counted,
  entry: Extract<Recipient, { readonly audience: string }>,
): Promise<void> {
  const stored = await deps.audiences.findAudience(entry.audience);
  if (stored === undefined) {
    counted.unknown.push(entry);
    return;
  }
  const before = counted.people.size;
  const until = deps.clock.now() + LONGEST_LOOK;
  let looked = 0;
  let after: string | undefined;
  do {
    const page = await deps.audiences.entriesOf(entry.audience, {
      limit: LOOK_UP_PAGE,
      ...defined({ after }),
    });
    const entries = (page?.items ?? []).map(recipientOf);
    note(counted, entries, await lookUpEntries(deps, entries));
    looked += entries.length;
    after = page?.after;
  } while (after !== undefined && looked < MOST_LOOKED_UP && deps.clock.now() < until);
  if (after === undefined) return;
  // Entries come in the order of a hash, so the first are as good a sample as any.
  counted.isExact = false;
  counted.beyond += Math.round(((counted.people.size - before) / looked) * (stored.entries - looked));
}

async function addGroup(deps: CountPeopleDeps, counted: Counted, group: MemberGroup): Promise<void> {
  for await (const { tenant, keys } of pagesOfGroup(deps.audience, group)) {
    if (counted.people.size >= MOST_COUNTED) {
      counted.isExact = false;
      return;
    }
    for (const key of keys) counted.people.set(key, tenant);
  }
}

/** Why some of few people would not be told, were it sent now. */
async function statesOf(
  deps: CountPeopleDeps,
  { type, data, delivery }: Notification,
  { people }: Counted,
): Promise<{ readonly [state: string]: number }> {
  const entry = deps.kinds.entryOf(type);
  const now = deps.clock.now();
  const states: { [state: string]: number } = {};
  await inParallel([...people.keys()], AT_ONCE, async (key) => {
    const { conversation, preferences } = await deps.ledger.findDesk(key);
    const isSilent = !delivery.urgent && isMuted(preferences, entry?.topicOf?.(data), now);
    const reason = conversation?.suppressed ?? (isSilent ? 'muted' : undefined);
    if (reason !== undefined) states[`suppressed/${reason}`] = (states[`suppressed/${reason}`] ?? 0) + 1;
  });
  return states;
}
