import { type Mutation, mutationsIn } from '../mutation.ts';

const delivering = 'test/use-cases/delivery';
const deciding = [
  [
    'test/domain/delivery/backoff.test.ts',
    'test/domain/delivery/states.test.ts',
    `${delivering}/decide.test.ts`,
  ],
  [
    `${delivering}/states.test.ts`,
    `${delivering}/deliver-notification.test.ts`,
    `${delivering}/what-passes.test.ts`,
    `${delivering}/wrong-times.test.ts`,
    `${delivering}/later.test.ts`,
  ],
];

const begun = [[`${delivering}/begun-conversation.test.ts`]];

/** What becomes of a delivery. */
export const mutations: readonly Mutation[] = [
  ...mutationsIn('shared/domain/delivery/backoff.ts', deciding, [
    [
      'a delivery is never exhausted by its attempts',
      'export const MOST_ATTEMPTS = 12;',
      'export const MOST_ATTEMPTS = 1200;',
    ],
    [
      'a delivery is retried for a week',
      'LONGEST_RETRYING: Duration = hours(24)',
      'LONGEST_RETRYING: Duration = hours(168)',
    ],
    [
      'a broken header is waited for a day',
      'LONGEST_RETRY_AFTER: Duration = hours(1)',
      'LONGEST_RETRY_AFTER: Duration = hours(24)',
    ],
    ['the first retry comes after a minute', '  seconds(2),\n  seconds(5),', '  seconds(60),\n  seconds(5),'],
    ['a retry comes at once', 'Math.ceil(100 + random', 'Math.ceil(0 * random'],
    ['Retry-After is ignored', 'if (retryAfter <= 0) return own;', 'return own;'],
    ['all who were told the same come back at once', '+ random * seconds(1));', ');'],
    [
      'a channel that always asks for a moment uses up the attempts',
      'return attempts <= TRUSTED_TO_KNOW ? asked',
      'return true ? asked',
    ],
  ]),
  ...mutationsIn('shared/domain/delivery/states.ts', deciding, [
    [
      '24 hours of retrying never end',
      'firstClaimedAt: known.attempts === 0 ? now : known.firstClaimedAt,',
      'firstClaimedAt: now,',
    ],
    [
      'the time of retrying begins while it is held back',
      'firstClaimedAt: known.attempts === 0 ? now : known.firstClaimedAt,',
      'firstClaimedAt: known.firstClaimedAt,',
    ],
    [
      'attempts are not counted',
      "attempts: known.attempts + (to === 'end' ? 0 : 1),",
      'attempts: known.attempts,',
    ],
    [
      'an outcome by policy counts as an attempt',
      "attempts: known.attempts + (to === 'end' ? 0 : 1),",
      'attempts: known.attempts + 1,',
    ],
    ['an unknown result is forgotten', '(isInDoubt(row) ? 1 : 0);', '0;'],
    [
      'a retry keeps its version, and old calls wake it',
      "return { ...row, version: row.version + 1, state: 'retrying', dueAt };",
      "return { ...row, state: 'retrying', dueAt };",
    ],
    ['a lease has no end', 'leaseUntil: now + lease,', 'leaseUntil: now + lease * 1000,'],
    [
      'a member of a digest keeps its version',
      "version: row.version + 1, state: 'joined', digest",
      "version: row.version, state: 'joined', digest",
    ],
  ]),
  ...mutationsIn('shared/use-cases/delivery', deciding, [
    [
      'a retry comes five seconds early',
      'const EARLY: Duration = seconds(0.05);',
      'const EARLY: Duration = seconds(5);',
    ],
    [
      'a call that is one version old is not stale',
      'version > call.version && state',
      'version > call.version + 1 && state',
    ],
    [
      'a lease that is alive is taken over',
      "if (state !== 'claimed' || leaseUntil === undefined || leaseUntil <= now) return undefined;",
      'return undefined;',
    ],
    [
      'a call for a live lease comes before its end',
      '+ seconds(1),\n    ...(isWrong',
      '- seconds(1),\n    ...(isWrong',
    ],
    [
      'an unknown result is repeated under park',
      'superseded(known) !== undefined || !mayRepeat(row, notification)',
      'superseded(known) !== undefined',
    ],
    [
      'what the words were meant for is over, and they are told',
      'if (known.isMeant === false) return',
      'if (known.isMeant === undefined) return',
    ],
    [
      'what somebody unsubscribed from is told when it is let go',
      'if (!isWanted) return',
      'if (false) return',
    ],
    [
      'the slot is kept on asking again',
      "slotAt: turn.isWithoutSlot === true ? 'none' : turn.at,",
      'slotAt: turn.at,',
    ],
    [
      'others who wait in line are passed by',
      'if (room <= now && !isBehindOthers) return undefined;',
      'if (room <= now) return undefined;',
    ],
    [
      'a delivery expires only after its retry',
      'if (expiresAt !== undefined && dueAt >= expiresAt) {',
      'if (expiresAt !== undefined && at >= expiresAt) {',
    ],
    ['one attempt too many', 'row.attempts >= MOST_ATTEMPTS', 'row.attempts > MOST_ATTEMPTS'],
    [
      'a 429 for all moves one conversation only',
      "verdict.scope === 'tenant' && after !== undefined",
      'false',
    ],
    [
      'unknown results are counted as none',
      'unconfirmed: row.unconfirmed + 1 };',
      'unconfirmed: row.unconfirmed };',
    ],
  ]),
  ...mutationsIn('shared/use-cases/delivery/tell-anew.ts', begun, [
    [
      'a beginning without an answer counts as not sent',
      "if (begun.kind !== 'created') return begun;",
      "if (begun.kind === 'failed') return { ...begun, surelyNotSent: true };\n        if (begun.kind !== 'created') return begun;",
    ],
    [
      'a beginning without an answer is told as the old conversation',
      "answer.kind !== 'failed' || !answer.surelyNotSent) return answer;",
      "answer.kind !== 'failed') return answer;",
    ],
    ['somebody who was forgotten is begun with', 'if (await isForgotten(deps, old)) return FORGOTTEN;', ''],
  ]),
  ...mutationsIn('shared/use-cases/delivery/conclude-delivery.ts', begun, [
    [
      'what began with a message is not remembered',
      'if (conversation !== undefined && shownIn !== undefined) await',
      'if (conversation !== undefined && shownIn === undefined) await',
    ],
  ]),
];
