import { describeFaults } from '../../../shared/domain/fault.ts';
import type { Replay } from '../../../shared/use-cases/upkeep/replay-parked.ts';
import { counted } from '../output/numbers.ts';
import { oneLine } from '../output/printable.ts';

/** One line for the operator. */
export function describeReplay(result: Replay, dryRun: boolean): string {
  const done = (verb: string, past: string): string => (dryRun ? `would ${verb}` : past);
  switch (result.kind) {
    case 'not-found':
      return 'is no longer parked';
    case 'queued':
      return `${done('go', 'went')} back on queue "${result.queue}"`;
    case 'planned': {
      const known = counted(result.known, 'recipient');
      const unknown = result.unknown === 0 ? '' : `; ${counted(result.unknown, 'recipient')} still unknown`;
      return `${known} ${done('be addressed', 'addressed')}${unknown}`;
    }
    case 'handed-over':
      return `${done('be looked up', 'is looked up')} by the app, which may ask the directory; whom it does not find stays parked`;
    case 'reopened':
      return `${done('be opened again', 'opened again')} as version ${result.version}`;
    case 'over':
      return `ended as ${result.outcome} meanwhile; ${done('be dropped', 'dropped')}`;
    case 'under-way':
      return 'is being worked on right now; try again in a minute';
    case 'unusable':
      return `cannot be replayed: ${oneLine(describeFaults(result.faults))}`;
  }
}
