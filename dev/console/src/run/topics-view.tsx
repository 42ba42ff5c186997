import { useState } from 'preact/hooks';
import { TextField } from '../parts/field.tsx';
import { useFormat } from '../parts/format.ts';
import { Heading } from '../parts/heading.tsx';
import { Icon } from '../parts/icon.tsx';
import { Table } from '../parts/table.tsx';
import { hrefOf } from '../shell/route.ts';
import { useWho } from '../shell/who.ts';
import * as api from '../wire/api.ts';
import type { Topic } from '../wire/shapes.ts';
import { usePages } from '../wire/use-pages.ts';
import { useWords } from '../words/words.ts';
import { ListView } from './list-view.tsx';

export function TopicsView() {
  const { shell, now, topics: words } = useWords();
  const { mayWrite } = useWho();
  const format = useFormat();
  const [typed, setTyped] = useState('');
  const list = usePages(
    (continuation, signal) => api.topics({ limit: '200', continuation }, signal),
    'topics',
  );
  const write = {
    name: words.write,
    isNameHidden: true,
    cell: ({ topic }: Topic) => (
      <a
        class="button is-small"
        href={hrefOf('write', 'new', { topic })}
        aria-label={`${words.write}: ${topic}`}
      >
        <Icon name="write" size={16} /> {words.write}
      </a>
    ),
  };
  const columns = [
    { name: shell.view.topics, cell: ({ topic }: Topic) => topic },
    { name: words.kind, cell: ({ kind }: Topic) => kind ?? '–' },
    {
      name: words.subscribers,
      isNumber: true,
      cell: ({ subscribers, atLeast }: Topic) =>
        atLeast === true ? now.atLeast(format.number(subscribers)) : format.number(subscribers),
    },
  ];
  return (
    <>
      <Heading title={shell.view.topics} lead={words.lead} />
      <ListView list={list} icon="topics" empty={words.empty} emptyText={words.emptyText}>
        {(items) => (
          <>
            <div class="search">
              <TextField label={words.search} type="search" value={typed} onChange={setTyped} />
            </div>
            <Table
              items={items.filter(({ topic }) => topic.includes(typed.trim().toLowerCase()))}
              columns={mayWrite ? [...columns, write] : columns}
              keyOf={({ topic, kind = '' }) => `${kind} ${topic}`}
            />
          </>
        )}
      </ListView>
    </>
  );
}
