import { describe, expect, it } from 'vitest';
import { seconds } from '../../../shared/domain/time.ts';
import type { CreateResult } from '../../../shared/ports/delivery/messenger.ts';
import type { WatchedCall } from '../../support/fakes/watch.ts';
import { Crash, queueAway } from '../../support/world.ts';
import {
  type Answered,
  aDelivery,
  endingOf,
  failed,
  type Policy,
  settle,
  storeAway,
} from './disturbed-delivery.ts';

/** Whoever asks again is told the same. */
const gone = Array.from({ length: 9 }, () => failed(404, 'ConversationNotFound'));
const blocked = Array.from({ length: 9 }, () => failed(403, 'ConversationBlockedByUser'));

const throttled: CreateResult = { kind: 'failed', status: 429, code: 'Throttled', surelyNotSent: true };
const unanswered: CreateResult = { kind: 'failed', code: 'ETIMEDOUT', surelyNotSent: false };

const known: readonly Answered[] = [
  { name: 'sent', answers: [{ result: { kind: 'sent', activityId: 'a1' } }] },
  { name: '429', answers: [failed(429, 'Throttled')] },
  {
    name: '429 for the tenant, with Retry-After',
    answers: [failed(429, 'TenantThrottled', { retryAfter: seconds(3) })],
  },
  { name: '412', answers: [failed(412, 'PreconditionFailed')] },
  {
    name: 'a connection that is refused',
    answers: [failed(undefined, 'ECONNREFUSED', { surelyNotSent: true })],
  },
  { name: '401', answers: [failed(401, 'BotNotRegistered')] },
  { name: '403, blocked', answers: blocked },
  { name: '403 with a code that nobody knows', answers: [failed(403, 'SomethingNew')] },
  { name: '404, then another conversation', answers: gone },
  { name: '404 for good', answers: gone, noOtherConversation: true },
  { name: '404, then another one that begins with the message', answers: gone, begun: [] },
  {
    name: '404, then another one that begins with the message after 429',
    answers: gone,
    begun: [{ result: throttled }],
  },
  { name: '413', answers: [failed(413, 'MessageSizeTooBig')] },
  { name: 'an untrusted address', answers: [{ result: { kind: 'untrusted' } }] },
  { name: 'nobody who may be written to', answers: [], suppressed: true },
  { name: '429 twelve times', answers: Array.from({ length: 12 }, () => failed(429, 'Throttled')) },
];

const unknown: readonly Answered[] = [
  { name: '502 that was shown', answers: [{ ...failed(502, 'BadGateway'), shown: true }] },
  { name: '503 that was not shown', answers: [failed(503, 'ServiceUnavailable')] },
  { name: 'a connection that breaks', answers: [{ ...failed(undefined, 'ECONNRESET'), shown: true }] },
  {
    name: '504 twice, shown each time',
    answers: [1, 2].map(() => ({ ...failed(504, 'GatewayTimeout'), shown: true })),
  },
  {
    name: '500 that was shown, then 429',
    answers: [{ ...failed(500, 'ServiceError'), shown: true }, failed(429, 'Throttled')],
  },
  ...[true, false].map((shown) => ({
    name: `404, then a beginning without an answer that was ${shown ? '' : 'not '}shown`,
    answers: gone,
    begun: [{ result: unanswered, shown }],
  })),
];

/** Every call of every port from the planned delivery to its end, in order, when nothing goes wrong. */
async function undisturbed(answered: Answered, policy: Policy) {
  const { world, id, begins } = await aDelivery(answered, policy);
  await settle(world);
  return { steps: world.watch.calls.slice(begins), ending: await endingOf(world, id) };
}

/** Whether a claim was the last that was written of the delivery. */
function endsWithClaim(steps: readonly WatchedCall[]): boolean {
  const writes = ['claimDelivery', 'changeDelivery', 'recordOutcome'];
  return (
    steps.findLast(({ port, method }) => port === 'ledger' && writes.includes(method))?.method ===
    'claimDelivery'
  );
}

const cases = ([...known, ...unknown] as const).flatMap((answered) =>
  (['resend', 'park'] as const).map((policy) => ({ ...answered, policy })),
);

describe('a delivery at whose steps the store or the queue is away once', () => {
  it.each(cases)('ends as if nothing had been: $name, under "$policy"', async ({ policy, ...answered }) => {
    const { steps, ending } = await undisturbed(answered, policy);
    for (const [step, { port, method }] of steps.entries()) {
      // The channel's own faults are the answers.
      if (port === 'messenger') continue;
      for (const when of ['before', 'after'] as const) {
        // A claim that was made and whose maker never heard of it is a request that perhaps was made.
        if (when === 'after' && method === 'claimDelivery') continue;
        const { world, id, begins } = await aDelivery(answered, policy);
        const error = port === 'deliveries' ? queueAway : storeAway;
        world.watch.failCall(begins + step, { error, when });
        await settle(world);
        expect(await endingOf(world, id), `${when} step ${step}, ${port}.${method}`).toEqual(ending);
      }
    }
  });

  it.each(cases)(
    'ends so too when they stay away for half a lease after the answer: $name, under "$policy"',
    async ({ policy, ...answered }) => {
      const { ending } = await undisturbed(answered, policy);
      const { world, id } = await aDelivery(answered, policy);
      const send = world.channel.sendActivity.bind(world.channel);
      world.channel.sendActivity = async (reference, message) => {
        const result = await send(reference, message);
        for (const name of [
          'ledger.recordOutcome',
          'ledger.changeDelivery',
          'dueIndex.addDue',
          'conversations.suppressConversation',
        ]) {
          for (let times = 0; times < 3; times += 1)
            world.watch.failNext(name, { error: storeAway, when: 'before' });
        }
        world.channel.sendActivity = send;
        return result;
      };
      await settle(world);
      expect(await endingOf(world, id)).toEqual(ending);
    },
  );
});

describe('a delivery whose process dies at any step', () => {
  it.each(cases)(
    'is lost to nobody and repeated only as it may: $name, under "$policy"',
    async ({ policy, ...answered }) => {
      const { steps, ending } = await undisturbed(answered, policy);
      for (const [step, { port, method }] of steps.entries()) {
        for (const when of ['before', 'after'] as const) {
          const { world, id, begins } = await aDelivery(answered, policy);
          world.watch.failCall(begins + step, { error: new Crash(), when });
          await settle(world);
          const after = await endingOf(world, id);
          const at = `${when} step ${step}, ${port}.${method}: ${JSON.stringify(after)}`;
          expect(after, at).toMatchObject({ complete: true, others: ending.others });
          expect(after.shown, at).toBeLessThanOrEqual(policy === 'park' ? 1 : 2);
          if (after.state === 'delivered') expect(after.shown, at).toBeGreaterThan(0);
          if (after.shown > 1) expect(after.repeats, at).toBe(1);
          if (after.state === 'unconfirmed') expect(after.isParked, at).toBe(true);
          const done = steps.slice(0, when === 'before' ? step : step + 1);
          // What it knew died with it only where there was a claim without outcome.
          if (!endsWithClaim(done)) expect(after, at).toEqual(ending);
        }
      }
    },
  );
});
