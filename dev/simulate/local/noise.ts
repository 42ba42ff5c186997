import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { CloudEvent } from '../../../shared/domain/event/cloud-event.ts';
import { type ConversationKey, type NotificationId, notificationId } from '../../../shared/domain/ids.ts';
import type { EventQueue } from '../../../shared/ports/queues.ts';
import type { ReportNotification } from '../../../shared/use-cases/upkeep/report-notification.ts';
import { type Waits, waitsOf } from '../waits.ts';

const SOURCE = 'urn:notifier:simulate';
/** Single notifications before the noise: enough for a 99th percentile that is not the first start. */
const IDLE_SINGLES = 100;
const WARM_UP = 32;
const EVENTS_AT_ONCE = 100;
const AT_ONCE = 16;
const BETWEEN_LOOKS_MS = 500;
/** After it all that was published at once has come through the queues. */
const CROWD_MS = 60_000;

/** What was measured. Times in milliseconds. */
export interface LocalNoisyRun {
  readonly noisy: number;
  readonly instances: number;
  readonly complete: boolean;
  readonly lost: number;
  readonly repeated: number;
  /** Messages shown to the noisy one in a second, between the first and the last. */
  readonly shownPerSecond: number;
  readonly throttled: number;
  readonly singles: Waits;
  readonly idle: Waits;
  /** Single notifications in the first minute, behind the crowd in the queues. */
  readonly behindTheCrowd: Waits;
}

interface Published {
  readonly id: NotificationId;
  readonly at: number;
}

/** Publishes single notifications to everybody but one, then `noisy` urgent ones to that one, and goes on with the others. */
export async function noise(options: {
  readonly people: readonly ConversationKey[];
  readonly noisy: number;
  readonly singleEvery: number;
  readonly timeout: number;
  readonly signal: AbortSignal;
  readonly onProgress: (text: string) => void;
  readonly events: EventQueue;
  readonly report: ReportNotification;
}): Promise<Omit<LocalNoisyRun, 'noisy' | 'instances' | 'throttled' | 'repeated'>> {
  const { signal, noisy } = options;
  const [loud, ...others] = options.people;
  const deadline = Date.now() + options.timeout;
  let number = 0;

  options.onProgress('warming up');
  const warming: Published[] = [];
  for (let count = 0; count < WARM_UP; count += 1) warming.push(await single());
  for (const each of warming) await toldAt(each);

  const idle: Published[] = [];
  while (idle.length < IDLE_SINGLES) {
    idle.push(await single());
    await wait(options.singleEvery, undefined, { signal });
    options.onProgress(`${idle.length} of ${IDLE_SINGLES} single notifications without noise`);
  }

  const began = Date.now();
  const loudOnes: Published[] = [];
  for (let start = 0; start < noisy; start += EVENTS_AT_ONCE) {
    const events = Array.from({ length: Math.min(EVENTS_AT_ONCE, noisy - start) }, () => event(loud, true));
    await options.events.publishEvents(events);
    for (const { id } of events) loudOnes.push({ id: notificationId(SOURCE, id), at: Date.now() });
  }
  const singles: Published[] = [];
  let open = loudOnes;
  const tolds: number[] = [];
  let nextLook = 0;
  while (open.length > 0 && Date.now() < deadline) {
    singles.push(await single());
    await wait(options.singleEvery, undefined, { signal });
    if (Date.now() < nextLook) continue;
    // The oldest come first; looking only at some of them leaves the tables to what is measured.
    const [some, rest] = [open.slice(0, AT_ONCE), open.slice(AT_ONCE)];
    const reports = await Promise.all(some.map(({ id }) => options.report(id)));
    const times = reports.map((each) =>
      each?.complete === true ? Date.parse(each.lastAt ?? '') : undefined,
    );
    tolds.push(...times.filter((at) => at !== undefined));
    open = [...some.filter((_each, index) => times[index] === undefined), ...rest];
    if (times.every((at) => at === undefined)) nextLook = Date.now() + BETWEEN_LOOKS_MS;
    options.onProgress(`${tolds.length} of ${noisy} told to the noisy one`);
  }
  const span = (Math.max(...tolds) - Math.min(...tolds)) / 1000;
  return {
    complete: open.length === 0,
    lost: open.length,
    shownPerSecond: Number(((tolds.length - 1) / Math.max(0.001, span)).toFixed(3)),
    idle: waitsOf(await waits(idle)),
    behindTheCrowd: waitsOf(await waits(singles.filter(({ at }) => at < began + CROWD_MS))),
    singles: waitsOf(await waits(singles.filter(({ at }) => at >= began + CROWD_MS))),
  };

  function event(to: ConversationKey | undefined, urgent: boolean): CloudEvent {
    number += 1;
    const data = { to: { conversation: to }, text: `Message ${number}`, delivery: { urgent } };
    return { specversion: '1.0', id: randomUUID(), source: SOURCE, type: 'notification.requested', data };
  }

  async function single(): Promise<Published> {
    const at = Date.now();
    const published = event(others[(number * 7919) % others.length], false);
    await options.events.publishEvents([published]);
    return { id: notificationId(SOURCE, published.id), at };
  }

  async function toldAt({ id }: Published): Promise<number | undefined> {
    for (;;) {
      const report = await options.report(id);
      if (report?.complete === true)
        return report.lastAt === undefined ? undefined : Date.parse(report.lastAt);
      if (Date.now() >= deadline) return undefined;
      await wait(BETWEEN_LOOKS_MS, undefined, { signal });
    }
  }

  async function waits(published: readonly Published[]): Promise<readonly number[]> {
    const told: number[] = [];
    for (const each of published) {
      const at = await toldAt(each);
      if (at !== undefined) told.push(at - each.at);
    }
    return told;
  }
}
