import { wordsOf } from '../notifications/addressed-to.tsx';
import { StateChip } from '../parts/chip.tsx';
import { Facts, Json } from '../parts/facts.tsx';
import { Faults } from '../parts/faults.tsx';
import { useFormat } from '../parts/format.ts';
import type { DryRun } from '../wire/shapes.ts';
import { useWords } from '../words/words.ts';

/** How many would be told, how long that takes, and what it costs. */
export function DryRunResult({ run }: { readonly run: DryRun }) {
  const all = useWords();
  const { write: words, shell } = all;
  const format = useFormat();
  const { people, exact, seconds, cost, byState = {}, unknown = [], tooFar, faults = [] } = run;
  return (
    <div class="dry-run" role="status" data-dry-run>
      {faults.length > 0 && (
        <div class="failed">
          <div>
            <p>
              <b>{words.faults}</b>
            </p>
            <Faults faults={faults} />
          </div>
        </div>
      )}
      {people !== undefined && (
        <p class="figure">
          {words.wouldReach} <b>{shell.people(format.number(people))}</b>{' '}
          <span class="note">{exact === false ? words.about : words.exactly}</span>
        </p>
      )}
      <Facts
        rows={[
          [words.takes, seconds === undefined ? undefined : format.duration(Math.max(1, seconds))],
          [words.costs, cost === undefined ? undefined : format.usd(cost.usd)],
        ]}
      />
      {Object.keys(byState).length > 0 && (
        <>
          <h3>{words.notReached}</h3>
          <p class="chips">
            {Object.entries(byState).map(([name, count]) => {
              const [state = name, reason] = name.split('/', 2);
              return <StateChip state={state} reason={reason} count={count} />;
            })}
          </p>
        </>
      )}
      {unknown.length > 0 && (
        <>
          <h3>{words.unknown}</h3>
          <Json value={unknown.map((entry) => wordsOf(entry, all)).join('\n')} label={words.unknown} />
        </>
      )}
      {tooFar !== undefined && <p class="field-problem">{words.tooFar(format.time(tooFar))}</p>}
    </div>
  );
}
