import { entriesOfTo } from '../notifications/addressed-to.tsx';
import { isScheduled } from '../notifications/standing-chips.tsx';
import { textOf } from '../parts/format.ts';
import type { Details, Person } from '../wire/shapes.ts';
import type { Words } from '../words/words.ts';

interface Ways {
  readonly words: Words;
  readonly time: (iso: string) => string;
  /** The keys of whom an address of `to` means, by the address; of those that the person has alone. */
  readonly meant?: ReadonlyMap<string, readonly string[]>;
}

/** What an entry of `to`, or several of a kind, are to the person. */
interface Judged {
  readonly sentence: string;
  /** It may name them all the same: nothing is sure before all is addressed. */
  readonly isOpen: boolean;
}

/** Why nothing of a notification was addressed to somebody, from whom it was for and what they wished. */
export function whyNotAddressed(details: Details, person: Person, ways: Ways): string {
  const { verdict } = ways.words.people;
  if (isScheduled(details)) return verdict.scheduled;
  const except = entriesOfTo(Reflect.get(Object(details.data), 'except'));
  const excepted = exceptedBy(except, details, person, ways);
  if (excepted !== undefined) return excepted;
  const judged = judgedOf(details, person, ways);
  const isOpen = judged.length === 0 || judged.some((one) => one.isOpen);
  if (isOpen && details.cancelled !== undefined) return verdict.cancelled;
  if (isOpen && !details.complete) return verdict.running;
  if (judged.length === 0) return details.recipient === undefined ? verdict.kind : verdict.persons;
  const lists = isOpen ? textsOf(except, 'audience').map((name) => verdict.exceptedList(name)) : [];
  return [...judged.map(({ sentence }) => sentence), ...lists].join(' ');
}

/** Addresses of `to` that are the person's: others may have them, too. */
export function ownAddresses({ to }: Details, { names }: Person): readonly string[] {
  const own = ['userPrincipalName', 'mail'].map((name) => textOf(names, name)?.toLowerCase());
  return textsOf(entriesOfTo(to), 'user').filter((user) => own.includes(user.toLowerCase()));
}

function exceptedBy(
  except: readonly unknown[],
  { acceptedAt }: Details,
  person: Person,
  { words }: Ways,
): string | undefined {
  const { verdict } = words.people;
  if (except.some((entry) => namesOne(entry, person))) return verdict.excepted;
  const { topic, since = '' } = subscriptionTo(textsOf(except, 'topic'), person) ?? {};
  return topic === undefined || since > acceptedAt ? undefined : verdict.exceptedTopic(topic);
}

/** Each way in which it was addressed. */
function judgedOf(details: Details, person: Person, ways: Ways): readonly Judged[] {
  const { verdict } = ways.words.people;
  const entries = entriesOfTo(details.to);
  const topics = textsOf(entries, 'topic');
  const isForAll = entries.some(
    (entry) => typeof entry === 'object' && entry !== null && 'everyone' in entry,
  );
  const persons = [...textsOf(entries, 'user'), ...textsOf(entries, 'conversation')];
  const own = ownAddresses(details, person).map((address) => ofAddress(address, person, ways));
  return [
    ...(topics.length === 0 ? [] : [ofTopics(topics, details, person, ways)]),
    ...(isForAll ? [{ sentence: verdict.everyone(sinceOf(person, ways.time)), isOpen: true }] : []),
    ...textsOf(entries, 'audience').map((name) => ({ sentence: verdict.audience(name), isOpen: true })),
    ...own,
    ...(persons.length > own.length ? [{ sentence: verdict.persons, isOpen: true }] : []),
  ];
}

/** Whom an address means is told by the names that the bot knows now. */
function ofAddress(address: string, { key }: Person, { words, meant }: Ways): Judged {
  const { verdict } = words.people;
  const keys = meant?.get(address) ?? [key];
  if (!keys.includes(key)) return { sentence: verdict.persons, isOpen: false };
  return keys.length > 1
    ? { sentence: verdict.ambiguous(address), isOpen: false }
    : { sentence: verdict.addressNow(address), isOpen: true };
}

function ofTopics(
  topics: readonly string[],
  { acceptedAt }: Details,
  person: Person,
  { words, time }: Ways,
): Judged {
  const { verdict } = words.people;
  const fitting = subscriptionTo(topics, person);
  if (fitting === undefined) {
    const own = textsOf(person.subscriptions ?? [], 'topic').join(', ');
    return { sentence: verdict.topic(topics.join(', '), own), isOpen: false };
  }
  const { topic, since = '' } = fitting;
  return since > acceptedAt
    ? { sentence: verdict.topicNow(topic, time(since)), isOpen: false }
    : { sentence: verdict.topicOpen(topic), isOpen: true };
}

function subscriptionTo(topics: readonly string[], { subscriptions = [] }: Person) {
  return subscriptions
    .flatMap((one) => {
      const topic = textOf(one, 'topic');
      return topic === undefined ? [] : [{ topic, since: textOf(one, 'since') }];
    })
    .find(({ topic }) => topics.some((to) => to === topic || to.startsWith(`${topic}/`)));
}

/** Whether an entry names just this person, by a key or an id of theirs. */
function namesOne(entry: unknown, { key, conversations = [], user, names }: Person): boolean {
  const keys = [key, ...textsOf(conversations, 'key')];
  const ids = [user.id, user.aadObjectId, textOf(names, 'userPrincipalName'), textOf(names, 'mail')];
  const named = textOf(entry, 'user')?.toLowerCase();
  return (
    keys.some((one) => one === textOf(entry, 'conversation')) ||
    (named !== undefined && ids.some((id) => id?.toLowerCase() === named))
  );
}

function textsOf(entries: readonly unknown[], name: string): readonly string[] {
  return entries.flatMap((entry) => textOf(entry, name) ?? []);
}

function sinceOf({ conversations = [] }: Person, time: (iso: string) => string): string {
  const [first] = [...textsOf(conversations, 'knownSince')].sort();
  return first === undefined ? '?' : time(first);
}
