import { useState } from 'preact/hooks';
import { Chip } from '../parts/chip.tsx';
import { SelectField } from '../parts/field.tsx';
import { useFormat } from '../parts/format.ts';
import { Heading } from '../parts/heading.tsx';
import { Icon } from '../parts/icon.tsx';
import { Empty } from '../parts/situations.tsx';
import { Time } from '../parts/time.tsx';
import { hrefOf, replace, route } from '../shell/route.ts';
import { useStore } from '../shell/store.ts';
import { useWho } from '../shell/who.ts';
import * as api from '../wire/api.ts';
import type { Parked } from '../wire/shapes.ts';
import { useAsked } from '../wire/use-asked.ts';
import { type Pages, usePages } from '../wire/use-pages.ts';
import { useWords } from '../words/words.ts';
import { ListView } from './list-view.tsx';
import { type Bulk, BulkDialog } from './parked-bulk.tsx';
import { ParkedItem } from './parked-item.tsx';

const EVERY_SECONDS = 15;

export function ParkedView({ id }: { readonly id: string | undefined }) {
  const { shell, parked: words, reason: reasons } = useWords();
  const format = useFormat();
  const { mayOperate } = useWho();
  const { query } = useStore(route);
  const reason = query.get('reason') ?? '';
  const counts = useAsked(api.now, 'parked counts', EVERY_SECONDS);
  const list = usePages(
    (continuation, signal) => api.parked({ reason, continuation }, signal),
    `parked ${reason}`,
    EVERY_SECONDS,
  );
  const [bulk, setBulk] = useState<Bulk>();
  const parked = counts.value?.parked ?? {};
  const reload = () => {
    list.reload();
    counts.reload();
  };
  return (
    <>
      <Heading title={shell.view.parked} lead={words.lead} />
      <div class="filters is-narrow">
        <SelectField
          label={words.anyReason}
          isLabelHidden
          value={reason}
          onChange={(value) => replace(hrefOf('parked', undefined, { reason: value }))}
          choices={[
            { value: '', label: words.anyReason },
            ...[...new Set([...Object.keys(parked), reason])]
              .filter((name) => name !== '')
              .map((name) => ({
                value: name,
                label: `${reasons[name] ?? name} (${format.number(parked[name] ?? 0)})`,
              })),
          ]}
        />
        {mayOperate && reason !== '' && (
          <>
            <button type="button" class="button" onClick={() => setBulk({ does: 'replay', reason })}>
              <Icon name="redo" /> {words.replayAll(reasons[reason] ?? reason)}
            </button>
            <button type="button" class="button is-danger" onClick={() => setBulk({ does: 'drop', reason })}>
              <Icon name="trash" /> {words.dropAll(reasons[reason] ?? reason)}
            </button>
          </>
        )}
      </div>
      <ListView list={list} icon="parked" empty={words.empty} emptyText={words.emptyText}>
        {() => <Both list={list} id={id} reason={reason} onBulk={setBulk} />}
      </ListView>
      {bulk !== undefined && <BulkDialog bulk={bulk} onClose={() => setBulk(undefined)} onDone={reload} />}
    </>
  );
}

/** The list, and beside it what is opened of it. */
function Both({
  list: { items },
  id,
  reason,
  onBulk,
}: {
  readonly list: Pages<Parked>;
  readonly id: string | undefined;
  readonly reason: string;
  readonly onBulk: (bulk: Bulk) => void;
}) {
  const { parked: words } = useWords();
  const format = useFormat();
  const { mayOperate } = useWho();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const ids = items.map((one) => one.id).filter((one) => selected.has(one));
  const toggle = (one: string) => {
    const next = new Set(selected);
    if (!next.delete(one)) next.add(one);
    setSelected(next);
  };
  return (
    <>
      {ids.length > 0 && (
        <div class="selection" role="status">
          <b>{words.selected(format.number(ids.length))}</b>
          <button type="button" class="button is-small" onClick={() => onBulk({ does: 'replay', ids })}>
            {words.replaySelected}
          </button>
          <button
            type="button"
            class="button is-small is-danger"
            onClick={() => onBulk({ does: 'drop', ids })}
          >
            {words.dropSelected}
          </button>
        </div>
      )}
      <div class={`split${id === undefined ? '' : ' is-opened'}`}>
        <ul class="rows is-boxed">
          {items.map((item) => (
            <li key={item.id} class="with-check">
              {mayOperate && (
                <input
                  type="checkbox"
                  aria-label={words.select(item.summary ?? item.id)}
                  checked={selected.has(item.id)}
                  onChange={() => toggle(item.id)}
                />
              )}
              <ParkedRow item={item} isOpen={item.id === id} reason={reason} />
            </li>
          ))}
        </ul>
        <div class="split-side">
          {id === undefined ? (
            <div class="panel">
              <Empty icon="parked" title={words.choose} />
            </div>
          ) : (
            <ParkedItem key={id} id={id} onBulk={onBulk} />
          )}
        </div>
      </div>
    </>
  );
}

function ParkedRow({
  item: { id, reason, kind, parkedAt, summary },
  isOpen,
  reason: filter,
}: {
  readonly item: Parked;
  readonly isOpen: boolean;
  readonly reason: string;
}) {
  const { reason: reasons, parked: words } = useWords();
  return (
    <a class="row" href={hrefOf('parked', id, { reason: filter })} aria-current={isOpen ? 'true' : undefined}>
      <span class="row-main">
        <span class="row-title" dir="auto">
          {summary ?? id}
        </span>
        <span class="row-note">
          {kind !== undefined && <span>{words.kind[kind] ?? kind}</span>}
          <Time at={parkedAt} ago />
        </span>
      </span>
      <span class="row-side">
        <Chip tone="bad" icon="warning">
          {reasons[reason] ?? reason}
        </Chip>
      </span>
    </a>
  );
}
