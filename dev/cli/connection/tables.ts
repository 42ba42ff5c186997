import type { connectTables } from '../../../shared/adapters/table/connect.ts';
import { describeFaults } from '../../../shared/domain/fault.ts';
import { parseVouching, type Vouching } from '../../../shared/domain/identity/vouching.ts';
import type { Log } from '../../../shared/ports/log.ts';
import { silentLog } from '../../silent-log.ts';
import { UsageError } from '../arguments/usage-error.ts';
import type { Io } from '../io.ts';
import type { Target } from './addresses.ts';
import { using } from './failures.ts';

export type Stores = Awaited<ReturnType<typeof connectTables>>;

/** Connects to the tables. Throws `CommandFailed` where they do not answer. */
export async function openTables(target: Target, io: Io): Promise<Stores> {
  const [{ connectTables: connect }, { tableNames }] = await Promise.all([
    import('../../../shared/adapters/table/connect.ts'),
    import('../../../shared/kinds/catalog.ts'),
  ]);
  return using(target, () =>
    // The rate is for the pacer, which no command asks for a slot.
    connect(target.address, {
      clock: { now: () => io.now() },
      log: logTo(io),
      requestsPerSecond: 50,
      tableNames,
    }),
  );
}

/**
 * Whose word is taken for who people are: as the app's own setting says, else as its default does. Throws `UsageError` for a
 * setting that cannot be read.
 */
export function vouchingFor(target: Target, io: Io): Vouching {
  const vouching = parseVouching(io.env.NOTIFIER_VOUCHED_CHANNELS, { isLocal: !target.named });
  if (vouching.ok) return vouching.value;
  throw new UsageError(`NOTIFIER_VOUCHED_CHANNELS ${describeFaults(vouching.faults)}`);
}

/** Only what an operator must see; everything else a command says itself. */
export function logTo(io: Io): Log {
  return {
    ...silentLog,
    error(event, fields = {}) {
      const text = Object.entries(fields).map(([name, value]) => `${name}=${value}`);
      io.err.write(`${[event, ...text].join(' ')}\n`);
    },
  };
}
