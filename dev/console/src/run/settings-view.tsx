import { useState } from 'preact/hooks';
import { Chip } from '../parts/chip.tsx';
import { TextField } from '../parts/field.tsx';
import { plainly } from '../parts/format.ts';
import { Heading } from '../parts/heading.tsx';
import { Empty } from '../parts/situations.tsx';
import * as api from '../wire/api.ts';
import type { Setting } from '../wire/shapes.ts';
import { usePages } from '../wire/use-pages.ts';
import { useWords } from '../words/words.ts';
import { ListView } from './list-view.tsx';

export function SettingsView() {
  const { shell, settings: words } = useWords();
  const [typed, setTyped] = useState('');
  const list = usePages(
    (continuation, signal) => api.settings({ limit: '200', continuation }, signal),
    'settings',
  );
  const wanted = typed.trim().toLowerCase();
  // Whoever seeks may know it by the words of the documents, which are English.
  const fits = ({ name, meaning = '' }: Setting) =>
    `${name} ${meaning} ${words.meaning[name] ?? ''}`.toLowerCase().includes(wanted);
  return (
    <>
      <Heading title={shell.view.settings} lead={words.lead} />
      <ListView list={list} icon="settings" empty={words.empty}>
        {(items) => {
          const shown = items.filter(fits);
          return (
            <>
              <div class="search">
                <TextField label={words.search} type="search" value={typed} onChange={setTyped} />
              </div>
              {shown.length === 0 && <Empty icon="search" title={words.empty} />}
              {shown.length > 0 && (
                <ul class="rows is-boxed">
                  {shown.map((setting) => (
                    <li key={setting.name} class="row is-still">
                      <SettingRow setting={setting} />
                    </li>
                  ))}
                </ul>
              )}
            </>
          );
        }}
      </ListView>
    </>
  );
}

function SettingRow({ setting: { name, value, from, ...setting } }: { readonly setting: Setting }) {
  const { settings: words } = useWords();
  const meaning = words.meaning[name] ?? setting.meaning;
  const said = value === 'set' ? words.set : plainly(value);
  return (
    <>
      <span class="row-main">
        <code class="setting-name">{name}</code>
        {meaning !== undefined && <span class="row-note">{meaning}</span>}
      </span>
      <span class="row-side">
        <code class={value === 'set' ? 'quiet' : ''}>{said === '' ? '–' : said}</code>
        <Chip tone={from === 'given' ? 'good' : 'quiet'}>
          {from === 'given' ? words.from.given : words.from.default}
        </Chip>
      </span>
    </>
  );
}
