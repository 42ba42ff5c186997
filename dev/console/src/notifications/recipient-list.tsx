import { useState } from 'preact/hooks';
import { StateChip } from '../parts/chip.tsx';
import { entriesOf } from '../parts/counts-bar.tsx';
import { Section } from '../parts/facts.tsx';
import { SelectField } from '../parts/field.tsx';
import { useFormat } from '../parts/format.ts';
import { UnvouchedChip } from '../parts/person-chips.tsx';
import { Empty, Failed, Loading } from '../parts/situations.tsx';
import { Time } from '../parts/time.tsx';
import { VirtualList } from '../parts/virtual-list.tsx';
import { hrefOf } from '../shell/route.ts';
import type { Details, Recipient } from '../wire/shapes.ts';
import { useWords } from '../words/words.ts';
import { REASONS } from './reasons.ts';
import { type Loaded, PAGE, useRecipients } from './use-recipients.ts';

/** On a phone the name stands above what became of it: a reason that is cut tells nobody anything. */
const rowPx = () => (matchMedia('(width < 720px)').matches ? 68 : 44);

/** Everybody that a notification was addressed to, loaded as somebody scrolls there, page after page. */
export function RecipientList({ details }: { readonly details: Details }) {
  const words = useWords();
  const format = useFormat();
  const [outcome, setOutcome] = useState('');
  const [reason, setReason] = useState('');
  const about = `${details.id} ${outcome} ${reason}`;
  const { loaded, loadMore, see, reload } = useRecipients(details.id, {
    ...{ outcome, reason },
    asOf: JSON.stringify([details.outcomes, details.pending, details.complete, details.cancelled]),
  });
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
          rowHeight={rowPx()}
          label={words.notifications.recipients}
          onSee={see}
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

/** Who it is for, and where that is; where nobody is meant, what was asked for. */
function Addressee({
  recipient: { addressee, conversation, entry, name },
}: {
  readonly recipient: Recipient;
}) {
  const { notifications: words } = useWords();
  if (addressee === undefined) {
    return (
      <span class="recipient-name" dir="auto">
        {entry === undefined ? words.entryNotKept : Object.values(entry).join(' ')}
      </span>
    );
  }
  return (
    <a class="recipient-name" href={hrefOf('people', addressee)} title={conversation} dir="auto">
      {name ?? addressee}
    </a>
  );
}

function RecipientRow({ recipient }: { readonly recipient: Recipient }) {
  const { notifications: words } = useWords();
  const format = useFormat();
  const { isVouched, state, reason, at, attempts = 1, notRecalled, lastError } = recipient;
  const failure = lastError === undefined ? undefined : JSON.stringify(lastError);
  return (
    <div class="recipient">
      <Addressee recipient={recipient} />
      {isVouched === false && recipient.addressee !== undefined && (
        <span class="recipient-more">
          <UnvouchedChip />
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
