import { textOf } from '../parts/format.ts';
import * as api from '../wire/api.ts';
import { useAsked } from '../wire/use-asked.ts';
import { useWords, type Words } from '../words/words.ts';

/** An entry of `to` in words. */
export function wordsOf(entry: unknown, { notifications: words }: Words): string {
  const topic = textOf(entry, 'topic');
  if (topic !== undefined) return words.toTopic(topic);
  const audience = textOf(entry, 'audience');
  if (audience !== undefined) return words.toAudience(audience);
  const user = textOf(entry, 'user');
  const channel = textOf(entry, 'channel');
  if (user !== undefined)
    return words.toUser(textOf(entry, 'name') ?? (channel === undefined ? user : `${user} (${channel})`));
  const conversation = textOf(entry, 'conversation');
  const name = textOf(entry, 'name');
  if (conversation !== undefined)
    return name === undefined ? words.toConversation(conversation) : words.toUser(name);
  return typeof entry === 'object' && entry !== null && 'everyone' in entry
    ? words.toEveryone
    : JSON.stringify(entry);
}

export function entriesOfTo(to: unknown): readonly unknown[] {
  if (to === undefined || to === null) return [];
  return Array.isArray(to) ? to : [to];
}

const MOST = 12;

/** An entry of `to`; a key is looked up, and stands for whoever it leads to. */
export function EntryName({ entry }: { readonly entry: unknown }) {
  const words = useWords();
  const key = textOf(entry, 'conversation');
  return key === undefined || textOf(entry, 'name') !== undefined ? (
    <span>{wordsOf(entry, words)}</span>
  ) : (
    <Named conversation={key} />
  );
}

function Named({ conversation }: { readonly conversation: string }) {
  const words = useWords();
  const { value } = useAsked((signal) => api.people(conversation, signal), `who is ${conversation}`);
  const name = value?.items[0]?.name;
  return <span>{wordsOf({ conversation, ...(name === undefined ? {} : { name }) }, words)}</span>;
}

export function AddressedTo({ to }: { readonly to: unknown }) {
  const entries = entriesOfTo(to);
  if (entries.length === 0) return null;
  return (
    <span class="chips">
      {entries.slice(0, MOST).map((entry) => (
        <span class="chip is-quiet" dir="auto">
          <EntryName entry={entry} />
        </span>
      ))}
      {entries.length > MOST && <span class="note">+ {entries.length - MOST}</span>}
    </span>
  );
}
