import { describe, expect, it } from 'vitest';
import { notificationId } from '../../../shared/domain/ids.ts';
import type { Duration, Instant } from '../../../shared/domain/time.ts';
import { minutes, seconds } from '../../../shared/domain/time.ts';
import type { SendResult } from '../../../shared/ports/delivery/messenger.ts';
import { aConversation, anEvent } from '../../support/builders.ts';
import { aWorld } from '../../support/world.ts';

const people = Array.from({ length: 1000 }, () => aConversation());
const unlucky = people[437];
if (unlucky === undefined) throw new Error('there are 1,000');

/**
 * Two requests more take their places in the tenant's rate: what creates a conversation anew, and what is sent there.
 * The clock is moved by hand.
 */
const TWO_SLOTS: Duration = seconds(2) / 50;

const failed = (status: number | undefined, code: string, fields: object = {}): SendResult => ({
  kind: 'failed',
  code,
  surelyNotSent: status !== undefined && status < 500,
  ...(status === undefined ? {} : { status }),
  ...fields,
});

/** When each of 1,000 was told of a broadcast, by their key; the unlucky one's sends are answered so, again and again. */
async function toldAt(answer?: SendResult): Promise<ReadonlyMap<string, Instant>> {
  const world = aWorld();
  await world.knows(...people);
  if (answer !== undefined && unlucky !== undefined) {
    world.channel.next(unlucky.conversationId, ...Array.from({ length: 20 }, () => ({ result: answer })));
  }
  const event = anEvent({ id: 'one', source: 'urn:all', data: { to: { everyone: true }, text: 'hello' } });
  const began = world.clock.now();
  await world.publish(event);
  await world.run();
  const told = new Map<string, Instant>();
  let after: string | undefined;
  do {
    const page = await world.ledger.listResults(notificationId('urn:all', 'one'), {
      limit: 1000,
      ...(after === undefined ? {} : { after }),
    });
    for (const { conversation, result } of page.items) {
      if (result.outcome !== undefined) told.set(conversation, result.at - began);
    }
    after = page.after;
  } while (after !== undefined);
  return told;
}

describe('one among 1,000 whose message fails', () => {
  it.each([
    ['is asked to wait an hour', failed(429, 'Throttled', { retryAfter: minutes(60) })],
    ['is busy', failed(412, 'PreconditionFailed')],
    ['has blocked the bot', failed(403, 'MessageWritesBlocked')],
    ['is gone', failed(404, 'ConversationNotFound')],
    ['is in doubt', failed(502, 'BadGateway')],
    ['cuts every connection', failed(undefined, 'ECONNRESET', { surelyNotSent: false })],
  ])('delays none of the others: it %s', async (_what, answer) => {
    const undisturbed = await toldAt();
    const disturbed = await toldAt(answer);
    const others = people.filter((one) => one !== unlucky).map(({ key }) => key);
    const delays = others.map((key) => (disturbed.get(key) ?? Infinity) - (undisturbed.get(key) ?? 0));
    expect(undisturbed.size).toBe(1000);
    expect(Math.max(...delays)).toBeLessThanOrEqual(TWO_SLOTS);
  });
});
