import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { Chip, StateChip } from '../parts/chip.tsx';
import { entriesOf } from '../parts/counts-bar.tsx';
import { Section } from '../parts/facts.tsx';
import { SelectField } from '../parts/field.tsx';
import { useFormat } from '../parts/format.ts';
import { Empty, Failed, Loading } from '../parts/situations.tsx';
import { Time } from '../parts/time.tsx';
import { VirtualList } from '../parts/virtual-list.tsx';
import { hrefOf } from '../shell/route.ts';
import * as api from '../wire/api.ts';
import { isAborted, type Problem, problemOf } from '../wire/problem.ts';
import type { Details, Recipient } from '../wire/shapes.ts';
import { useWords } from '../words/words.ts';

const PAGE = '200';
const ROW_PX = 44;
const REASONS = [
  'muted',
  'unsubscribed',
  'blocked',
  'uninstalled',
  'disabled-by-admin',
  'forgotten',
  'waiting',
  'quiet-hours',
  'burst',
  'scheduled',
  'too-large',
  'gone',
];

interface Loaded {
  readonly items: readonly Recipient[];
  readonly continuation?: string | undefined;
  readonly isComplete: boolean;
  readonly isBegun: boolean;
  readonly problem?: Problem;
}

const NONE: Loaded = { items: [], isComplete: false, isBegun: false };

/** Everybody that a notification was addressed to, loaded as somebody scrolls there, page after page. */
export function RecipientList({ details }: { readonly details: Details }) {
  const words = useWords();
  const format = useFormat();
  const [outcome, setOutcome] = useState('');
  const [reason, setReason] = useState('');
  const about = `${details.id} ${outcome} ${reason}`;
  const { loaded, loadMore, reload } = useRecipients(details.id, { outcome, reason }, about);
  const counted = { ...details.outcomes, ...details.pending };
  const all = outcome === '' ? details.addressed : (counted[outcome] ?? 0);
  const total = loaded.isComplete || reason !== '' ? roomFor(loaded) : Math.max(all, loaded.items.length);
  return (
    <Section
      title={words.notifications.recipients}
      aside={
        <span class="note" data-loaded>
          {loaded.isComplete
            ? words.notifications.allLoaded(format.number(loaded.items.length))
            : words.notifications.loaded(format.number(loaded.items.length), format.number(total))}
        </span>
      }
    >
      <div class="filters is-inner">
        <SelectField
          label={words.states.outcome}
          value={outcome}
          onChange={setOutcome}
          choices={[
            { value: '', label: words.notifications.anyOutcome },
            ...entriesOf(details.outcomes, details.pending).map(([value, count]) => ({
              value,
              label: `${words.state[value] ?? value} (${format.number(count)})`,
            })),
          ]}
        />
        <SelectField
          label={words.notifications.reason}
          value={reason}
          onChange={setReason}
          choices={[
            { value: '', label: words.notifications.anyReason },
            ...REASONS.map((value) => ({ value, label: words.reason[value] ?? value })),
          ]}
        />
        <button type="button" class="button is-small" onClick={reload}>
          {words.shell.refresh}
        </button>
      </div>
      {loaded.problem !== undefined && <Failed problem={loaded.problem} retry={loadMore} />}
      {!loaded.isBegun && loaded.problem === undefined && <Loading />}
      {loaded.isComplete && loaded.items.length === 0 && (
        <Empty icon="people" title={words.notifications.noRecipients}>
          {words.notifications.noRecipientsText}
        </Empty>
      )}
      {loaded.isBegun && total > 0 && (
        <VirtualList
          key={about}
          items={loaded.items}
          total={total}
          rowHeight={ROW_PX}
          label={words.notifications.recipients}
          onNeed={loaded.problem === undefined ? loadMore : nothing}
          row={(recipient) => <RecipientRow recipient={recipient} />}
        />
      )}
    </Section>
  );
}

/** What failed is asked for again when somebody says so, not at once and for ever. */
function nothing(): void {}

/** How many rows there are, where nobody counted them: what is loaded, and a page that may follow. */
function roomFor({ items, isComplete }: Loaded): number {
  return items.length + (isComplete ? 0 : Number(PAGE));
}

function useRecipients(
  id: string,
  { outcome, reason }: { readonly outcome: string; readonly reason: string },
  about: string,
) {
  const [state, setState] = useState<{ about: string; loaded: Loaded }>({ about, loaded: NONE });
  const loaded = state.about === about ? state.loaded : NONE;
  const asking = useRef<AbortController | undefined>(undefined);

  const loadFrom = useCallback(
    async (former: Loaded) => {
      asking.current?.abort();
      const stop = new AbortController();
      asking.current = stop;
      try {
        const page = await api.recipients(
          id,
          { outcome, reason, limit: PAGE, continuation: former.continuation },
          stop.signal,
        );
        if (stop.signal.aborted) return;
        asking.current = undefined;
        const { continuation } = page;
        setState({
          about,
          loaded: {
            items: [...former.items, ...page.items],
            continuation,
            isComplete: continuation === undefined,
            isBegun: true,
          },
        });
      } catch (error) {
        if (stop.signal.aborted || isAborted(error)) return;
        asking.current = undefined;
        setState({ about, loaded: { ...former, problem: problemOf(error) } });
      }
    },
    [about],
  );
  useEffect(() => {
    loadFrom(NONE);
    return () => {
      asking.current?.abort();
      asking.current = undefined;
    };
  }, [loadFrom]);
  const loadMore = useCallback(() => {
    if (asking.current !== undefined || loaded.isComplete) return;
    const { problem: _, ...former } = loaded;
    loadFrom(former);
  }, [loaded, loadFrom]);
  return { loaded, loadMore, reload: () => loadFrom(NONE) };
}

function RecipientRow({ recipient }: { readonly recipient: Recipient }) {
  const { notifications: words } = useWords();
  const format = useFormat();
  const { key, name, isVouched, state, reason, at, attempts = 1, notRecalled, lastError } = recipient;
  const failure = lastError === undefined ? undefined : JSON.stringify(lastError);
  return (
    <div class="recipient">
      <a class="recipient-name" href={hrefOf('people', key)} dir="auto">
        {name ?? key}
      </a>
      {isVouched === false && (
        <span class="recipient-more">
          <Chip icon="question" title={words.unvouchedText}>
            {words.unvouched}
          </Chip>
        </span>
      )}
      <span class="recipient-more">
        {attempts > 1 && <span title={failure}>{words.attempts(format.number(attempts))}</span>}
        {notRecalled !== undefined && <span>{words.notRecalled(notRecalled)}</span>}
      </span>
      <StateChip state={state} reason={reason} />
      <span class="recipient-at">{at !== undefined && <Time at={at} />}</span>
    </div>
  );
}
