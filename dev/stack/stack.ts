import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ServiceBusTier } from '../../shared/manifest.ts';
import { projectNode } from '../install.mjs';
import { tablesConnectionString } from '../tables/azurite.ts';
import { type Addresses, addressesOf, type StackPorts } from './addresses.ts';
import { appSettings, stackSettings } from './app-settings.ts';
import { LogBook } from './log-book.ts';
import { movedClock } from './moved-clock.ts';
import { Part, type PartListener, type PartName, type PartSpec } from './part.ts';
import {
  blobsPart,
  brokerPart,
  channelPart,
  functionsPart,
  type StackPlan,
  tablesPart,
} from './part-specs.ts';
import { type Ports, withFreePorts } from './ports.mjs';
import { stopInOrder } from './stopping.ts';

export interface StackOptions {
  /** Ports by part; 0, the default, stands for any free one. */
  readonly ports?: Partial<Ports>;
  /** Folder for what outlives a run; default: a new one that goes with the stack. */
  readonly dataDir?: string;
  /** Whether the local channel is part of the stack; default true. */
  readonly chat?: boolean;
  /** What else the chat page proposes to say, beside what every bot understands: `english|german`. */
  readonly hints?: readonly string[];
  /** Whether Azure Functions Core Tools take the functions host's place; then there are blobs for them. Default false. */
  readonly func?: boolean;
  /** Opens the broker's HTTP control on a free port (`addresses.brokerControl`); default false. */
  readonly brokerControl?: boolean;
  /** The tier whose queues the broker has; default Standard. */
  readonly serviceBus?: ServiceBusTier;
  /** File of Microsoft's Web Chat for the chat page. */
  readonly webchat?: string;
  /** More arguments for the channel, such as `--no-limits` (`node dev/teams-channel-local/main.ts --help`). */
  readonly channelArgs?: readonly string[];
  /** The built app; default dist/app. */
  readonly appDir?: string;
  /** Settings for the app that win over everything, the stack's own addresses included. */
  readonly env?: Readonly<Record<string, string>>;
  /** Settings for the app that yield to everything: the `Values` of local.settings.json. */
  readonly fileSettings?: Readonly<Record<string, string>>;
  /**
   * Puts something between the app and its tables: receives the origin of the tables
   * (`http://127.0.0.1:<port>`) once they serve and returns the origin that the app shall use.
   */
  readonly tablesFor?: (origin: string) => Promise<string>;
  /**
   * What the clocks of all parts show when the stack begins to start (milliseconds since 1970); from there they go on.
   * Default: the machine's own.
   */
  readonly startsAt?: number;
  /** Opens the functions host's debugger on 127.0.0.1:9229. */
  readonly inspect?: boolean;
  /** Asks the functions host for its debug lines. */
  readonly verbose?: boolean;
  /** Gives up a start that is under way; `startStack` rejects once every part has ended. */
  readonly signal?: AbortSignal;
  /** Told what the parts print and when they come and go; the stack keeps a log of its own in any case. */
  readonly listener?: Partial<PartListener>;
}

/** A running local stack. */
export interface Stack {
  readonly addresses: Addresses;
  /** Addresses that the app does not use because `env` names others. */
  readonly overridden: readonly string[];
  readonly dataDir: string;
  /** What the clocks of the parts show, in milliseconds since 1970. */
  now(): number;
  /** What the parts printed. */
  readonly log: LogBook<PartName>;
  /** The stack's own words about its parts: "functions host ended (SIGKILL); starting it again". */
  readonly notices: readonly string[];
  /** Process id of a part, undefined while it is down. */
  pid(part: PartName): number | undefined;
  /** Ends a part by a signal (default SIGKILL), as a crash would; it comes back by itself. */
  kill(part: PartName, signal?: NodeJS.Signals): Promise<void>;
  /** Resolves when a part serves again after the last kill; rejects when the stack stops first. */
  waitUntilRestarted(part: PartName): Promise<void>;
  /** Ends every part within five seconds; `force` at once. The same promise for every caller. */
  stop(force?: boolean): Promise<void>;
}

/**
 * Starts tables, broker and channel, then the functions host, each as a process of its own that is started
 * again when it ends.
 *
 * Throws PartDidNotStart, with nothing left running, when a part does not come up.
 */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const clock = movedClock(options.startsAt);
  const chat = options.chat ?? true;
  const func = options.func ?? false;
  const { blobs = 0, ...otherPorts } = options.ports ?? {};
  const ports: StackPorts = await withFreePorts({
    functions: 0,
    broker: 0,
    tables: 0,
    channel: 0,
    ...otherPorts,
    ...(func ? { blobs } : {}),
    ...(options.brokerControl ? { brokerControl: 0 } : {}),
  });
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'notifier-stack-')));
  const addresses = addressesOf(ports, chat);
  const inherited = definedOnly(process.env);
  const plan: StackPlan = {
    ports,
    addresses,
    dataDir,
    environment: inherited,
    verbose: options.verbose ?? false,
  };

  const log = new LogBook<PartName>();
  const notices: string[] = [];
  const parts = new Map<PartName, Part>();
  const listener: PartListener = {
    onLine(line) {
      log.add(line);
      options.listener?.onLine?.(line);
    },
    onNotice(text) {
      notices.push(text);
      options.listener?.onNotice?.(text);
    },
  };
  const start = async (spec: PartSpec): Promise<void> => {
    options.signal?.throwIfAborted();
    const part = new Part(clock.over(spec), { node: projectNode(root), listener });
    parts.set(spec.name, part);
    await part.start();
  };
  const stop = async (force: boolean): Promise<void> => {
    await stopInOrder(parts, force);
    if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
  };

  const giveUp = () => void stopInOrder(parts, false);
  options.signal?.addEventListener('abort', giveUp);
  let overridden: readonly string[];
  try {
    const first = [await tablesPart(plan), await brokerPart(plan, options)];
    if (chat) first.push(await channelPart(plan, options));
    if (ports.blobs !== undefined) first.push(await blobsPart(plan, ports.blobs));
    await Promise.all(first.map(start));

    const tablesOrigin = `http://127.0.0.1:${ports.tables}`;
    const appTables = (await options.tablesFor?.(tablesOrigin)) ?? tablesOrigin;
    const settings = appSettings({
      file: options.fileSettings ?? {},
      inherited,
      stack: stackSettings({
        serviceBus: addresses.serviceBus,
        tables: tablesConnectionString(appTables),
      }),
      explicit: options.env ?? {},
    });
    overridden = settings.overridden;
    if (!func) {
      const dir = options.appDir ?? join(root, 'dist', 'app');
      await start(
        await functionsPart(plan, {
          dir,
          environment: settings.environment,
          inspect: options.inspect ?? false,
        }),
      );
    }
  } catch (error) {
    await stop(options.signal?.aborted !== true);
    throw error;
  } finally {
    options.signal?.removeEventListener('abort', giveUp);
  }

  const partNamed = (name: PartName): Part => {
    const part = parts.get(name);
    if (!part) throw new Error(`This stack has no ${name}; it has ${[...parts.keys()].join(', ')}.`);
    return part;
  };
  let stopping: Promise<void> | undefined;
  return {
    addresses,
    overridden,
    dataDir,
    now: clock.now,
    log,
    notices,
    pid: (name) => partNamed(name).pid,
    kill: (name, signal) => partNamed(name).kill(signal),
    waitUntilRestarted: (name) => partNamed(name).untilRestarted(),
    stop(force = false) {
      if (force && stopping) void stopInOrder(parts, true);
      stopping ??= stop(force);
      return stopping;
    },
  };
}

function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  const defined: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) if (value !== undefined) defined[name] = value;
  return defined;
}
