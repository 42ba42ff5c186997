import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stop as stopBundler } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { build } from '../../../dev/build.ts';
import type { Evidence } from '../../../dev/chaos/judgement/evidence.ts';
import { judge } from '../../../dev/chaos/judgement/judge.ts';
import { BrokerControl } from '../../../dev/chaos/rig/broker-control.ts';
import { folk, gusAlone, type Name } from '../../../dev/recorded/folk.ts';
import { startOnRecorded } from '../../../dev/recorded/load.ts';
import { readQueues } from '../../../dev/recorded/queues.ts';
import { Stage } from '../../../dev/recorded/stage.ts';
import { toBytes } from '../../../dev/recorded/store-file.ts';
import type { Stack } from '../../../dev/stack/stack.ts';
import { queueNames } from '../../../shared/manifest.ts';
import { notifier } from '../../dev/cli/command-line.ts';
import { askedOf, gatherAll, personOf } from '../evidence.ts';
import { recorded } from '../recorded.ts';

/** The last thing that the story has in store comes 68 seconds after the app was stopped. */
const EVERYTHING_IS_OVER_MS = 75_000;

/** Not judged: these have no report or one about nobody; and what was snoozed is shown twice. */
const APART = [
  'event-unknown',
  'event-invalid',
  'nobody-there',
  'nia-nothing-more',
  'noa-nothing-more',
  'uma-snoozed',
];

let folder: string;
let stack: Stack;
let stage: Stage;
/** What people answered and saw when they went on; read when everything is over. */
const heard: { [about: string]: string } = {};
let evidence: Evidence;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'notifier-upgrade-'));
  const appDir = join(folder, 'app');
  await build({ outDir: appDir });
  await stopBundler();
  // The store was recorded under a lease of two send timeouts, which is refused since: whoever upgrades lengthens it.
  stack = await startOnRecorded(recorded, { appDir, env: { NOTIFIER_CLAIM_LEASE: '30s' } });
  stage = new Stage(stack);

  await operatorsGoOn();
  await peopleGoOn();
  await servicesGoOn();
  await stage.until(recorded.stoppedAt + EVERYTHING_IS_OVER_MS);
  const asked = published()
    .filter(({ name }) => !APART.includes(name))
    .map(askedOf);
  for (const { id } of asked) await stage.reports(id, '"complete":true');
  evidence = await gatherAll(stack, stage, asked);
}, 240_000);

afterAll(async () => {
  await stage?.close();
  await stack?.stop();
  await rm(folder, { recursive: true, force: true });
}, 20_000);

/** What the recording published, and what was published since. */
function published() {
  return [...recorded.notifications, ...stage.published];
}

async function peopleGoOn(): Promise<void> {
  const talk = async (name: Name, text: string, answer: string) => {
    heard[`${name}: ${text}`] = await stage.voice(name).talks(text, answer);
  };
  // Before anything else is known of them: what holds still holds.
  await stage.reports(await stage.note('dee-still-quiet', 'dee'), '"quiet-hours"');
  await stage.reports(await stage.note('wes-still-muted', 'wes'), '"muted"');
  await talk('dee', 'status', 'Held back');
  await talk('dee', 'quiet hours off', 'During your quiet hours');
  await talk('sue', 'Poor', 'Thank you. I noted **Poor**');
  await talk('ada', 'next friday', 'Leaving on Friday');
  await talk('ada', 'cancel', 'While you were busy: 2 notifications');
  await talk('bob', 'Great', 'Thank you. I noted **Great**');
  await talk('cem', 'done', 'Back to your travel booking');
  await talk('cem', 'next friday', 'Leaving on Friday');
  await talk('dan', 'next friday', 'I did not understand that');
  await talk('eli', 'subscriptions', 'builds');
  await talk('rex', 'reminders', 'Your reminders');
  await talk('tom', 'watches', 'Vegas Grand');
  await talk('tom', 'timezone', 'Tokyo');
  await talk('yan', 'reminders', 'yan-daily');
}

async function operatorsGoOn(): Promise<void> {
  const run = (...argv: string[]) => notifier(argv, { env: addresses(), now: () => stack.now() });
  heard['parked list'] = (await run('parked', 'list', '--json')).out;
  await run('parked', 'replay', '--all', '--reason', 'exhausted');
}

async function servicesGoOn(): Promise<void> {
  await stage.publish('price-deep-fall', 'Vegas Grand, Las Vegas: $80', {
    type: 'hotel.price.changed',
    data: { hotelId: 'vegas-grand', hotelName: 'Vegas Grand', city: 'Las Vegas', price: 80, currency: 'USD' },
  });
  await stage.note('nia-nothing-more', 'nia');
  await stage.note('noa-nothing-more', 'noa');
}

describe(`the store that ${recorded.release.slice(0, 7)} left behind, with the app of today`, () => {
  it('goes on: nothing is lost, nothing told twice, and reports say what people saw', () => {
    expect(judge(evidence)).toEqual([]);
  });

  it.each([
    ['ada-waits-resend', 'ada', { state: 'delivered', repeats: 0 }, 1],
    ['ada-waits-park', 'ada', { state: 'delivered', repeats: 0 }, 1],
    ['cem-interrupted', 'cem', { state: 'delivered', repeats: 0 }, 1],
    ['dee-quiet', 'dee', { state: 'delivered', repeats: 0 }, 1],
    ['fay-burst-5', 'fay', { state: 'delivered', repeats: 0 }, 1],
    ['max-burst-5', 'max', { state: 'delivered', repeats: 0 }, 1],
    ['hal-retrying', 'hal', { state: 'delivered', repeats: 0, attempts: 2 }, 1],
    ['tom-on-the-queue', 'tom', { state: 'delivered', repeats: 0 }, 1],
    ['uma-on-the-queue', 'uma', { state: 'delivered', repeats: 0 }, 1],
    // Nobody knew whether the first request was seen.
    ['ida-unknown', 'ida', { state: 'delivered', repeats: 1, attempts: 2 }, 2],
    ['jon-claimed-resend', 'jon', { state: 'delivered', repeats: 1, attempts: 2 }, 2],
    ['kim-claimed-park', 'kim', { state: 'unconfirmed', repeats: 0, attempts: 1 }, 1],
    // Given another run by an operator.
    ['zoe-exhausted', 'zoe', { state: 'delivered', repeats: 0 }, 1],
    // What was final stays so.
    ['lea-unconfirmed', 'lea', { state: 'unconfirmed', repeats: 0 }, 1],
    ['ola-blocked', 'ola', { state: 'suppressed', reason: 'blocked' }, 0],
    ['gus-moved', 'gusAlone', { state: 'delivered', repeats: 0 }, 1],
    // Wishes hold.
    ['build-2', 'eli', { state: 'suppressed', reason: 'muted' }, 0],
    ['wes-still-muted', 'wes', { state: 'suppressed', reason: 'muted' }, 0],
    ['nia-forgotten', 'nia', { state: 'suppressed', reason: 'forgotten' }, 0],
    ['noa-forgotten', 'noa', { state: 'suppressed', reason: 'forgotten' }, 0],
  ] as const)('ends %s for %s', (name, who, ending, shown) => {
    expect(endingOf(name, who)).toMatchObject({ ...ending, shown });
  });

  it('takes the answers to open questions, and tells each once to the service that asked', async () => {
    const outcomes = await readQueues(stack.addresses.serviceBus, [queueNames.outcomes]);
    const answers = outcomes.map(({ body }) => {
      const { data } = answered.parse(JSON.parse(toBytes(body).toString('utf8')));
      return `${data.question} ${data.choice}`;
    });
    expect(answers.sort()).toEqual([
      'Question bob-asked, how was it? Great',
      'Question group-asked, how was it? Great',
      'Question sue-asked, how was it? Poor',
      'Question xia-answered, how was it? Fine',
    ]);
  });

  it.each([
    ['rex', 'rex-once', 1],
    ['rex', 'rex-hourly', 1],
    ['rex', 'rex-later', 1],
    // Once when it was due, once more when the snooze was over.
    ['rex', 'rex-snoozed', 2],
    ['rex', 'rex-done', 1],
    ['rex', 'rex-cancelled', 0],
    ['rex', 'rex-standup', 0],
    ['rexInGroup', 'group-once', 1],
    ['sue', 'sue-once', 1],
  ] as const)('reminds %s of %s as often as it is due: %d', async (who, what, times) => {
    const seen = await stage.voice(who).sees();
    expect(seen.filter((shown) => shown.includes(`Reminder: ${what}`)).length).toBe(times);
  });

  it('keeps what people asked for: subscriptions, watches, reminders, the time zone', () => {
    expect(heard['eli: subscriptions']).toContain('builds');
    expect(heard['tom: watches']).toContain('50%');
    for (const what of ['rex-hourly', 'rex-later', 'rex-standup', 'rex-next']) {
      expect(heard['rex: reminders']).toContain(what);
    }
    for (const what of ['rex-done', 'rex-cancelled']) expect(heard['rex: reminders']).not.toContain(what);
    expect(heard['tom: timezone']).toContain('Tokyo');
  });

  it('makes the report that was asked for right before the stop, once', async () => {
    const seen = await stage.voice('pat').sees();
    expect(seen.filter((shown) => shown.includes('Price report for Vegas Grand, Las Vegas')).length).toBe(1);
  });

  it('brings a snoozed notification once more', async () => {
    const seen = await stage.voice('uma').sees();
    expect(seen.filter((shown) => shown.includes('Note uma-snoozed')).length).toBe(2);
  });

  it('says nothing more to those who asked to be forgotten', async () => {
    for (const name of ['nia', 'noa'] as const) {
      const seen = await stage.voice(name).sees();
      expect(seen.filter((shown) => shown.includes('Note '))).toEqual([]);
    }
  });

  it('lists what was parked, and goes on with what an operator gives another run', () => {
    const before = parkedReasons(heard['parked list']);
    expect(before).toEqual([
      'delivery exhausted',
      'delivery unconfirmed',
      'event invalid-data',
      'event no-such-recipient',
      'event unknown-type',
      'message invalid-envelope',
    ]);
  });

  it('parks nothing else, gives up on no message, and finds no row that it cannot read', async () => {
    const { out } = await notifier(['parked', 'list', '--json'], {
      env: addresses(),
      now: () => stack.now(),
    });
    // Beside what was there: Kim's, whose request nobody heard the end of, and what was sent to those who were forgotten.
    expect(parkedReasons(out).filter((one) => one !== 'event no-such-recipient')).toEqual([
      'delivery unconfirmed',
      'delivery unconfirmed',
      'event invalid-data',
      'event unknown-type',
      'message invalid-envelope',
    ]);
    expect(await new BrokerControl(stack.addresses.brokerControl ?? '').deadLetters()).toBe(0);
    const lines = stack.log.lines('functions').map(({ line }) => line);
    expect(lines.filter((line) => /corrupt-row|\\n {4}at |dialog.dropped/.test(line))).toEqual([]);
  });
});

const answered = z.object({ data: z.object({ question: z.string(), choice: z.string() }) });
const parkedList = z.object({ items: z.array(z.looseObject({ kind: z.string(), reason: z.string() })) });

function addresses(): Record<string, string> {
  return { TablesConnection: stack.addresses.tables, ServiceBusConnection: stack.addresses.serviceBus };
}

function parkedReasons(json: string | undefined): readonly string[] {
  return parkedList
    .parse(JSON.parse(json ?? ''))
    .items.map(({ kind, reason }) => `${kind} ${reason}`)
    .sort();
}

/** What the report says of one notification for somebody, and how often it was shown to them. */
function endingOf(name: string, who: Name | 'gusAlone') {
  const { conversation, keys } = personOf(who === 'gusAlone' ? gusAlone : folk[who]);
  const asked = evidence.asked.find(({ id }) => id === published().find((one) => one.name === name)?.id);
  const row = evidence.reports
    .get(asked?.id ?? '')
    ?.recipients.find(({ addressee = '' }) => keys.includes(addressee));
  return { ...row, shown: evidence.shown.get(conversation)?.get(asked?.text ?? '') ?? 0 };
}
