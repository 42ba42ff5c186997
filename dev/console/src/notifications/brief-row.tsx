import { Chip } from '../parts/chip.tsx';
import { CountChips, CountsBar, sumOf } from '../parts/counts-bar.tsx';
import { useFormat } from '../parts/format.ts';
import { Said } from '../parts/said.tsx';
import { Time } from '../parts/time.tsx';
import { hrefOf } from '../shell/route.ts';
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

/** Of a key that leads to no name: enough to see that two are the same. */
const KEY_SHOWN = 8;

/** One notification in a list: what it says, where it came from, what became of it. */
export function BriefRow({ brief, showBar = false }: { readonly brief: Brief; readonly showBar?: boolean }) {
  const words = useWords();
  const format = useFormat();
  const { id, text, kind, source, acceptedAt, outcomes, pending, complete, cancelled, recipient } = brief;
  const scheduled = isScheduled(brief) ? atOf(brief.at, words, format.time) : undefined;
  return (
    <a class="row" href={hrefOf('notifications', id)}>
      <span class="row-main">
        <span class="row-title" dir="auto">
          <Said text={text ?? words.notifications.noText} />
        </span>
        <span class="row-note">
          <span class="row-kind">{kind}</span>
          <span class="row-source">{source}</span>
          {recipient !== undefined && (
            <span dir="auto">{recipient.name ?? `${recipient.key.slice(0, KEY_SHOWN)}…`}</span>
          )}
          <Time at={acceptedAt} ago />
        </span>
        {showBar && <CountsBar outcomes={outcomes} pending={pending} />}
      </span>
      <span class="row-side">
        {scheduled !== undefined && (
          <Chip tone="waiting" icon="clock">
            {words.states.scheduledFor(scheduled)}
          </Chip>
        )}
        {cancelled !== undefined && (
          <Chip icon="stop">{words.states.cancelledAt(format.time(cancelled))}</Chip>
        )}
        {!complete && scheduled === undefined && (
          <Chip tone="waiting" icon="clock">
            {words.states.running}
          </Chip>
        )}
        <CountChips outcomes={outcomes} pending={pending} most={3} />
      </span>
    </a>
  );
}
