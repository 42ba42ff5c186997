import { useWords } from '../words/words.ts';
import { byImportance, StateChip, toneOf } from './chip.tsx';
import { useFormat } from './format.ts';

type Counts = { readonly [state: string]: number };

export function entriesOf(outcomes: Counts, pending: Counts): readonly (readonly [string, number])[] {
  return [...Object.entries(outcomes), ...Object.entries(pending)]
    .filter(([, count]) => count > 0)
    .sort(byImportance);
}

export function sumOf(counts: Counts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** How many ended how, as one bar; the numbers stand in the chips beside it. */
export function CountsBar({ outcomes, pending }: { readonly outcomes: Counts; readonly pending: Counts }) {
  const { states } = useWords();
  const format = useFormat();
  const entries = entriesOf(outcomes, pending);
  const total = sumOf(outcomes) + sumOf(pending);
  const label =
    total === 0 ? states.nobody : states.progress(format.number(sumOf(outcomes)), format.number(total));
  return (
    <div class="bar" role="img" aria-label={label}>
      {entries.map(([state, count]) => (
        <i class={`is-${toneOf(state)}`} style={{ flexGrow: String(count) }} />
      ))}
    </div>
  );
}

/** The counts in words, the most important first. */
export function CountChips({
  outcomes,
  pending,
  most = 9,
}: {
  readonly outcomes: Counts;
  readonly pending: Counts;
  readonly most?: number;
}) {
  return (
    <span class="chips">
      {entriesOf(outcomes, pending)
        .slice(0, most)
        .map(([state, count]) => (
          <StateChip state={state} count={count} />
        ))}
    </span>
  );
}
