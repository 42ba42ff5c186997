import { useState } from 'preact/hooks';
import { Confirm } from '../parts/dialog.tsx';
import { plainly, textOf } from '../parts/format.ts';
import { Icon } from '../parts/icon.tsx';
import { Failed, Loading } from '../parts/situations.tsx';
import { tell } from '../shell/announce.tsx';
import { go, hrefOf } from '../shell/route.ts';
import * as api from '../wire/api.ts';
import type { Person } from '../wire/shapes.ts';
import { useAsked } from '../wire/use-asked.ts';
import { useWords, type Words } from '../words/words.ts';

/** Shows what would go before it asks whether it shall. */
export function EraseButton({ person, name }: { readonly person: Person; readonly name: string }) {
  const { people: words } = useWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" class="button is-danger" onClick={() => setOpen(true)}>
        <Icon name="trash" /> {words.erase}
      </button>
      {isOpen && (
        <Confirm
          isDangerous
          title={words.eraseTitle(name)}
          action={words.eraseNow}
          onClose={() => setOpen(false)}
          onConfirm={async () => {
            await api.erase(person.key, { dryRun: false });
            tell(words.erased);
            go(hrefOf('people'));
          }}
        >
          <p>{words.eraseText}</p>
          <Plan personKey={person.key} />
        </Confirm>
      )}
    </>
  );
}

/** What goes of one conversation, in the page's language; of a kind that the page has no word for, the kind's own. */
function goesOf(row: unknown, words: Words['people']): string | undefined {
  const counts: unknown = Object(row).counts;
  if (typeof counts !== 'object' || counts === null) return textOf(row, 'key') && words.goesOfGroup;
  const known: { readonly [what: string]: (count: number) => string } = words.goes;
  const parts = Object.entries(counts).flatMap(([what, count]) =>
    typeof count === 'number' ? [known[what]?.(count) ?? `${count} ${what}`] : [],
  );
  return words.everythingGoes(parts.join(', '));
}

function Plan({ personKey }: { readonly personKey: string }) {
  const { people: words } = useWords();
  const { value, problem, isLoading } = useAsked(
    () => api.erase(personKey, { dryRun: true }),
    `erase ${personKey}`,
  );
  const kinds: { readonly [kind: string]: string } = words.place;
  if (isLoading) return <Loading />;
  if (value === undefined) return problem === undefined ? null : <Failed problem={problem} />;
  const rows = Object.values(value).flatMap((part): readonly unknown[] => (Array.isArray(part) ? part : []));
  return (
    <ul class="lines is-boxed">
      {rows.map((row) => (
        <li>
          <span>
            <b dir="auto">
              {textOf(row, 'name') ?? kinds[textOf(row, 'conversationType') ?? ''] ?? textOf(row, 'key')}
            </b>{' '}
            {goesOf(row, words) ?? plainly(row)}
          </span>
        </li>
      ))}
    </ul>
  );
}
