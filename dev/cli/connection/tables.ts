import type { connectTables } from '../../../shared/adapters/table/connect.ts';
import type { Log } from '../../../shared/ports/log.ts';
import type { Io } from '../io.ts';
import type { Target } from './addresses.ts';
import { using } from './failures.ts';

export type Stores = Awaited<ReturnType<typeof connectTables>>;

/** Connects to the tables. Throws `CommandFailed` where they do not answer. */
export async function openTables(target: Target, io: Io): Promise<Stores> {
  const { connectTables: connect } = await import('../../../shared/adapters/table/connect.ts');
  return using(target, () =>
    // The rate is for the pacer, which no command asks for a slot.
    connect(target.address, { clock: { now: () => io.now() }, log: logTo(io), requestsPerSecond: 50 }),
  );
}

/** Only what an operator must see; everything else a command says itself. */
export function logTo(io: Io): Log {
  return {
    info() {},
    warn() {},
    error(event, fields = {}) {
      const text = Object.entries(fields).map(([name, value]) => `${name}=${value}`);
      io.err.write(`${[event, ...text].join(' ')}\n`);
    },
  };
}
