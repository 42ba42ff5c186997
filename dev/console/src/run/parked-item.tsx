import { Chip } from '../parts/chip.tsx';
import { Json, Section } from '../parts/facts.tsx';
import { Faults } from '../parts/faults.tsx';
import { Icon } from '../parts/icon.tsx';
import { Failed, Loading } from '../parts/situations.tsx';
import { Time } from '../parts/time.tsx';
import { useWho } from '../shell/who.ts';
import * as api from '../wire/api.ts';
import { useAsked } from '../wire/use-asked.ts';
import { useWords } from '../words/words.ts';
import type { Bulk } from './parked-bulk.tsx';

/** What is wrong with something that is parked, beside the thing itself. */
export function ParkedItem({ id, onBulk }: { readonly id: string; readonly onBulk: (bulk: Bulk) => void }) {
  const { parked: words, reason: reasons } = useWords();
  const { mayOperate } = useWho();
  const { value, problem, isLoading, reload } = useAsked(
    (signal) => api.parkedInFull(id, signal),
    `parked item ${id}`,
  );
  if (isLoading) return <Loading />;
  if (value === undefined) return problem === undefined ? null : <Failed problem={problem} retry={reload} />;
  const { reason, parkedAt, summary, faults = [], original, originalJson, properties = {} } = value;
  const shown = originalJson ?? original;
  return (
    <Section
      title={summary ?? id}
      aside={
        <Chip tone="bad" icon="warning">
          {reasons[reason] ?? reason}
        </Chip>
      }
    >
      <p class="note">
        <Time at={parkedAt} />
      </p>
      {mayOperate && (
        <p class="heading-actions">
          <button
            type="button"
            class="button is-primary"
            onClick={() => onBulk({ does: 'replay', ids: [id] })}
          >
            <Icon name="redo" /> {words.replay}
          </button>
          <button type="button" class="button is-danger" onClick={() => onBulk({ does: 'drop', ids: [id] })}>
            <Icon name="trash" /> {words.drop}
          </button>
        </p>
      )}
      <div class="beside">
        <div>
          <h3>{words.faults}</h3>
          {faults.length === 0 ? <p class="quiet">{words.noFaults}</p> : <Faults faults={faults} />}
          {Object.keys(properties).length > 0 && (
            <>
              <h3>{words.properties}</h3>
              <Json value={properties} label={words.properties} />
            </>
          )}
        </div>
        {shown !== undefined && (
          <div>
            <h3>{words.original}</h3>
            <Json value={shown} label={words.original} />
          </div>
        )}
      </div>
    </Section>
  );
}
