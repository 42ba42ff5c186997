import { alike, type Scenario, unknown } from './scenario.ts';

const once = { count: 1 } as const;
const told = { outcome: 'delivered', shown: 1 } as const;
const refused = { outcome: 'rejected', shown: 0, attempts: 1 } as const;
const suppressed = { outcome: 'suppressed', shown: 0, attempts: 1 } as const;

/** Surely not sent: tried again until the person is told, once. */
const refusedForNow: readonly Scenario[] = [
  alike({ name: '429 without Retry-After', channel: [{ kind: '429', ...once }] }, { ...told, attempts: 2 }),
  alike(
    { name: '429 with Retry-After', channel: [{ kind: '429', retryAfterSeconds: 1, ...once }] },
    { ...told, attempts: 2 },
  ),
  alike({ name: '412', channel: [{ kind: '412', ...once }] }, { ...told, attempts: 2 }),
  alike(
    {
      name: '429, then 412, then 429',
      channel: [
        { kind: '429', ...once },
        { kind: '412', ...once },
        { kind: '429', ...once },
      ],
    },
    { ...told, attempts: 4 },
  ),
  ...(
    [
      ['401, the token is refused', { kind: '401', code: 'AuthorizationDenied' }],
      ['401, the bot is not registered', { kind: '401' }],
      ['403 ServiceError', { kind: '403', code: 'ServiceError' }],
      ['403, another cloud’s host', { kind: '403', code: 'InvalidBotApiHost' }],
      ['403, not enough permissions', { kind: '403', code: 'NotEnoughPermissions' }],
      ['403 with a code that nobody knows', { kind: '403', code: 'SomethingNew' }],
      ['404 of a message', { kind: '404', code: 'ActivityNotFoundInConversation' }],
      ['a redirect to another host', { kind: 'redirect' }],
    ] as const
  ).map(([name, fault]) => alike({ name, channel: [{ ...fault, ...once }] }, { ...told, attempts: 2 })),
  alike(
    {
      name: 'an id that cannot be decrypted, twice',
      channel: [{ kind: '403', code: 'BadArgument', count: 2 }],
    },
    { ...told, attempts: 3 },
  ),
  alike(
    {
      name: 'an id that cannot be decrypted, three times: asked for by object id',
      channel: [{ kind: '403', code: 'BadArgument', count: 3 }],
    },
    { ...told, attempts: 3 },
  ),
  // One that goes on for good is outlasted for hours; that is tried by a clock that is moved.
  alike(
    { name: '429 three times', channel: [{ kind: '429', retryAfterSeconds: 1, count: 3 }], slow: true },
    { ...told, attempts: 4 },
  ),
];

/** Permanent: nobody is shown anything, and the reason is on the report. */
const refusedForGood: readonly Scenario[] = [
  alike(
    { name: '403, blocked by the person', channel: [{ kind: '403', ...once }] },
    { ...suppressed, reason: 'blocked' },
  ),
  alike(
    {
      name: '403 with the sub-code MessageWritesBlocked',
      channel: [{ kind: '403', code: 'MessageWritesBlocked', ...once }],
    },
    { ...suppressed, reason: 'blocked' },
  ),
  alike(
    {
      name: '403, disabled by an administrator',
      channel: [{ kind: '403', code: 'BotDisabledByAdmin', ...once }],
    },
    { ...suppressed, reason: 'disabled-by-admin' },
  ),
  alike(
    {
      name: '403, not in the roster',
      channel: [{ kind: '403', code: 'BotNotInConversationRoster', ...once }],
    },
    { ...suppressed, reason: 'uninstalled' },
  ),
  alike({ name: '413', channel: [{ kind: '413', ...once }] }, { ...refused, reason: 'too-large' }),
];

/** The message may have been shown. */
const ambiguous: readonly Scenario[] = [
  ...(['500', '502', '503', '504'] as const).flatMap((kind) => [
    unknown({ name: `${kind} after the message was shown`, channel: [{ kind, shown: true, ...once }] }, 1),
    unknown({ name: `${kind} before it was shown`, channel: [{ kind, shown: false, ...once }] }, 0),
  ]),
  unknown({ name: 'reset before the request was read', channel: [{ kind: 'reset', ...once }] }, 0),
  unknown({ name: 'reset after the message was shown', channel: [{ kind: 'reset-after', ...once }] }, 1),
  unknown({ name: 'no answer, not shown', channel: [{ kind: 'hang', shown: false, ...once }] }, 0),
  unknown({ name: 'no answer, shown', channel: [{ kind: 'hang', shown: true, ...once }] }, 1),
  unknown(
    { name: 'an answer after the send timeout', channel: [{ kind: 'slow', delayMs: 2600, ...once }] },
    1,
  ),
  ...(['garbage', 'huge-id', 'trickle'] as const).map((kind) =>
    alike(
      { name: `${kind} after the message was shown`, channel: [{ kind, ...once }] },
      { ...told, attempts: 1 },
    ),
  ),
  alike(
    { name: 'an answer just in time', channel: [{ kind: 'slow', delayMs: 300, ...once }] },
    { ...told, attempts: 1 },
  ),
  {
    name: '502 twice, shown each time',
    channel: [{ kind: '502', shown: true, count: 2 }],
    resend: { outcome: 'unconfirmed', shown: 2, repeats: 1, attempts: 2 },
    park: { outcome: 'unconfirmed', shown: 1, repeats: 0, attempts: 1 },
  },
  {
    name: '504 that was shown, then 429',
    channel: [
      { kind: '504', shown: true, ...once },
      { kind: '429', ...once },
    ],
    resend: { outcome: 'delivered', shown: 2, repeats: 1, attempts: 3 },
    park: { outcome: 'unconfirmed', shown: 1, repeats: 0, attempts: 1 },
  },
];

/** The conversation is gone or was never there: it is created anew with the same person. */
const createdAnew: readonly Scenario[] = [
  alike({ name: '404 once, the same conversation again', channel: [{ kind: '404', ...once }] }, told),
  alike({ name: '404 for good', channel: [{ kind: '404' }] }, { ...refused, reason: 'gone' }),
  alike({ name: '404, another conversation', met: 'in-a-conversation-that-is-gone' }, told),
  alike(
    {
      name: '404, then 429 in the new conversation',
      met: 'in-a-conversation-that-is-gone',
      channel: [{ kind: '429', ...once }],
    },
    told,
  ),
  unknown(
    {
      name: '404, then 502 in the new conversation',
      met: 'in-a-conversation-that-is-gone',
      channel: [{ kind: '502', shown: true, ...once }],
    },
    1,
  ),
  alike(
    {
      name: '404, then 429 when the new conversation is created',
      met: 'in-a-conversation-that-is-gone',
      channel: [{ kind: '429', on: 'create', ...once }],
    },
    told,
  ),
  alike({ name: 'a person known from a group only', met: 'in-a-group' }, told),
  alike(
    {
      name: 'a person known from a group only, then 429',
      met: 'in-a-group',
      channel: [{ kind: '429', ...once }],
    },
    told,
  ),
  unknown(
    {
      name: 'a person known from a group only, then 503',
      met: 'in-a-group',
      channel: [{ kind: '503', shown: true, ...once }],
    },
    1,
  ),
  alike(
    {
      name: 'a person known from a group only, 503 when the conversation is created',
      met: 'in-a-group',
      channel: [{ kind: '503', on: 'create', ...once }],
    },
    told,
  ),
];

export const channelScenarios: readonly Scenario[] = [
  ...refusedForNow,
  ...refusedForGood,
  ...ambiguous,
  ...createdAnew,
];
