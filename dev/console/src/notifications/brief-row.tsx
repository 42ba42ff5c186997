import { CountChips, CountsBar } from '../parts/counts-bar.tsx';
import { Said } from '../parts/said.tsx';
import { Time } from '../parts/time.tsx';
import { hrefOf } from '../shell/route.ts';
import type { Brief } from '../wire/shapes.ts';
import { useWords } from '../words/words.ts';
import { StandingChips } from './standing-chips.tsx';

/** Of a key that leads to no name: enough to see that two are the same. */
const KEY_SHOWN = 8;

/** One notification in a list: what it says, where it came from, what became of it. */
export function BriefRow({ brief, showBar = false }: { readonly brief: Brief; readonly showBar?: boolean }) {
  const words = useWords();
  const { id, text, kind, source, acceptedAt, outcomes, pending, recipient } = brief;
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
        <StandingChips brief={brief} />
        <CountChips outcomes={outcomes} pending={pending} most={3} />
      </span>
    </a>
  );
}
