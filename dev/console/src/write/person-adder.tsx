import { useState } from 'preact/hooks';
import { TextField } from '../parts/field.tsx';
import { Icon } from '../parts/icon.tsx';
import { UnvouchedChip } from '../parts/person-chips.tsx';
import { Failed, Loading } from '../parts/situations.tsx';
import { useLater } from '../parts/use-later.ts';
import * as api from '../wire/api.ts';
import type { FoundPerson } from '../wire/shapes.ts';
import { useAsked } from '../wire/use-asked.ts';
import { useWords } from '../words/words.ts';
import type { Entry } from './message.ts';

const SHORTEST = 2;

export function PersonAdder({ onAdd }: { readonly onAdd: (entry: Entry) => void }) {
  const { audience: words, people } = useWords();
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState('');
  const later = useLater();
  return (
    <div class="adder is-tall">
      <TextField
        label={words.person}
        hint={people.startText}
        type="search"
        value={typed}
        onChange={(text) => {
          setTyped(text);
          later(() => setAsked(text.trim()));
        }}
      />
      {asked.length >= SHORTEST && <Found text={asked} onAdd={onAdd} />}
    </div>
  );
}

function Found({ text, onAdd }: { readonly text: string; readonly onAdd: (entry: Entry) => void }) {
  const { audience: words, people } = useWords();
  const { value, problem, isLoading, reload } = useAsked(
    (signal) => api.people(text, signal),
    `people to add ${text}`,
  );
  if (isLoading) return <Loading />;
  if (value === undefined) return problem === undefined ? null : <Failed problem={problem} retry={reload} />;
  if (value.items.length === 0) return <p class="quiet">{people.empty}</p>;
  return (
    <ul class="lines is-boxed">
      {value.items.map((person) => {
        const name = person.name ?? person.key;
        return (
          <li key={person.key}>
            <span>
              <b dir="auto">{name}</b> <span class="note">{person.mail ?? person.channelId}</span>{' '}
              {!person.isVouched && <UnvouchedChip />}
            </span>
            <button
              type="button"
              class="button is-small"
              aria-label={`${words.add}: ${name}`}
              onClick={() => onAdd(entryOf(person))}
            >
              <Icon name="plus" size={16} /> {words.add}
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** By the key: it names one person, whoever else goes by that name. */
function entryOf({ key, name }: FoundPerson): Entry {
  return { conversation: key, ...(name === undefined ? {} : { name }) };
}
