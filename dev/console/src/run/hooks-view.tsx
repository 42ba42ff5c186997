import { useState } from 'preact/hooks';
import { Confirm } from '../parts/dialog.tsx';
import { plainly } from '../parts/format.ts';
import { Heading } from '../parts/heading.tsx';
import { Table } from '../parts/table.tsx';
import { Time } from '../parts/time.tsx';
import { tell } from '../shell/announce.tsx';
import { useWho } from '../shell/who.ts';
import * as api from '../wire/api.ts';
import type { Hook } from '../wire/shapes.ts';
import { usePages } from '../wire/use-pages.ts';
import { useWords } from '../words/words.ts';
import { ListView } from './list-view.tsx';

export function HooksView() {
  const { shell, hooks: words } = useWords();
  const { mayOperate } = useWho();
  const list = usePages((continuation, signal) => api.hooks({ continuation }, signal), 'hooks');
  const [revoking, setRevoking] = useState<Hook>();
  const columns = [
    { name: words.name, cell: ({ name }: Hook) => name },
    { name: words.topic, cell: ({ topic }: Hook) => topic ?? '–' },
    { name: words.place, cell: ({ place }: Hook) => <span dir="auto">{plainly(place) || '–'}</span> },
    { name: words.by, cell: ({ createdBy }: Hook) => <span dir="auto">{plainly(createdBy) || '–'}</span> },
    {
      name: words.used,
      cell: ({ lastUsedAt }: Hook) =>
        lastUsedAt === undefined ? words.neverUsed : <Time at={lastUsedAt} ago />,
    },
  ];
  const revoke = {
    name: words.revoke,
    isNameHidden: true,
    cell: (hook: Hook) => (
      <button
        type="button"
        class="button is-small is-danger"
        aria-label={`${words.revoke}: ${hook.name}`}
        onClick={() => setRevoking(hook)}
      >
        {words.revoke}
      </button>
    ),
  };
  return (
    <>
      <Heading title={shell.view.hooks} lead={words.lead} />
      <ListView list={list} icon="hooks" empty={words.empty} emptyText={words.emptyText}>
        {(items) => (
          <Table items={items} columns={mayOperate ? [...columns, revoke] : columns} keyOf={({ id }) => id} />
        )}
      </ListView>
      {revoking !== undefined && (
        <Confirm
          isDangerous
          title={words.revokeTitle(revoking.name)}
          action={words.revokeNow}
          onClose={() => setRevoking(undefined)}
          onConfirm={async () => {
            await api.revokeHook(revoking.id);
            tell(words.revoked);
            list.reload();
          }}
        >
          <p>{words.revokeText}</p>
        </Confirm>
      )}
    </>
  );
}
