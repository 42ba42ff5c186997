import { entriesOfTo } from '../notifications/addressed-to.tsx';
import { isScheduled } from '../notifications/standing-chips.tsx';
import { textOf } from '../parts/format.ts';
import type { Details, Person } from '../wire/shapes.ts';
import type { Words } from '../words/words.ts';

interface Ways {
  readonly words: Words;
  readonly time: (iso: string) => string;
}

/** Why nothing of a notification was addressed to somebody, from whom it was for and what they wished. */
export function whyNotAddressed(details: Details, person: Person, { words, time }: Ways): string {
  const { verdict } = words.people;
  if (isScheduled(details)) return verdict.scheduled;
  const entries = entriesOfTo(details.to);
  const topics = entries.flatMap((entry) => textOf(entry, 'topic') ?? []);
  if (topics.length > 0) return ofTopics(topics, details, person, { words, time });
  if (details.cancelled !== undefined) return verdict.cancelled;
  if (!details.complete) return verdict.running;
  if (entries.some((entry) => typeof entry === 'object' && entry !== null && 'everyone' in entry)) {
    return verdict.everyone(sinceOf(person, time));
  }
  const audience = entries.flatMap((entry) => textOf(entry, 'audience') ?? [])[0];
  if (audience !== undefined) return verdict.audience(audience);
  return entries.length > 0 || details.recipient !== undefined ? verdict.persons : verdict.kind;
}

function ofTopics(
  topics: readonly string[],
  details: Details,
  person: Person,
  { words, time }: Ways,
): string {
  const { verdict } = words.people;
  const own = (person.subscriptions ?? []).flatMap((one) => {
    const topic = textOf(one, 'topic');
    return topic === undefined ? [] : [{ topic, since: textOf(one, 'since') }];
  });
  const fitting = own.find(({ topic }) => topics.some((to) => to === topic || to.startsWith(`${topic}/`)));
  if (fitting === undefined) {
    return verdict.topic(topics.join(', '), own.map(({ topic }) => topic).join(', '));
  }
  const isLater = fitting.since !== undefined && fitting.since > details.acceptedAt;
  if (isLater) return verdict.topicNow(fitting.topic, time(fitting.since ?? ''));
  if (details.cancelled !== undefined) return verdict.cancelled;
  return details.complete ? verdict.topicOpen(fitting.topic) : verdict.running;
}

function sinceOf({ conversations = [] }: Person, time: (iso: string) => string): string {
  const [first] = conversations.flatMap((one) => textOf(one, 'knownSince') ?? []).sort();
  return first === undefined ? '?' : time(first);
}
