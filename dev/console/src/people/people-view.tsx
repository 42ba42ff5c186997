import { useEffect, useState } from 'preact/hooks';
import { TextField } from '../parts/field.tsx';
import { useFormat } from '../parts/format.ts';
import { Heading } from '../parts/heading.tsx';
import { SuppressedChip, UnvouchedChip } from '../parts/person-chips.tsx';
import { Empty } from '../parts/situations.tsx';
import { useLater } from '../parts/use-later.ts';
import { ListView } from '../run/list-view.tsx';
import { speak } from '../shell/announce.tsx';
import { hrefOf, replace, route } from '../shell/route.ts';
import { useStore } from '../shell/store.ts';
import * as api from '../wire/api.ts';
import type { FoundPerson } from '../wire/shapes.ts';
import { usePages } from '../wire/use-pages.ts';
import { useWords } from '../words/words.ts';

const SHORTEST = 2;

export function PeopleView() {
  const { shell, people: words } = useWords();
  const { query } = useStore(route);
  const asked = query.get('text') ?? '';
  const [typed, setTyped] = useState(asked);
  const later = useLater();
  return (
    <>
      <Heading title={shell.view.people} lead={words.lead} />
      <search class="search">
        <TextField
          label={words.search}
          hint={words.searchHint}
          type="search"
          value={typed}
          onChange={(text) => {
            setTyped(text);
            later(() => replace(hrefOf('people', undefined, { text: text.trim() })));
          }}
        />
      </search>
      {asked.length < SHORTEST ? (
        <Empty icon="search" title={words.start}>
          {words.startText}
        </Empty>
      ) : (
        <Found text={asked} />
      )}
    </>
  );
}

function Found({ text }: { readonly text: string }) {
  const { people: words } = useWords();
  const format = useFormat();
  const list = usePages((continuation, signal) => api.people(text, signal, continuation), `people ${text}`);
  const { items, problem, isLoading } = list;
  const count = isLoading || problem !== undefined ? undefined : items.length;
  useEffect(() => {
    if (count !== undefined) speak(count === 0 ? words.empty : words.found(format.number(count)));
  }, [count, text]);
  return (
    <ListView list={list} icon="people" empty={words.empty} emptyText={words.emptyText}>
      {(found) => (
        <ul class="rows is-boxed">
          {found.map((person) => (
            <li key={person.key}>
              <PersonRow person={person} />
            </li>
          ))}
        </ul>
      )}
    </ListView>
  );
}

function PersonRow({ person }: { readonly person: FoundPerson }) {
  const { key, name, mail, channelId, isVouched, suppressed, objectId } = person;
  return (
    <a class="row" href={hrefOf('people', key)}>
      <Avatar name={name ?? key} />
      <span class="row-main">
        <span class="row-title" dir="auto">
          {name ?? key}
        </span>
        <span class="row-note">
          {mail !== undefined && <span>{mail}</span>}
          <span>{channelId}</span>
          {mail === undefined && objectId !== undefined && <span>{objectId}</span>}
        </span>
      </span>
      <span class="row-side">
        {!isVouched && <UnvouchedChip />}
        <SuppressedChip suppressed={suppressed} />
      </span>
    </a>
  );
}

const HUES = 8;

/** The first letters of a name, in a colour that stays with it. */
export function Avatar({ name }: { readonly name: string }) {
  const letters = name
    .split(/[\s@._-]+/)
    .filter((word) => /^\p{L}/u.test(word))
    .map((word) => [...word][0] ?? '');
  const shown = (letters[0] ?? '?') + (letters.length > 1 ? (letters.at(-1) ?? '') : '');
  const hue = [...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973, 7) % HUES;
  return (
    <span class={`avatar hue-${hue}`} aria-hidden="true">
      {shown.toUpperCase()}
    </span>
  );
}
