import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { type Occasion, renewed } from './bot/activities.ts';
import { BotClient } from './bot/client.ts';
import { BotDelivery } from './bot/delivery.ts';
import { addFault } from './control/faults.ts';
import { Live } from './control/live.ts';
import { type TranscriptReport, transcriptOf } from './control/transcript.ts';
import { ActivityIds } from './conversations/activity-ids.ts';
import { Conversations } from './conversations/conversations.ts';
import { Membership } from './conversations/membership.ts';
import type { FaultRequest } from './faults/fault.ts';
import { Faults } from './faults/faults.ts';
import type { Latency } from './limits/latency.ts';
import { type LimitSettings, Limits, TEAMS_LIMITS } from './limits/limits.ts';
import { PageAssets } from './page/assets.ts';
import type { ChannelParts } from './parts.ts';
import { People } from './people/people.ts';
import { botAccount } from './people/person.ts';
import { ChannelServer } from './server.ts';
import { Stats, type StatsReport } from './stats/stats.ts';
import { FileJournal, type Journal, NO_JOURNAL } from './transcript/journal.ts';
import { restore, snapshot } from './transcript/snapshot.ts';
import { Transcripts } from './transcript/transcripts.ts';

export interface ChannelOptions {
  /** The bot's messaging endpoint. */
  readonly botUrl: string;
  /** What the bot is called; default `Bot`. */
  readonly botName?: string | undefined;
  /** What the page proposes to say. One that ends in an ellipsis is finished by hand. */
  readonly hints?: readonly string[] | undefined;
  /** Where the page leads besides: other pages that belong to the bot. */
  readonly links?: readonly { readonly name: string; readonly url: string }[] | undefined;
  /** 0 takes any free port. */
  readonly port?: number | undefined;
  /** Where conversations and transcripts are kept; without it they live in memory. */
  readonly dataDir?: string | undefined;
  /** The prebuilt `webchat.js`; without it the page says what is missing. */
  readonly webchatPath?: string | undefined;
  /** What differs from Teams' limits. */
  readonly limits?: Partial<LimitSettings> | undefined;
  /** How far away the channel is, each way; default: no further than this machine is quick. */
  readonly latency?: Latency | undefined;
  /** How long the bot may take to answer; Teams waits 15 seconds. */
  readonly botTimeoutMs?: number | undefined;
  /** How often an activity is posted again when the bot did not answer in time; Teams does it once. */
  readonly resends?: number | undefined;
  /** How long after that a press comes once more with a new id and time; Teams takes half a minute. */
  readonly renewAfterMs?: number | undefined;
  /** Gives the token for the `Authorization: Bearer` header of each post to the bot; `undefined` sends none. */
  readonly authorize?: (() => Promise<string | undefined>) | undefined;
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
}

/** A channel that runs in this process. */
export interface RunningChannel {
  readonly port: number;
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly serviceUrl: string;
  /** Puts a fault in force; gives its id. */
  fault(fault: FaultRequest): string;
  /** Removes one fault, or all. */
  clearFaults(id?: string): void;
  /** What people in a conversation (id or key) were shown, in order. */
  transcript(conversation: string): TranscriptReport['shown'];
  stats(): StatsReport;
  setLimits(limits: Partial<LimitSettings>): void;
  close(): Promise<void>;
}

/** Starts the local channel on 127.0.0.1. Rejects when the port is taken (`EADDRINUSE`) or the data cannot be read. */
export async function startChannel(options: ChannelOptions): Promise<RunningChannel> {
  const now = options.now ?? Date.now;
  const closing = new AbortController();
  const { journal, attach, close: closeJournal } = openJournal(options.dataDir);
  let port = 0;
  const baseUrl = () => `http://127.0.0.1:${port}`;
  const serviceUrl = () => `${baseUrl()}/`;

  const bot = botAccount(options.botName);
  const people = new People(journal);
  const conversations = new Conversations(people, journal);
  const transcripts = new Transcripts(journal);
  const faults = new Faults();
  const stats = new Stats(now);
  const ids = new ActivityIds(now);
  const client = new BotClient({
    url: options.botUrl,
    timeoutMs: options.botTimeoutMs ?? 15_000,
    authorize: options.authorize,
  });
  const delivery = new BotDelivery({
    client,
    faults,
    stats,
    resends: options.resends ?? 1,
    renew: (activity) => renewed(activity, { id: ids.next(), at: now() }),
    renewAfterMs: options.renewAfterMs ?? 30_000,
    closing: closing.signal,
  });
  const occasion = (conversation: Occasion['conversation'], person: Occasion['person']): Occasion => {
    return { conversation, person, bot, serviceUrl: serviceUrl(), id: ids.next(), at: now() };
  };
  const membership = new Membership({ conversations, delivery, occasion });
  const limits = new Limits({ ...TEAMS_LIMITS, ...options.limits });
  const parts: ChannelParts = {
    bot,
    hints: options.hints ?? [],
    links: options.links ?? [],
    people,
    conversations,
    membership,
    transcripts,
    faults,
    limits,
    latency: options.latency,
    stats,
    ids,
    delivery,
    journal,
    closing: closing.signal,
    now,
    baseUrl,
    serviceUrl,
  };

  const live = new Live(parts, randomUUID());
  const server = new ChannelServer(parts, { live, page: new PageAssets(options.webchatPath) });
  // The port comes first: a second channel on the same data would find it taken and leave the data alone.
  port = await listen(server, options.port ?? 0);
  try {
    attach(parts);
  } catch (error) {
    await server.close();
    throw error;
  }

  return {
    port,
    url: baseUrl(),
    serviceUrl: serviceUrl(),
    fault: (fault) => addFault(parts, fault),
    clearFaults: (id) => (id === undefined ? faults.clear() : void faults.remove(id)),
    transcript: (conversation) => transcriptOf(parts, conversation).shown,
    stats: () => stats.report(),
    setLimits: (change) => limits.change(change),
    close: async () => {
      closing.abort();
      await server.close();
      client.close();
      closeJournal();
    },
  };
}

/** The journal is written by the parts that are restored from it, so it opens after them. */
function openJournal(dataDir: string | undefined) {
  if (dataDir === undefined) return { journal: NO_JOURNAL, attach: () => {}, close: () => {} };
  let file: FileJournal | undefined;
  const journal: Journal = { append: (record) => file?.append(record) };
  const attach = (parts: ChannelParts) => {
    const { records, unreadable } = FileJournal.read(dataDir);
    restore(parts, records);
    if (unreadable > 0)
      console.error(`${unreadable} lines of the chat's journal in ${dataDir} could not be read.`);
    file = FileJournal.open(dataDir, () => snapshot(parts));
  };
  return { journal, attach, close: () => file?.close() };
}

function listen({ http }: ChannelServer, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, '127.0.0.1', () => {
      const { port: taken } = http.address() as AddressInfo; // A TCP server that listens has this form of address.
      resolve(taken);
    });
  });
}
