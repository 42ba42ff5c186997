import { plainly } from '../parts/format.ts';
import { Heading } from '../parts/heading.tsx';
import { Table } from '../parts/table.tsx';
import { Time } from '../parts/time.tsx';
import * as api from '../wire/api.ts';
import type { Audit } from '../wire/shapes.ts';
import { usePages } from '../wire/use-pages.ts';
import { useWords } from '../words/words.ts';
import { isTried } from './is-tried.ts';
import { ListView } from './list-view.tsx';

export function AuditView() {
  const { shell, audit: words, action: actions } = useWords();
  const list = usePages((continuation, signal) => api.audit({ continuation }, signal), 'audit');
  return (
    <>
      <Heading title={shell.view.audit} lead={words.lead} />
      <ListView list={list} icon="audit" empty={words.empty} emptyText={words.emptyText}>
        {(items) => (
          <Table
            items={items}
            keyOf={({ at }, index) => `${at} ${index}`}
            columns={[
              { name: words.who, cell: ({ who, name }: Audit) => name ?? plainly(who) },
              {
                name: words.action,
                cell: ({ action, what }: Audit) => {
                  const said = actions[action] ?? action;
                  return isTried(what) ? words.tried(said) : said;
                },
              },
              {
                name: words.what,
                cell: ({ what }: Audit) => <span dir="auto">{plainly(what) || '–'}</span>,
              },
              {
                name: words.outcome,
                cell: ({ outcome }: Audit) =>
                  words.outcomeName[plainly(outcome)] ?? (plainly(outcome) || '–'),
              },
              { name: words.from, cell: ({ from }: Audit) => <Address of={plainly(from) || '–'} /> },
              { name: words.when, cell: ({ at }: Audit) => <Time at={at} /> },
            ]}
          />
        )}
      </ListView>
    </>
  );
}

/** One of version 4 is short, and is not broken. */
function Address({ of }: { readonly of: string }) {
  return <span class={of.includes(':') ? '' : 'one-line'}>{of}</span>;
}
