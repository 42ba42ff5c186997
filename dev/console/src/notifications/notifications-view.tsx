import { useEffect, useState } from 'preact/hooks';
import { CheckField, SelectField, TextField } from '../parts/field.tsx';
import { useFormat } from '../parts/format.ts';
import { Heading } from '../parts/heading.tsx';
import { Icon } from '../parts/icon.tsx';
import { MoreButton } from '../parts/more-button.tsx';
import { Empty, Failed, Loading, Stale } from '../parts/situations.tsx';
import { useLater } from '../parts/use-later.ts';
import { speak } from '../shell/announce.tsx';
import { hrefOf, replace, route } from '../shell/route.ts';
import { useStore } from '../shell/store.ts';
import { useWho } from '../shell/who.ts';
import * as api from '../wire/api.ts';
import { useAsked } from '../wire/use-asked.ts';
import { usePages } from '../wire/use-pages.ts';
import { useWords } from '../words/words.ts';
import { BriefRow } from './brief-row.tsx';

const EVERY_SECONDS = 8;
const OUTCOMES = [
  'delivered',
  'updated',
  'queued',
  'deferred',
  'retrying',
  'suppressed',
  'rejected',
  'exhausted',
  'unconfirmed',
  'no-such-recipient',
  'expired',
  'dropped',
  'cancelled',
  'recalled',
  'superseded',
];
const SPANS = { '1h': 3600, '24h': 86_400, '7d': 7 * 86_400, '30d': 30 * 86_400 } as const;
type Span = keyof typeof SPANS;
const NAMES = ['text', 'source', 'kind', 'outcome', 'since', 'scheduled'] as const;
type Filters = { readonly [name in (typeof NAMES)[number]]?: string | undefined };

export function NotificationsView() {
  const words = useWords();
  const format = useFormat();
  const { mayWrite } = useWho();
  const { query } = useStore(route);
  const filters: Filters = Object.fromEntries(NAMES.map((name) => [name, query.get(name) ?? undefined]));
  const asked = JSON.stringify(filters);
  const list = usePages(
    (continuation, signal) => api.notifications({ ...questionOf(filters), continuation }, signal),
    `notifications ${asked}`,
    EVERY_SECONDS,
  );
  const { items, isLoading, problem } = list;
  const found = isLoading ? undefined : words.notifications.found(format.number(items.length));
  useEffect(() => {
    if (found !== undefined) speak(found);
  }, [found]);
  return (
    <>
      <Heading title={words.shell.view.notifications} lead={words.notifications.lead}>
        {mayWrite && (
          <a class="button is-primary" href={hrefOf('write', 'new')}>
            <Icon name="plus" /> {words.write.fresh}
          </a>
        )}
      </Heading>
      <FilterBar filters={filters} />
      {isLoading && <Loading />}
      {problem !== undefined && items.length === 0 && <Failed problem={problem} retry={list.reload} />}
      {problem !== undefined && items.length > 0 && <Stale problem={problem} />}
      {!isLoading && problem === undefined && items.length === 0 && (
        <Empty icon="notifications" title={words.notifications.empty}>
          {words.notifications.emptyText}
        </Empty>
      )}
      {items.length > 0 && (
        <ul class="rows is-boxed">
          {items.map((brief) => (
            <li key={brief.id}>
              <BriefRow brief={brief} />
            </li>
          ))}
        </ul>
      )}
      <MoreButton list={list} />
    </>
  );
}

/** What the server is asked: spans become times. */
function questionOf({ since, scheduled, ...others }: Filters): { [name: string]: string | undefined } {
  const seconds = SPANS[since as Span];
  return {
    ...others,
    since: seconds === undefined ? undefined : new Date(Date.now() - seconds * 1000).toISOString(),
    scheduled: scheduled === '1' ? '1' : undefined,
  };
}

function FilterBar({ filters }: { readonly filters: Filters }) {
  const { notifications: words, state, states } = useWords();
  const kinds = useAsked((signal) => api.kinds({}, signal), 'kinds');
  const [typed, setTyped] = useState({ text: filters.text ?? '', source: filters.source ?? '' });
  const set = (changed: Filters) =>
    replace(hrefOf('notifications', undefined, { ...filters, ...typed, ...changed }));
  const later = useLater();
  const type = (changed: { text?: string; source?: string }) => {
    setTyped({ ...typed, ...changed });
    later(() => set(changed));
  };
  const isFiltered = NAMES.some((name) => (filters[name] ?? '') !== '');
  return (
    <search class="filters" aria-label={words.filters}>
      <TextField label={words.search} type="search" value={typed.text} onChange={(text) => type({ text })} />
      <SelectField
        label={words.kind}
        value={filters.kind ?? ''}
        onChange={(kind) => set({ kind })}
        choices={[
          { value: '', label: words.anyKind },
          ...(kinds.value?.items ?? []).map((one) => ({ value: one.type, label: one.title ?? one.type })),
        ]}
      />
      <SelectField
        label={states.outcome}
        value={filters.outcome ?? ''}
        onChange={(outcome) => set({ outcome })}
        choices={[
          { value: '', label: words.anyOutcome },
          ...OUTCOMES.map((value) => ({ value, label: state[value] ?? value })),
        ]}
      />
      <SelectField
        label={words.since}
        value={filters.since ?? ''}
        onChange={(since) => set({ since })}
        choices={[
          { value: '', label: words.anyTime },
          ...Object.entries(words.sinceName).map(([value, label]) => ({ value, label })),
        ]}
      />
      <TextField label={words.source} value={typed.source} onChange={(source) => type({ source })} />
      <div class="filters-end">
        <CheckField
          label={words.scheduled}
          isOn={filters.scheduled === '1'}
          onChange={(isOn) => set({ scheduled: isOn ? '1' : '' })}
        />
        {isFiltered && (
          <button
            type="button"
            class="button is-bare is-small"
            onClick={() => {
              setTyped({ text: '', source: '' });
              replace(hrefOf('notifications'));
            }}
          >
            {words.clear}
          </button>
        )}
      </div>
    </search>
  );
}
