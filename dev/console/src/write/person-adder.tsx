import { useState } from 'preact/hooks';
import { TextField } from '../parts/field.tsx';
import { Icon } from '../parts/icon.tsx';
import { MoreButton } from '../parts/more-button.tsx';
import { UnvouchedChip } from '../parts/person-chips.tsx';
import { Failed, Loading } from '../parts/situations.tsx';
import { useLater } from '../parts/use-later.ts';
import * as api from '../wire/api.ts';
import type { FoundPerson } from '../wire/shapes.ts';
import { usePages } from '../wire/use-pages.ts';
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
  const list = usePages(
    (continuation, signal) => api.people(text, signal, continuation),
    `people to add ${text}`,
  );
  const { items, problem, isLoading, reload } = list;
  if (isLoading) return <Loading />;
  if (problem !== undefined) return <Failed problem={problem} retry={reload} />;
  if (items.length === 0) return <p class="quiet">{people.empty}</p>;
  return (
    <>
      <ul class="lines is-boxed">
        {items.map((person) => {
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
      <MoreButton list={list} />
    </>
  );
}

/** By the key: it names one person, whoever else goes by that name. */
function entryOf({ key, name }: FoundPerson): Entry {
  return { conversation: key, ...(name === undefined ? {} : { name }) };
}
