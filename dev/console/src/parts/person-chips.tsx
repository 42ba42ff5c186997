import { useWords } from '../words/words.ts';
import { Chip } from './chip.tsx';

/** Of somebody for whom no channel vouches. */
export function UnvouchedChip() {
  const { people: words } = useWords();
  return (
    <Chip icon="question" title={words.unvouchedText}>
      {words.unvouched}
    </Chip>
  );
}

/** Why nothing is sent to somebody; nothing where they are told. */
export function SuppressedChip({ suppressed }: { readonly suppressed: string | undefined }) {
  const { reason } = useWords();
  if (suppressed === undefined) return null;
  return (
    <Chip tone="bad" icon="pause">
      {reason[suppressed] ?? suppressed}
    </Chip>
  );
}
