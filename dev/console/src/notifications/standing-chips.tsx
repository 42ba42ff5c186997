import { Chip } from '../parts/chip.tsx';
import { sumOf } from '../parts/counts-bar.tsx';
import { useFormat } from '../parts/format.ts';
import type { Brief } from '../wire/shapes.ts';
import { useWords, type Words } from '../words/words.ts';

/** When a scheduled one goes out, as it was asked for. */
export function atOf(at: Brief['at'], words: Words, time: (iso: string) => string): string | undefined {
  if (at === undefined) return undefined;
  return typeof at === 'string' ? time(at) : words.states.localTime(time(at.local));
}

export function isScheduled({ at, complete, cancelled, pending, outcomes }: Brief): boolean {
  return (
    at !== undefined && !complete && cancelled === undefined && sumOf(outcomes) === 0 && sumOf(pending) >= 0
  );
}

/** How a notification stands: for when it is, that it was cancelled, that it is on its way. */
export function StandingChips({ brief }: { readonly brief: Brief }) {
  const words = useWords();
  const format = useFormat();
  const { at, cancelled, complete } = brief;
  const scheduled = isScheduled(brief) ? atOf(at, words, format.time) : undefined;
  return (
    <>
      {scheduled !== undefined && (
        <Chip tone="waiting" icon="clock">
          {words.states.scheduledFor(scheduled)}
        </Chip>
      )}
      {cancelled !== undefined && <Chip icon="stop">{words.states.cancelledAt(format.time(cancelled))}</Chip>}
      {!complete && scheduled === undefined && (
        <Chip tone="waiting" icon="clock">
          {words.states.running}
        </Chip>
      )}
    </>
  );
}
