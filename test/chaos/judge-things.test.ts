import { describe, expect, it } from 'vitest';
import type { Asked, Evidence } from '../../dev/chaos/judgement/evidence.ts';
import { judgeThings } from '../../dev/chaos/judgement/judge-things.ts';
import type { Person } from '../../dev/chaos/people/people.ts';
import type { WholeReport } from '../../dev/chaos/reports/read-report.ts';
import type { SeenMessage } from '../../dev/chaos/rig/channel-control.ts';
import { notificationId } from '../../shared/domain/ids.ts';

const ana: Person = { user: '29:ana', conversation: 'a:ana', key: 'key-of-ana', keys: ['key-of-ana'] };

type Row = WholeReport['recipients'][number];
type Fields = Partial<Row> & Pick<Row, 'state'>;

/** States of a thing, the oldest first, with what the report says of each; and what Ana was shown. */
function aCase({
  rows,
  messages,
  denials = 0,
  isRecalled = false,
}: {
  readonly rows: readonly (Fields | Row['state'])[];
  readonly messages: readonly (readonly (number | 'gone')[])[];
  readonly denials?: number;
  readonly isRecalled?: boolean;
}): Evidence {
  const states = rows.map(
    (_row, index): Asked => ({
      id: notificationId('/chaos', String(index)),
      text: `chaos state ${index}`,
      onUnconfirmed: 'resend',
      must: [ana],
      may: [],
      isRecalled,
    }),
  );
  const reports = new Map(
    states.map((_state, index): [string, WholeReport] => {
      const id = notificationId('/chaos', String(index));
      const row = rows[index] ?? 'delivered';
      const recipient: Row = {
        addressee: ana.key,
        attempts: 1,
        repeats: 0,
        ...(typeof row === 'object' ? row : { state: row }),
      };
      return [
        id,
        {
          id,
          type: 'notification.requested',
          source: '/chaos',
          eventId: String(index),
          acceptedAt: '2026-11-22T10:00:00.000Z',
          complete: true,
          addressed: 1,
          outcomes: { [recipient.state]: 1 },
          pending: {},
          recipients: [recipient],
        },
      ];
    }),
  );
  let order = 0;
  const seen = messages.map(
    (shown, index): SeenMessage => ({
      conversation: ana.conversation,
      id: String(index),
      states: shown.flatMap((state) => {
        order += 1;
        return state === 'gone' ? [] : [{ text: `chaos state ${state}`, order }];
      }),
      isDeleted: shown.includes('gone'),
    }),
  );
  return {
    asked: states,
    reports,
    shown: new Map(),
    parked: new Set(),
    things: [{ person: ana, states, denials }],
    messages: seen,
  };
}

const rulesOf = (evidence: Evidence) => judgeThings(evidence).map(({ rule }) => rule);

describe('a thing that changed', () => {
  it.each([
    ['told once', { rows: ['delivered'], messages: [[0]] }],
    ['changed in its message', { rows: ['delivered', 'updated'], messages: [[0, 1]] }],
    ['told in its newest state alone', { rows: ['superseded', 'delivered'], messages: [[1]] }],
    [
      'told beside a message of which nobody knows',
      { rows: ['unconfirmed', 'delivered'], messages: [[0], [1]] },
    ],
    [
      'repeated, since nobody knew of the first',
      { rows: [{ state: 'delivered', repeats: 1 }, 'updated'], messages: [[0], [0, 1]] },
    ],
    [
      'told anew, where the channel denied its message',
      { rows: ['delivered', 'delivered'], messages: [[0], [1]], denials: 1 },
    ],
    ['told to nobody', { rows: ['suppressed', 'suppressed'], messages: [] }],
    ['taken back', { rows: ['recalled'], messages: [[0, 'gone']], isRecalled: true }],
    [
      'not taken back, which is said',
      { rows: [{ state: 'delivered', notRecalled: 'unsupported' }], messages: [[0]], isRecalled: true },
    ],
  ] satisfies readonly (readonly [string, Parameters<typeof aCase>[0]])[])(
    '%s: keeps every promise',
    (_how, given) => {
      expect(judgeThings(aCase(given))).toEqual([]);
    },
  );

  it.each([
    ['two messages of it are seen', 'apart', { rows: ['delivered', 'delivered'], messages: [[0], [1]] }],
    [
      'more are seen than a denial explains',
      'apart',
      { rows: ['delivered', 'delivered', 'delivered'], messages: [[0], [1], [2]], denials: 1 },
    ],
    [
      'an old state was put over a newer one',
      'stale',
      { rows: ['delivered', 'updated'], messages: [[1, 0]] },
    ],
    [
      'an old state was shown below a newer one',
      'stale',
      { rows: ['unconfirmed', 'delivered'], messages: [[1], [0]] },
    ],
    [
      'the newest one was called told and never shown',
      'lost',
      { rows: ['delivered', 'updated'], messages: [[0]] },
    ],
    ['what was taken back is seen', 'kept', { rows: ['recalled'], messages: [[0]], isRecalled: true }],
    [
      'nothing became of the wish to take it back',
      'kept',
      { rows: ['delivered'], messages: [[0]], isRecalled: true },
    ],
  ] satisfies readonly (readonly [string, string, Parameters<typeof aCase>[0]])[])(
    '%s: %s',
    (_how, rule, given) => {
      expect(rulesOf(aCase(given))).toContain(rule);
    },
  );
});
