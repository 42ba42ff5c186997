import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { CloudEvent } from '../../../shared/domain/event/cloud-event.ts';
import { type ConversationKey, type NotificationId, notificationId } from '../../../shared/domain/ids.ts';
import type { EventQueue } from '../../../shared/ports/queues.ts';
import type { Report, ReportNotification } from '../../../shared/use-cases/upkeep/report-notification.ts';
import { waitsOf } from '../waits.ts';
import type { LocalRun } from './local-run.ts';

const SOURCE = 'urn:notifier:simulate';
const BETWEEN_LOOKS_MS = 500;
/** The last outcomes are recorded a moment after the last message is shown. */
const BETWEEN_REPORTS_MS = 100;
/** For each instance: enough for each to get some of them. */
const WARM_UP_MESSAGES = 16;
/** After it the channel counts nothing of the warming up any more. */
const AFTER_WARM_UP_MS = 2000;
const TEXT = 'A simulated message to everyone';

interface Published {
  readonly id: NotificationId;
  readonly at: number;
}

type Measured = Pick<LocalRun, 'complete' | 'outcomes' | 'took' | 'sending' | 'shareOfRate' | 'singles'>;

/**
 * Publishes one notification to everyone, and single ones to one person at a time until everybody was told. Reports
 * are read only when the channel has shown enough, so that reading does not slow what is measured.
 */
export async function broadcast(options: {
  readonly people: readonly ConversationKey[];
  readonly requestsPerSecond: number;
  readonly instances: number;
  readonly singleEvery: number;
  readonly timeout: number;
  readonly signal: AbortSignal;
  readonly onProgress: (text: string) => void;
  readonly events: EventQueue;
  readonly report: ReportNotification;
  /** Messages that people were shown so far. */
  readonly shown: () => Promise<number>;
}): Promise<{ readonly text: string; readonly measured: Measured }> {
  const { people, signal } = options;
  const publish = async (to: readonly object[], text: string): Promise<Published> => {
    const at = Date.now();
    const id = randomUUID();
    const event: CloudEvent = {
      specversion: '1.0',
      id,
      source: SOURCE,
      type: 'notification.requested',
      data: { to, text },
    };
    await options.events.publishEvents([event]);
    return { id: notificationId(SOURCE, id), at };
  };

  const deadline = Date.now() + options.timeout;
  const warmedUp = await warmUp();
  const all = await publish([{ everyone: true }], TEXT);
  const singles: Published[] = [];
  let nextSingle = options.singleEvery > 0 ? all.at + options.singleEvery : Infinity;
  let shown = 0;
  while (shown < people.length + singles.length && Date.now() < deadline) {
    const pause = Math.max(0, Math.min(BETWEEN_LOOKS_MS, nextSingle - Date.now()));
    await wait(pause, undefined, { signal });
    shown = (await options.shown()) - warmedUp;
    options.onProgress(`${shown} of ${people.length + singles.length} messages shown`);
    if (Date.now() < nextSingle || shown >= people.length) continue;
    nextSingle += options.singleEvery;
    const person = people[(singles.length * 7919) % people.length];
    singles.push(await publish([{ conversation: person }], `A single message, number ${singles.length + 1}`));
  }

  const bulk = await outcomesOf(all);
  const alone: { readonly published: Published; readonly report: Report | undefined }[] = [];
  for (const published of singles) alone.push({ published, report: await outcomesOf(published) });
  const [first, last] = [at(bulk?.firstAt), at(bulk?.lastAt)];
  const lasts = alone.flatMap(({ report }) => report?.lastAt ?? []).map(Date.parse);
  const between = lasts.filter((each) => each >= first && each <= last).length;
  const told = bulk?.outcomes.delivered ?? 0;
  const sending = Math.max(1, last - first);
  return {
    text: TEXT,
    measured: {
      complete: [bulk, ...alone.map(({ report }) => report)].every((each) => each?.complete === true),
      outcomes: bulk?.outcomes ?? {},
      took: Math.max(0, last - all.at),
      sending: last - first,
      // One fewer than the messages: what is between the first and the last are the pauses.
      shareOfRate: Math.max(0, told + between - 1) / (sending / 1000) / options.requestsPerSecond,
      singles: waitsOf(
        alone.flatMap(({ published, report }) =>
          report?.lastAt === undefined ? [] : [Date.parse(report.lastAt) - published.at],
        ),
      ),
    },
  };

  /** Tells a few people first, so that no host loads the app while it is measured. Gives how many. */
  async function warmUp(): Promise<number> {
    options.onProgress('warming up');
    const few = people.slice(0, WARM_UP_MESSAGES * options.instances);
    // Each by an event of its own: the calls of one event may travel in one message, and reach one host.
    const warming = few.map((conversation) => publish([{ conversation }], 'A message to warm up'));
    for (const published of await Promise.all(warming)) await outcomesOf(published);
    await wait(AFTER_WARM_UP_MS, undefined, { signal });
    return few.length;
  }

  async function outcomesOf({ id }: Published): Promise<Report | undefined> {
    for (;;) {
      const report = await options.report(id);
      if (report?.complete === true || Date.now() >= deadline) return report;
      await wait(BETWEEN_REPORTS_MS, undefined, { signal });
    }
  }
}

function at(time: string | undefined): number {
  return time === undefined ? 0 : Date.parse(time);
}
