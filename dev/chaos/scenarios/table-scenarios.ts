import { alike, type Scenario, unknown } from './scenario.ts';

/** The app's table client sends a request three times before the store counts as away. */
const EVERY_TRY = 3;

/**
 * Faults of the write by which a worker claims a delivery: row and windows in one transaction, known by the row of the
 * windows (`0w`) in the conversation's partition.
 */
const claim = (conversation: string) => ({
  table: 'conversations',
  partitionKey: conversation,
  rowKey: '0w',
});

/** The write by which a retry is scheduled: the delivery's own row, changed. */
const retryOf = (notification: string, conversation: string) => ({
  table: 'conversations',
  partitionKey: conversation,
  rowKey: `d:${notification}`,
  kinds: ['update' as const],
});

const told = { outcome: 'delivered', shown: 1, attempts: 1 } as const;

export const tableScenarios: readonly Scenario[] = [
  alike(
    {
      name: 'the claim is answered 503',
      tables: ({ conversation }) => [
        { match: claim(conversation), times: EVERY_TRY, fault: { type: 'status', status: 503 } },
      ],
    },
    told,
  ),
  alike(
    {
      name: 'the claim is answered 500 once',
      tables: ({ conversation }) => [{ match: claim(conversation), fault: { type: 'status', status: 500 } }],
    },
    told,
  ),
  alike(
    {
      name: 'the claim is refused by 412 although nobody else wrote',
      tables: ({ conversation }) => [{ match: claim(conversation), fault: { type: 'status', status: 412 } }],
    },
    told,
  ),
  alike(
    {
      name: 'the connection breaks before the claim is written',
      tables: ({ conversation }) => [
        { match: claim(conversation), times: EVERY_TRY, fault: { type: 'reset', when: 'before' } },
      ],
    },
    told,
  ),
  alike(
    {
      name: 'the claim is written and its answer lost',
      tables: ({ conversation }) => [{ match: claim(conversation), fault: { type: 'reset', when: 'after' } }],
    },
    told,
  ),
  {
    name: 'the claim is written and no answer ever comes',
    slow: true,
    tables: ({ conversation }) => [{ match: claim(conversation), fault: { type: 'timeout', when: 'after' } }],
    // Nothing was sent, and nobody can know: a claim without outcome.
    resend: { outcome: 'delivered', shown: 1, repeats: 1, attempts: 2 },
    park: { outcome: 'unconfirmed', shown: 0, repeats: 0, attempts: 1 },
  },
  // The channel's answer is known, and what follows from it cannot be written: it travels until it can.
  alike(
    {
      name: '429, and the retry is answered 503',
      channel: [{ kind: '429', count: 1 }],
      tables: ({ notification, conversation }) => [
        {
          match: retryOf(notification, conversation),
          times: EVERY_TRY,
          fault: { type: 'status', status: 503 },
        },
      ],
    },
    { ...told, attempts: 2 },
  ),
  alike(
    {
      name: '412, and the connection breaks each time after the retry was written',
      channel: [{ kind: '412', count: 1 }],
      tables: ({ notification, conversation }) => [
        {
          match: retryOf(notification, conversation),
          times: EVERY_TRY,
          fault: { type: 'reset', when: 'after' },
        },
      ],
    },
    { ...told, attempts: 2 },
  ),
  unknown(
    {
      name: '502 that was shown, and the retry is answered 503',
      channel: [{ kind: '502', shown: true, count: 1 }],
      tables: ({ notification, conversation }) => [
        {
          match: retryOf(notification, conversation),
          times: EVERY_TRY,
          fault: { type: 'status', status: 503 },
        },
      ],
    },
    1,
  ),
  alike(
    {
      name: '403, and the suppression is answered 503',
      channel: [{ kind: '403', count: 1 }],
      tables: ({ conversation }) => [
        {
          match: { table: 'conversations', partitionKey: conversation, rowKey: '0c', kinds: ['merge'] },
          times: EVERY_TRY,
          fault: { type: 'status', status: 503 },
        },
      ],
    },
    { outcome: 'suppressed', reason: 'blocked', shown: 0, attempts: 1 },
  ),
];
