import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Links } from './amqp/links.ts';
import { AmqpServer } from './amqp/server.ts';
import { type Clock, systemClock } from './clock.ts';
import { type FaultPlan, Faults } from './faults.ts';
import { lockFolder } from './journal/folder-lock.ts';
import { Images } from './journal/images.ts';
import { Journal } from './journal/journal.ts';
import { recover } from './journal/recovery.ts';
import { type EntityCounts, Namespace } from './queue/namespace.ts';
import { defaultSettings, type QueueSettings } from './queue/settings.ts';

export interface BrokerOptions {
  /** TCP port on the loopback interface; 0 for a free one. */
  readonly port: number;
  /** The queues. What a queue leaves out has the default of Service Bus. */
  readonly queues: readonly (Pick<QueueSettings, 'name'> & Partial<QueueSettings>)[];
  /** Folder of the journal, made when missing; without it the messages end with the broker. */
  readonly dataDir?: string | undefined;
  readonly clock?: Clock;
  /** The journal is compacted when it is larger and mostly dead. Default 64 MiB. */
  readonly compactAboveBytes?: number;
  /** Hears of clients that break the protocol. Default: nobody. */
  readonly log?: (line: string) => void;
  /** Called when the journal cannot be written any more; the broker has cut its clients off. Default: throws. */
  readonly onFailure?: (error: Error) => void;
}

export interface BrokerStats {
  readonly connections: number;
  readonly journalBytes: number;
  /** By queue name. */
  readonly queues: Readonly<Record<string, EntityCounts>>;
}

export interface Broker {
  readonly port: number;
  /** What `new ServiceBusClient(...)` takes. */
  readonly connectionString: string;
  /** Ends in well under a second: cuts the clients off and writes what is left. */
  close(): Promise<void>;
  /** Cuts all clients off and returns how many there were. Their locks go on. */
  dropConnections(): number;
  /** Ends all locks of a queue and its dead letters now and returns how many; `undefined`: no such queue. */
  expireLocks(queue: string): number | undefined;
  /** Plans faults of the next sends and returns what is planned. */
  planFaults(plan: FaultPlan): Required<FaultPlan>;
  stats(): BrokerStats;
}

/**
 * Starts a message broker that speaks AMQP 1.0 with the meaning of Azure Service Bus queues: the stock
 * `@azure/service-bus` client works with it unchanged. Rejects with `code` `EADDRINUSE` when the port is taken, and
 * when the journal is damaged or in use.
 */
export async function startBroker(options: BrokerOptions): Promise<Broker> {
  const { clock = systemClock, log = () => {}, dataDir } = options;
  const server = new AmqpServer(log);
  // The port first: a second broker on it must not touch the journal of the first.
  const port = await server.listen(options.port);
  let unlock = async () => {};
  try {
    if (dataDir !== undefined) {
      mkdirSync(dataDir, { recursive: true });
      unlock = await lockFolder(dataDir);
    }
    const path = dataDir === undefined ? undefined : join(dataDir, 'broker.journal');
    const { compactAboveBytes = 64 * 1024 * 1024 } = options;
    const onFailure = (error: Error) => {
      server.dropAll();
      if (!options.onFailure) throw error;
      options.onFailure(error);
    };
    const journal = new Journal({ path, compactAboveBytes, onFailure });
    const images = path === undefined ? new Images() : recover(path);
    const queues = options.queues.map((queue): QueueSettings => ({ ...defaultSettings, ...queue }));
    const namespace = new Namespace(queues, { clock, journal, images });
    journal.open(namespace);
    const faults = new Faults();
    new Links(server, {
      namespace,
      faults,
      commit: (done) => journal.commit(done),
      drop: (connection) => server.drop(connection),
    });
    namespace.start();
    server.serve();
    return {
      port,
      connectionString: connectionString(port),
      async close() {
        await server.close();
        namespace.close();
        journal.close();
        await unlock();
      },
      dropConnections: () => server.dropAll(),
      expireLocks(queue) {
        const entity = namespace.entity(queue);
        return entity && entity.main.expireLocks() + entity.dead.expireLocks();
      },
      planFaults(plan) {
        faults.plan(plan);
        return faults.left;
      },
      stats: () => ({
        connections: server.connectionCount,
        journalBytes: journal.bytes,
        queues: Object.fromEntries([...namespace.entities].map(({ name, counts }) => [name, counts])),
      }),
    };
  } catch (thrown) {
    await server.close();
    await unlock();
    throw thrown;
  }
}

/** The connection string that Service Bus clients take for an emulator without TLS. */
export function connectionString(port: number): string {
  return (
    `Endpoint=sb://localhost:${port};SharedAccessKeyName=RootManageSharedAccessKey;` +
    'SharedAccessKey=SAS_KEY_VALUE;UseDevelopmentEmulator=true;'
  );
}
