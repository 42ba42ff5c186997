import { nearestName } from '../../../shared/domain/nearest-name.ts';
import type { Values } from '../arguments/flags.ts';
import { UsageError } from '../arguments/usage-error.ts';

export const sourceFlags = {
  source: {
    type: 'string',
    value: 'PLACE',
    about: 'parked (default): what the app put aside; dlq: the dead letters of the queues themselves',
  },
  queue: { type: 'string', value: 'NAME', about: 'with --source dlq: only this queue' },
} as const;

/** Reads `--source`: whether the dead letters of the queues are meant. Throws `UsageError`. */
export function readsDeadLetters(
  flags: Values<typeof sourceFlags> & { readonly reason?: string | undefined },
): boolean {
  const { source = 'parked' } = flags;
  if (source !== 'parked' && source !== 'dlq') {
    const meant = nearestName(source, ['parked', 'dlq']);
    throw new UsageError(
      `--source is "${source}" and must be parked or dlq${meant === undefined ? '' : `; did you mean ${meant}?`}`,
    );
  }
  if (source === 'parked' && flags.queue !== undefined) {
    throw new UsageError('--queue belongs to --source dlq: what the app parked lies in one place');
  }
  if (source === 'dlq' && flags.reason !== undefined) {
    throw new UsageError('--reason belongs to what the app parked; dead letters have no such codes');
  }
  return source === 'dlq';
}
