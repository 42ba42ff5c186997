import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { noPreferences } from '../../../shared/domain/conversation/preferences.ts';
import type { DeliveryRow } from '../../../shared/domain/delivery/delivery.ts';
import type { Answer } from '../../../shared/domain/delivery/learned.ts';
import { afterSend, noSends } from '../../../shared/domain/delivery/pace.ts';
import { freshHop } from '../../../shared/domain/delivery/wake-up-call.ts';
import type { DeliveryOptions } from '../../../shared/domain/event/notification.ts';
import { days, hours, minutes, seconds } from '../../../shared/domain/time.ts';
import { catalog } from '../../../shared/kinds/catalog.ts';
import { decide } from '../../../shared/use-cases/delivery/decide.ts';
import type { Known, Rules } from '../../../shared/use-cases/delivery/decision.ts';
import { aConversation, aDeliveryRow, aNotification, aWakeUpCall } from '../../support/builders.ts';

const NOW = Date.UTC(2026, 10, 23, 9);
const LEASE = seconds(60);
const rules: Rules = {
  holding: {
    burst: { count: 3, window: seconds(60) },
    dialogIdle: minutes(15),
    defaultTimeZone: 'UTC',
    entryOf: catalog.entryOf,
  },
  threadLimits: [{ count: 2, window: seconds(1) }],
  claimLease: LEASE,
};
const ana = aConversation();
const plain = aNotification();
const withOptions = (options: Partial<DeliveryOptions>) => ({
  ...plain,
  delivery: { ...plain.delivery, ...options },
});
const desk = { conversation: ana, windows: noSends, preferences: noPreferences };
const sentTwice = [NOW - 20, NOW - 10].reduce((windows, at) => afterSend(windows, at, false), noSends);
const row = (fields: Partial<DeliveryRow>) =>
  aDeliveryRow({ firstClaimedAt: NOW - seconds(5), leaseUntil: NOW + seconds(10), ...fields });
const deferred = row({ state: 'deferred', version: 1 });
const retrying = row({ state: 'retrying', version: 1, dueAt: NOW });
const call = aWakeUpCall({ version: 0, hop: 0 });
const allDay = { from: 0, to: 24 * 60 - 1 };
const inDialog = { active: true, lastSpokenAt: NOW - minutes(1) };

const aDigest = {
  notification: aNotification({ type: 'notification.digest' }),
  row: { ...retrying, behind: plain.id },
};
const leftOver = {
  desk: { ...desk, lastDigest: { id: aDigest.notification.id, tag: '1' } },
  row: deferred,
  isWanted: true,
  isAlone: true,
};

/** What is known, what else, and what is decided. */
const cases: readonly (readonly [string, Partial<Omit<Known, 'answered'>>, object])[] = [
  // The row.
  ['nobody looked at it', {}, { do: 'look', at: 'desk' }],
  ['a call of a version that is not there', { call: { ...call, version: 2 } }, { do: 'stop', as: 'stale' }],
  ['an older call than its row', { row: row({ version: 1 }) }, { do: 'stop', as: 'stale' }],
  ['its row is there', { row: row({}) }, { do: 'look', at: 'outcome' }],
  ['it has its outcome', { row: row({}), isSettled: true }, { do: 'stop', as: 'settled' }],
  [
    'a member of a digest',
    { row: row({ state: 'joined', version: 2, digest: plain.id }), isSettled: false },
    { do: 'follow-digest', digest: plain.id },
  ],
  [
    'a member of a digest that nobody names',
    { row: row({ state: 'joined', version: 2 }) },
    { do: 'stop', as: 'settled' },
  ],
  [
    'told in the name of another conversation',
    { row: row({ state: 'moved', movedFrom: ana.key }), isSettled: false },
    { do: 'follow-moved', from: ana.key },
  ],
  ['the same, and nobody knows which', { row: row({ state: 'moved' }), isSettled: false }, { do: 'told' }],
  [
    'before its retry is due',
    { row: { ...retrying, version: 0, dueAt: NOW + seconds(1) }, isSettled: false },
    { do: 'later', why: 'early', until: NOW + seconds(1) },
  ],
  [
    'its retry is due further ahead than any',
    { row: { ...retrying, version: 0, dueAt: NOW + days(3) }, isSettled: false },
    { do: 'look', at: 'desk' },
  ],
  [
    'claimed by another worker',
    { row: row({}), isSettled: false },
    { do: 'later', why: 'lease', until: NOW + seconds(11) },
  ],
  [
    'claimed by a worker with a wrong clock',
    { row: row({ leaseUntil: NOW + hours(3) }), isSettled: false },
    { do: 'later', why: 'lease', until: NOW + LEASE + seconds(1), lease: NOW + LEASE },
  ],
  [
    'its worker died, and its result may be unknown twice',
    {
      row: row({ leaseUntil: NOW }),
      isSettled: false,
      notification: withOptions({ onUnconfirmed: 'resend' }),
    },
    { do: 'look', at: 'desk' },
  ],
  [
    'its worker died, and nobody may be told twice',
    { row: row({ leaseUntil: NOW }), isSettled: false, notification: withOptions({ onUnconfirmed: 'park' }) },
    { do: 'give-up' },
  ],
  [
    'its worker died before any request',
    {
      row: row({ leaseUntil: NOW, withoutRequest: true }),
      isSettled: false,
      notification: withOptions({ onUnconfirmed: 'park' }),
    },
    { do: 'look', at: 'desk' },
  ],
  ['deferred, by an older call', { row: deferred, isSettled: false }, { do: 'look', at: 'desk' }],
  // The person.
  ['its kind says it is over', { desk, isMeant: false }, { do: 'final', outcome: 'expired' }],
  ['expired', { desk, notification: withOptions({ expiresAt: NOW }) }, { do: 'final', outcome: 'expired' }],
  [
    'forgotten',
    { desk: { ...desk, conversation: undefined } },
    { do: 'final', outcome: 'suppressed', reason: 'forgotten' },
  ],
  [
    'forgotten, and back since',
    { desk, notification: { ...plain, source: 'forgotten', eventId: 'forgotten', to: [] } },
    { do: 'final', outcome: 'suppressed', reason: 'forgotten' },
  ],
  [
    'has blocked the bot',
    { desk: { ...desk, conversation: { ...ana, suppressed: 'blocked' } } },
    { do: 'final', outcome: 'suppressed', reason: 'blocked' },
  ],
  [
    'has muted all',
    { desk: { ...desk, preferences: { mutes: [{ until: NOW + 1 }] } } },
    { do: 'final', outcome: 'suppressed', reason: 'muted' },
  ],
  [
    'a dialog is open at the deadline',
    {
      desk: { ...desk, dialog: inDialog },
      row: { ...deferred, waitUntil: NOW },
      notification: withOptions({ mode: 'wait', onDeadline: 'drop' }),
    },
    { do: 'final', outcome: 'dropped' },
  ],
  [
    'quiet hours',
    { desk: { ...desk, preferences: { mutes: [], quietHours: allDay } } },
    { do: 'hold', reason: 'quiet-hours', until: Date.UTC(2026, 10, 23, 23, 59) },
  ],
  [
    'quiet hours, and it expires before they end',
    {
      desk: { ...desk, preferences: { mutes: [], quietHours: allDay } },
      notification: withOptions({ expiresAt: NOW + 7 }),
    },
    { do: 'hold', reason: 'quiet-hours', until: NOW + 7 },
  ],
  [
    'a dialog is open',
    { desk: { ...desk, dialog: inDialog }, notification: withOptions({ mode: 'wait', maxWait: minutes(5) }) },
    { do: 'hold', reason: 'waiting', until: NOW + minutes(5), waitUntil: NOW + minutes(5) },
  ],
  [
    'a burst',
    { desk: { ...desk, windows: { ...noSends, bursts: [NOW - 30, NOW - 20, NOW - 10] } } },
    { do: 'hold', reason: 'burst', until: NOW - 30 + seconds(60) },
  ],
  ['held back until now', { desk, row: deferred }, { do: 'look', at: 'wish' }],
  [
    'held back until now, and not wanted any more',
    { desk, row: deferred, isWanted: false },
    { do: 'final', outcome: 'suppressed', reason: 'unsubscribed' },
  ],
  ['held back until now, and wanted', { desk, row: deferred, isWanted: true }, { do: 'join' }],
  [
    'held back until now, wanted and alone',
    { desk, row: deferred, isWanted: true, isAlone: true },
    { do: 'look', at: 'turn' },
  ],
  // Digests.
  ['a digest behind another', { desk, ...aDigest }, { do: 'look', at: 'digest' }],
  [
    'a digest behind one that is not told',
    { desk, ...aDigest, before: { isOver: false, dueAt: NOW + seconds(5), isHeld: true } },
    { do: 'hold', reason: 'burst', until: NOW + seconds(65), isBehind: true },
  ],
  [
    'a digest behind one that is overdue',
    { desk, ...aDigest, before: { isOver: false, dueAt: NOW - seconds(5), isHeld: false } },
    { do: 'hold', reason: 'burst', until: NOW + seconds(60), isBehind: true },
  ],
  [
    'a digest less than a window behind one that was told',
    { desk, ...aDigest, before: { isOver: true, toldAt: NOW - seconds(59) } },
    { do: 'hold', reason: 'burst', until: NOW + seconds(1), isBehind: true },
  ],
  [
    'a digest a window behind one that was told',
    { desk, ...aDigest, before: { isOver: true, toldAt: NOW - seconds(60) } },
    { do: 'look', at: 'turn' },
  ],
  [
    'a digest behind one that was told by a clock far ahead',
    { desk, ...aDigest, before: { isOver: true, toldAt: NOW + days(1) } },
    { do: 'look', at: 'turn' },
  ],
  [
    'a digest behind one that told nothing',
    { desk, ...aDigest, before: { isOver: true } },
    { do: 'look', at: 'turn' },
  ],
  ['the first digest', { desk, ...aDigest, row: retrying }, { do: 'look', at: 'turn' }],
  ['alone, where a digest was formed', { ...leftOver }, { do: 'look', at: 'digest' }],
  [
    'alone, and had no room in one that is not told',
    { ...leftOver, before: { isOver: false, dueAt: NOW + seconds(5), isHeld: false } },
    { do: 'hold', reason: 'burst', until: NOW + seconds(10), isBehind: true },
  ],
  [
    'alone, and had no room in one that waits for a dialog',
    { ...leftOver, before: { isOver: false, dueAt: NOW + seconds(5), isHeld: true } },
    { do: 'look', at: 'turn' },
  ],
  [
    'alone, and the digest was told just now',
    { ...leftOver, before: { isOver: true, toldAt: NOW } },
    { do: 'look', at: 'turn' },
  ],
  [
    'urgent, where a digest is not told',
    { ...leftOver, notification: withOptions({ urgent: true }) },
    { do: 'look', at: 'turn' },
  ],
  ['not held back, where a digest is not told', { ...leftOver, row: undefined }, { do: 'look', at: 'turn' }],
  // The limits.
  ['no room', { desk: { ...desk, windows: sentTwice } }, { do: 'line-up' }],
  [
    'no room before it expires',
    { desk: { ...desk, windows: sentTwice }, notification: withOptions({ expiresAt: NOW + 9 }) },
    { do: 'line-up', at: NOW + 9, spread: minutes(1) },
  ],
  [
    'room, but others are in line',
    {
      desk: {
        ...desk,
        windows: afterSend(noSends, NOW - 10, false),
        line: { ...noSends, recent: [NOW + seconds(2)] },
      },
    },
    { do: 'line-up' },
  ],
  [
    'no room at its own moment',
    { desk: { ...desk, windows: sentTwice }, row: retrying },
    { do: 'later', why: 'thread-limit', until: NOW - 20 + seconds(1.5) + 1, spread: seconds(1) },
  ],
  ['nothing against it', { desk }, { do: 'look', at: 'turn' }],
  [
    'of a service that calls its event as what was forgotten',
    { desk, notification: { ...plain, source: 'forgotten', eventId: 'forgotten' } },
    { do: 'look', at: 'turn' },
  ],
  [
    'a slot later',
    { desk, turn: { at: NOW + 300 } },
    { do: 'later', why: 'pace', until: NOW + 300, slotAt: NOW + 300, isMadeByOthers: false, isNoted: false },
  ],
  [
    'held back until now, and a slot much later',
    {
      desk,
      row: deferred,
      isWanted: true,
      isAlone: true,
      turn: { at: NOW + hours(1), isWithoutSlot: true, isHeldBack: true },
    },
    {
      do: 'later',
      why: 'pace',
      until: NOW + hours(1),
      slotAt: 'none',
      isMadeByOthers: false,
      isNoted: true,
    },
  ],
  [
    'made anew by the sweep while all are held back',
    {
      desk,
      call: { ...call, hop: freshHop(7) },
      turn: { at: NOW + 300, isWithoutSlot: true, isHeldBack: true },
    },
    { do: 'later', why: 'pace', until: NOW + 300, slotAt: 'none', isMadeByOthers: true, isNoted: false },
  ],
  ['its turn', { desk, turn: 'go' }, { do: 'claim' }],
];

describe('what comes next of a delivery', () => {
  it.each(cases)('%s', (_name, known, expected) => {
    expect(decide({ call, notification: plain, now: NOW, row: undefined, ...known }, rules)).toEqual(
      expected,
    );
  });
});

const failure = (status: number | undefined, code: string, more: object = {}): Answer => ({
  kind: 'failed',
  code,
  surelyNotSent: false,
  ...(status === undefined ? {} : { status }),
  ...more,
});
const claimed = row({ attempts: 1 });
const lastError = (name: string, code: string) => ({ class: name, code });

const endings: readonly (readonly [
  string,
  Answer,
  { readonly row?: Partial<DeliveryRow>; readonly options?: Partial<DeliveryOptions> },
  object,
])[] = [
  [
    'sent',
    { kind: 'sent', activityId: 'a1' },
    {},
    { do: 'record', result: { outcome: 'delivered', activityId: 'a1', at: NOW, attempts: 1, repeats: 0 } },
  ],
  [
    'too large',
    { kind: 'too-large' },
    {},
    { do: 'record', result: { outcome: 'rejected', reason: 'too-large' } },
  ],
  [
    'an address that is not trusted',
    { kind: 'untrusted' },
    {},
    { do: 'record', alarm: 'untrusted', result: { outcome: 'rejected', reason: 'untrusted-service-url' } },
  ],
  [
    '429',
    failure(429, 'Throttled', { retryAfter: seconds(3) }),
    {},
    { do: 'retry', dueAt: NOW + seconds(3.5), row: { lastError: lastError('http-429', 'Throttled') } },
  ],
  [
    '429 of the tenant',
    failure(429, 'TenantThrottled', { retryAfter: seconds(3) }),
    {},
    { do: 'retry', holdTenantUntil: NOW + seconds(3) },
  ],
  [
    '429 for the twelfth time',
    failure(429, 'Throttled'),
    { row: { attempts: 12 } },
    { do: 'record', result: { outcome: 'exhausted', attempts: 12 } },
  ],
  [
    '429 after a day',
    failure(429, 'Throttled'),
    { row: { firstClaimedAt: NOW - days(1) } },
    { do: 'record', result: { outcome: 'exhausted' } },
  ],
  [
    '429, and it expires before the retry',
    failure(429, 'Throttled'),
    { options: { expiresAt: NOW + 1 } },
    { do: 'record', result: { outcome: 'expired' } },
  ],
  ['401, said aloud', failure(401, 'BotNotRegistered'), {}, { do: 'retry', alarm: 'refused' }],
  [
    'an id that the channel cannot read',
    failure(400, 'BadArgument', { meaning: 'failed-to-decrypt' }),
    {},
    { do: 'retry', row: { undeciphered: { count: 1, since: NOW } } },
  ],
  [
    '502, that may be repeated',
    failure(502, 'BadGateway'),
    { options: { onUnconfirmed: 'resend' } },
    { do: 'retry', row: { unconfirmed: 1 } },
  ],
  [
    '502 once more',
    failure(502, 'BadGateway'),
    { row: { unconfirmed: 1, attempts: 2 }, options: { onUnconfirmed: 'resend' } },
    { do: 'record', result: { outcome: 'unconfirmed', repeats: 1 } },
  ],
  [
    '502, that may not be repeated',
    failure(502, 'BadGateway'),
    { options: { onUnconfirmed: 'park' } },
    { do: 'record', result: { outcome: 'unconfirmed', repeats: 0 } },
  ],
  [
    'blocked',
    failure(403, 'ConversationBlockedByUser'),
    {},
    {
      do: 'record',
      suppress: { reason: 'blocked', at: NOW },
      result: { outcome: 'suppressed', reason: 'blocked' },
    },
  ],
  [
    'gone',
    failure(404, 'ConversationNotFound'),
    {},
    { do: 'record', result: { outcome: 'rejected', reason: 'gone' } },
  ],
  [
    'a message that the channel does not take',
    failure(400, 'BadSyntax'),
    {},
    { do: 'record', alarm: 'refused', result: { outcome: 'rejected', reason: 'refused' } },
  ],
];

describe('what becomes of a delivery that was answered', () => {
  it.each(endings)('%s', (_name, answer, { row: fields, options = {} }, expected) => {
    const known = {
      notification: withOptions(options),
      row: { ...claimed, ...fields },
      answered: { answer, at: NOW, random: 0.5 },
    };
    expect(decide(known, rules)).toMatchObject(expected);
  });
});

describe('the steps', () => {
  const textOf = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
  const STEP = /^ +\/\/ ([a-z-]+(?:, [a-z-]+)*)(?::.*)?$/gm;

  it('have the names and the order of the table in decision 27', () => {
    const record = textOf('docs/decisions/0027-decide-then-do.md');
    const written = [...record.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name);
    const steps = ['decide', 'after-answer'].flatMap((file) =>
      [...textOf(`shared/use-cases/delivery/${file}.ts`).matchAll(STEP)].flatMap(
        ([, names]) => names?.split(', ') ?? [],
      ),
    );
    expect(steps).toEqual(written);
  });
});
