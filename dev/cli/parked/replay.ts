import type { ServiceBusClient } from '@azure/service-bus';
import { findPersonZone } from '../../../shared/chat/person-zone.ts';
import { defined } from '../../../shared/domain/defined.ts';
import type { PlanNotification } from '../../../shared/use-cases/intake/plan-notification.ts';
import { startWork } from '../../../shared/use-cases/intake/start-work.ts';
import { isDecided } from '../../../shared/use-cases/upkeep/decide-parked.ts';
import type { Replay } from '../../../shared/use-cases/upkeep/replay-parked.ts';
import { silentLog } from '../../silent-log.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { defineCommand, ExitStatus } from '../command.ts';
import { bothTargets, brokerFlags, stackFlag, type Target, tableFlags } from '../connection/addresses.ts';
import { using } from '../connection/failures.ts';
import { kindsAtRest } from '../connection/kinds-at-rest.ts';
import { withBroker } from '../connection/service-bus.ts';
import { openTables, type Stores, vouchingFor } from '../connection/tables.ts';
import type { Io } from '../io.ts';
import { counted } from '../output/numbers.ts';
import { printJson } from '../output/print.ts';
import { Progress } from '../output/progress.ts';
import { styleOf } from '../output/style.ts';
import { replayDeadLetters } from './dead-letters/replay.ts';
import { readReason, reasonFlag } from './reasons.ts';
import { describeReplay } from './replay-text.ts';
import { notParked } from './show.ts';
import { readsDeadLetters, sourceFlags } from './sources.ts';

/** Items read at once. */
const PAGE = 50;

export const replay = defineCommand({
  summary: 'Gives parked items another run.',
  words: [{ name: 'id', optional: true }],
  flags: {
    all: { type: 'boolean', about: 'everything that is parked, with --reason only that' },
    ...reasonFlag,
    'dry-run': { type: 'boolean', about: 'say what would happen, and do nothing' },
    ...sourceFlags,
    ...tableFlags,
    ...brokerFlags,
    ...stackFlag,
  },
  notes:
    'An event goes back on its queue. Recipients that nobody knew are looked up again, by mail or user principal name by the app itself. A delivery that was exhausted or unconfirmed is opened again, and reaches whom the first run did not; replaying an unconfirmed one may show the message a second time. Replaying twice does what replaying once does.',
  examples: [
    'parked replay uPq2…',
    'parked replay --all --reason exhausted --dry-run',
    'parked replay --all --source dlq --queue deliveries',
  ],

  async run({ flags, words }, io) {
    const [id] = words;
    if (flags.all === (id !== undefined)) {
      throw new UsageError(
        flags.all ? 'give an <id> or --all, not both' : '<id> is missing; name one item, or all with --all',
      );
    }
    const reason = readReason(flags.reason);
    if (reason !== undefined && !flags.all) throw new UsageError('--reason goes with --all');
    if (readsDeadLetters(flags)) return replayDeadLetters(id, flags, io);

    const { broker, tables } = bothTargets(flags, io);
    const stores = await openTables(tables, io);
    const results: { readonly id: string; readonly result: Replay }[] = [];
    const replayAll = async (client: ServiceBusClient): Promise<void> => {
      const run = await replayer({ stores, client, io, tables });
      const progress = new Progress(io);
      for await (const each of id === undefined ? allIds(stores, tables, reason) : [id]) {
        if (io.signal.aborted) break;
        results.push({ id: each, result: await run(each, { dryRun: flags['dry-run'] }) });
        progress.say(`replayed ${counted(results.length, 'item')}`);
      }
      progress.end();
    };
    try {
      await withBroker(broker, replayAll);
    } catch (error) {
      // What was done is told all the same; the rest is still parked.
      if (results.length > 0) tell(results, flags, io);
      throw error;
    }
    if (id !== undefined && results[0]?.result.kind === 'not-found') throw notParked(id);
    return tell(results, flags, io);
  },
});

async function replayer(world: {
  readonly stores: Stores;
  readonly client: ServiceBusClient;
  readonly io: Io;
  readonly tables: Target;
}) {
  const [
    { ServiceBusQueues },
    { announce },
    { openKinds },
    { planNotification },
    { replayParked },
    { mergeAddressees },
    { mergeAndTell },
    { notificationRequested },
    { releaseDeferred },
  ] = await Promise.all([
    import('../../../shared/adapters/service-bus/service-bus-queues.ts'),
    import('../../../shared/use-cases/intake/announce.ts'),
    import('../../../shared/kinds/open-kinds.ts'),
    import('../../../shared/use-cases/intake/plan-notification.ts'),
    import('../../../shared/use-cases/upkeep/replay-parked.ts'),
    import('../../../shared/use-cases/conversation/merge-addressees.ts'),
    import('../../../shared/use-cases/conversation/merge-and-tell.ts'),
    import('../../../shared/kinds/general/notification-requested.ts'),
    import('../../../shared/use-cases/holding-back/release-deferred.ts'),
  ]);
  const { stores, client, io, tables } = world;
  const clock = { now: () => io.now() };
  const { deliveries, jobs, events, messages } = new ServiceBusQueues(client, clock);
  const vouching = vouchingFor(tables, io);
  const deps = { ...stores, deliveries, jobs, clock, vouching, log: silentLog };
  // Kinds only say here which groups are theirs.
  const { all: kinds } = openKinds({
    ...deps,
    announce: (announcement) => announce({ ...deps, plan })(announcement),
    startWork: startWork(deps),
    publish: (own) => events.publishEvents(own),
    personZone: findPersonZone({ ...deps, defaultTimeZone: 'UTC' }),
    ...kindsAtRest,
  });
  const merge = mergeAndTell({
    merge: mergeAddressees({ ...deps, kinds, releaseDeferred: releaseDeferred(deps) }),
    announce: (announcement) => announce({ ...deps, plan })(announcement),
    type: notificationRequested.name,
  });
  const plan: PlanNotification = planNotification({ ...deps, kinds, merge });
  const run = replayParked({ ...deps, events, messages, plan, startWork: startWork(deps) });
  // Faults of the queues are told by who opened the client.
  return (id: string, options: { readonly dryRun: boolean }) => using(tables, () => run(id, options));
}

/** Ids in key order. What is parked again meanwhile keeps its place, so that this comes to an end. */
async function* allIds(
  { parking }: Stores,
  target: Target,
  reason: ReturnType<typeof readReason>,
): AsyncGenerator<string, void, undefined> {
  let after: string | undefined;
  do {
    const page = await using(target, () =>
      parking.listParked({
        limit: PAGE,
        ...defined({ after, reason }),
      }),
    );
    for (const { id } of page.items) yield id;
    after = page.after;
  } while (after !== undefined);
}

function tell(
  results: readonly { readonly id: string; readonly result: Replay }[],
  flags: { readonly json: boolean; readonly 'dry-run': boolean },
  io: Io,
): ExitStatus {
  const left = results.filter(({ result }) => !isDecided(result)).length;
  if (flags.json) {
    printJson(io, { dryRun: flags['dry-run'], items: results.map(({ id, result }) => ({ id, ...result })) });
  } else if (results.length === 0) io.out.write('Nothing is parked.\n');
  else {
    const style = styleOf(io.out, io.env);
    for (const { id, result } of results) {
      const text = describeReplay(result, flags['dry-run']);
      io.out.write(`${id}  ${isDecided(result) ? text : style.yellow(text)}\n`);
    }
    if (left > 0) io.out.write(`${counted(left, 'item')} ${left === 1 ? 'stays' : 'stay'} parked.\n`);
  }
  return left > 0 ? ExitStatus.failed : ExitStatus.ok;
}
