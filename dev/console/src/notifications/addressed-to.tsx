import { textOf } from '../parts/format.ts';
import { useWords, type Words } from '../words/words.ts';

/** An entry of `to` in words. */
export function wordsOf(entry: unknown, { notifications: words }: Words): string {
  const topic = textOf(entry, 'topic');
  if (topic !== undefined) return words.toTopic(topic);
  const audience = textOf(entry, 'audience');
  if (audience !== undefined) return words.toAudience(audience);
  const user = textOf(entry, 'user');
  if (user !== undefined) return words.toUser(textOf(entry, 'name') ?? user);
  const conversation = textOf(entry, 'conversation');
  if (conversation !== undefined) return words.toConversation(conversation);
  return typeof entry === 'object' && entry !== null && 'everyone' in entry
    ? words.toEveryone
    : JSON.stringify(entry);
}

export function entriesOfTo(to: unknown): readonly unknown[] {
  if (to === undefined || to === null) return [];
  return Array.isArray(to) ? to : [to];
}

const MOST = 12;

export function AddressedTo({ to }: { readonly to: unknown }) {
  const words = useWords();
  const entries = entriesOfTo(to);
  if (entries.length === 0) return null;
  return (
    <span class="chips">
      {entries.slice(0, MOST).map((entry) => (
        <span class="chip is-quiet" dir="auto">
          <span>{wordsOf(entry, words)}</span>
        </span>
      ))}
      {entries.length > MOST && <span class="note">+ {entries.length - MOST}</span>}
    </span>
  );
}
