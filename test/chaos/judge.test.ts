import { describe, expect, it } from 'vitest';
import type { Asked, Evidence } from '../../dev/chaos/judgement/evidence.ts';
import { judge, judgeTexts } from '../../dev/chaos/judgement/judge.ts';
import type { Person } from '../../dev/chaos/people/people.ts';
import type { WholeReport } from '../../dev/chaos/reports/read-report.ts';
import { notificationId } from '../../shared/domain/ids.ts';

const ana: Person = { user: '29:ana', conversation: 'a:ana', key: 'key-of-ana', keys: ['key-of-ana'] };
const ben: Person = { user: '29:ben', conversation: 'a:ben', key: 'key-of-ben', keys: ['key-of-ben'] };
const id = notificationId('/chaos', 'one');
const text = 'chaos one';

type Row = WholeReport['recipients'][number];
const delivered: Row = { addressee: ana.key, state: 'delivered', attempts: 1, repeats: 0 };
const unconfirmed: Row = { addressee: ana.key, state: 'unconfirmed', attempts: 1, repeats: 0 };

/** One notification to Ana: what the report says, and how often who was shown it. */
function aCase({
  onUnconfirmed = 'resend',
  rows = [delivered],
  report = {},
  shown = { [ana.conversation]: 1 },
  may = [],
  parked = [],
  shownBefore,
}: {
  onUnconfirmed?: Asked['onUnconfirmed'];
  rows?: readonly Row[];
  report?: Partial<WholeReport> | undefined;
  shown?: Record<string, number>;
  may?: readonly Person[];
  parked?: readonly string[];
  shownBefore?: Record<string, number>;
}): Evidence {
  const cancelled = shownBefore === undefined ? {} : { shownBefore: new Map(Object.entries(shownBefore)) };
  const outcomes: Record<string, number> = {};
  for (const { state } of rows) outcomes[state] = (outcomes[state] ?? 0) + 1;
  return {
    asked: [{ id, text, onUnconfirmed, must: [ana], may, ...cancelled }],
    reports: new Map([
      [
        id,
        {
          id,
          type: 'notification.requested',
          source: '/chaos',
          eventId: 'one',
          acceptedAt: '2026-11-22T10:00:00.000Z',
          complete: true,
          addressed: rows.length,
          outcomes,
          pending: {},
          recipients: rows,
          ...report,
        },
      ],
    ]),
    shown: new Map(Object.entries(shown).map(([who, times]) => [who, new Map([[text, times]])])),
    parked: new Set(parked),
  };
}

const rulesOf = (evidence: Evidence) => judge(evidence).map(({ rule }) => rule);

describe('a promise that was kept', () => {
  it('is a message that was shown once and reported as delivered', () => {
    expect(judge(aCase({}))).toEqual([]);
  });

  it('is one repeat under "resend" that the report marks', () => {
    const rows = [{ ...delivered, attempts: 2, repeats: 1 }];
    expect(judge(aCase({ rows, shown: { [ana.conversation]: 2 } }))).toEqual([]);
  });

  it('is a message whose result stayed unknown, listed as parked, whether it was shown or not', () => {
    const parked = [`${id}.${ana.key}`];
    for (const times of [0, 1]) {
      const shown = { [ana.conversation]: times };
      expect(judge(aCase({ onUnconfirmed: 'park', rows: [unconfirmed], shown, parked }))).toEqual([]);
    }
  });

  it('is a person told in the conversation that took the place of the old one', () => {
    const moved = { ...ana, keys: [ana.key, 'new-key'] };
    const evidence = aCase({});
    expect(
      judge({ ...evidence, asked: evidence.asked.map((asked) => ({ ...asked, must: [moved] })) }),
    ).toEqual([]);
  });

  it('is somebody who came meanwhile and was told or not', () => {
    const rows = [delivered, { ...delivered, addressee: ben.key }];
    const both = { [ana.conversation]: 1, [ben.conversation]: 1 };
    expect(judge(aCase({ may: [ben], rows, shown: both }))).toEqual([]);
    expect(judge(aCase({ may: [ben] }))).toEqual([]);
  });
});

describe('a cancel that held', () => {
  const cancelled: Row = { addressee: ana.key, state: 'cancelled', attempts: 0, repeats: 0 };

  it('is somebody told before it, not told at all, or never addressed', () => {
    expect(judge(aCase({ shownBefore: { [ana.conversation]: 1 } }))).toEqual([]);
    expect(judge(aCase({ rows: [cancelled], shown: {}, shownBefore: {} }))).toEqual([]);
    expect(judge(aCase({ rows: [], shown: {}, shownBefore: {} }))).toEqual([]);
  });

  it('is not somebody who was told behind it, whatever the report says', () => {
    expect(rulesOf(aCase({ shownBefore: {} }))).toEqual(['uncancelled']);
    expect(rulesOf(aCase({ rows: [cancelled], shownBefore: {} }))).toEqual(['uncancelled', 'denied']);
  });
});

describe('a broken promise', () => {
  it.each<[string, string, Parameters<typeof aCase>[0]]>([
    ['delivered by the report, shown to nobody', 'lost', { shown: {} }],
    ['shown twice without a mark', 'unmarked', { shown: { [ana.conversation]: 2 } }],
    [
      'shown three times',
      'repeated',
      { rows: [{ ...delivered, repeats: 1 }], shown: { [ana.conversation]: 3 } },
    ],
    [
      'shown twice under "park"',
      'repeated',
      {
        onUnconfirmed: 'park',
        rows: [unconfirmed],
        parked: [`${id}.${ana.key}`],
        shown: { [ana.conversation]: 2 },
      },
    ],
    [
      'a repeat on the report under "park"',
      'unmarked',
      { onUnconfirmed: 'park', rows: [{ ...delivered, repeats: 1 }] },
    ],
    ['two repeats on the report', 'unmarked', { rows: [{ ...delivered, repeats: 2 }] }],
    [
      'a report that is not complete',
      'unfinished',
      { rows: [{ addressee: ana.key, state: 'queued' }], report: { complete: false }, shown: {} },
    ],
    [
      'a complete report with somebody who still waits',
      'unfinished',
      { rows: [{ addressee: ana.key, state: 'retrying' }], shown: {} },
    ],
    ['nobody in the report', 'forgotten', { rows: [], shown: {} }],
    ['two outcomes for one person', 'twice', { rows: [delivered, delivered] }],
    ['counts that do not fit the recipients', 'twice', { report: { addressed: 2 } }],
    [
      'told although the only request was refused',
      'denied',
      { rows: [{ addressee: ana.key, state: 'rejected', reason: 'too-large', attempts: 1, repeats: 0 }] },
    ],
    [
      'somebody addressed who was not meant',
      'stranger',
      { rows: [delivered, { ...delivered, addressee: 'key-of-a-stranger' }] },
    ],
    [
      'somebody shown it who was not meant',
      'stranger',
      { shown: { [ana.conversation]: 1, [ben.conversation]: 1 } },
    ],
    ['unconfirmed and not parked', 'unlisted', { onUnconfirmed: 'park', rows: [unconfirmed] }],
    [
      'exhausted and not parked',
      'unlisted',
      { rows: [{ addressee: ana.key, state: 'exhausted', attempts: 12 }], shown: {} },
    ],
  ])('is seen: %s', (_what, rule, given) => {
    expect(rulesOf(aCase(given))).toContain(rule);
  });

  it('is an accepted event whose report nobody knows', () => {
    expect(rulesOf({ ...aCase({}), reports: new Map() })).toEqual(['forgotten']);
  });

  it('is a message of ours that was never published', () => {
    const { shown } = aCase({});
    expect(judgeTexts(shown, new Set([text]))).toEqual([]);
    expect(judgeTexts(shown, new Set()).map(({ rule }) => rule)).toEqual(['stranger']);
  });
});
