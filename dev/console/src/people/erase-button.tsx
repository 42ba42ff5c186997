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
import { useWords } from '../words/words.ts';

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
            {textOf(row, 'goes') ?? plainly(row)}
          </span>
        </li>
      ))}
    </ul>
  );
}
