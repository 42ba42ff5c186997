import { useEffect, useState } from 'preact/hooks';
import type { Details } from '../wire/shapes.ts';

interface Ending {
  readonly does: 'stop' | 'recall';
  /** So many were taken back already when somebody asked. */
  readonly recalled: number;
  /** The counts that were seen last. */
  readonly counts: string;
}

/** What was asked of a notification and its counts do not say yet: they follow at the pace of the channel. */
export function useEnding(details: Details) {
  const [ending, setEnding] = useState<Ending>();
  const { outcomes, pending } = details;
  const { recalled = 0 } = outcomes;
  const counts = JSON.stringify([outcomes, pending]);
  useEffect(() => {
    if (ending === undefined) return;
    const isSaid = ending.does === 'stop' ? isStopped(details) : isTakenBack(details, ending, counts);
    setEnding(isSaid ? undefined : { ...ending, counts });
  }, [details]);
  return {
    ending: ending?.does,
    begin: (does: Ending['does']) => setEnding({ does, recalled, counts }),
    giveUp: () => setEnding(undefined),
  };
}

function isStopped({ complete, cancelled }: Details): boolean {
  return complete || cancelled !== undefined;
}

/** Nothing is shown any more, or what could be taken back is, and the rest stands still. */
function isTakenBack(
  { outcomes: { delivered = 0, updated = 0, recalled = 0 } }: Details,
  before: Ending,
  counts: string,
): boolean {
  return delivered + updated === 0 || (recalled > before.recalled && counts === before.counts);
}
