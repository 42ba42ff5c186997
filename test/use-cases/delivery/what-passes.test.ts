import { describe, expect, it } from 'vitest';
import { notificationId } from '../../../shared/domain/ids.ts';
import { minutes } from '../../../shared/domain/time.ts';
import type { SendResult } from '../../../shared/ports/delivery/messenger.ts';
import { replayParked } from '../../../shared/use-cases/upkeep/replay-parked.ts';
import { aConversation, anEvent } from '../../support/builders.ts';
import { aWorld, type World } from '../../support/world.ts';

const refused = (status: number, code: string, more: object = {}): SendResult => ({
  kind: 'failed',
  status,
  code,
  surelyNotSent: status < 500,
  ...more,
});
const denied = refused(401, 'http-401', { meaning: 'token-refused' });
const serviceError = refused(403, 'ServiceError');

/** What passed for a refusal for good, and comes and goes by itself. */
const passing: readonly (readonly [string, SendResult])[] = [
  ['401, authorization denied', denied],
  ['401, the bot is not registered', refused(401, 'BotNotRegistered')],
  ['403 ServiceError', serviceError],
  ['403 without a body', refused(403, 'http-403')],
  ['403, the wrong cloud', refused(403, 'InvalidBotApiHost')],
  ['403, not enough permissions', refused(403, 'NotEnoughPermissions')],
  ['404, a message that is not there', refused(404, 'ActivityNotFoundInConversation')],
  ['400 without a body', refused(400, 'http-400')],
  ['405', refused(405, 'http-405')],
  ['409', refused(409, 'Conflict')],
  ['a redirect', refused(307, 'redirect')],
];

async function aTelling() {
  const world = aWorld();
  const ana = aConversation();
  await world.knows(ana);
  const event = anEvent({ data: { to: { conversation: ana.key }, text: 'hello' } });
  const id = notificationId(event.source, event.id);
  const rowOf = async () => (await world.report(id, {}))?.recipients?.[0];
  return { world, ana, event, id, rowOf };
}

async function parkedIn(world: World) {
  return (await world.parking.listParked({ limit: 100 })).items;
}

const replaying = (world: World) =>
  replayParked({ ...world, messages: { putBackMessage: async () => expect.fail('no message is parked') } });

describe('a channel that says for ten minutes that it can be asked in a second', () => {
  it('ends nothing by it', async () => {
    const { world, ana, event, rowOf } = await aTelling();
    const until = world.clock.now() + minutes(10);
    const send = world.channel.sendActivity.bind(world.channel);
    const tired = refused(429, 'Throttled', { retryAfter: 1000 });
    world.channel.sendActivity = async (...message) => (world.clock.now() < until ? tired : send(...message));
    await world.publish(event);
    await world.run();
    expect(world.channel.textsIn(ana.conversationId)).toEqual(['hello']);
    expect(await rowOf()).toMatchObject({ state: 'delivered', repeats: 0 });
  });
});

describe('a refusal that passes by itself', () => {
  it.each(passing)('ends nothing: %s', async (_what, refusal) => {
    const { world, ana, event, rowOf } = await aTelling();
    world.channel.next(ana.conversationId, { result: refusal });
    await world.publish(event);
    await world.run();
    expect(world.channel.textsIn(ana.conversationId)).toEqual(['hello']);
    expect(await rowOf()).toMatchObject({ state: 'delivered', attempts: 2, repeats: 0 });
    expect(await parkedIn(world)).toEqual([]);
    expect((await world.conversations.findConversation(ana.key))?.suppressed).toBeUndefined();
  });

  it.each(passing)('that does not pass is parked, and can be replayed: %s', async (_what, refusal) => {
    const { world, ana, event, rowOf } = await aTelling();
    world.channel.next(ana.conversationId, ...Array.from({ length: 12 }, () => ({ result: refusal })));
    await world.publish(event);
    await world.run(world.clock.now() + minutes(600));
    expect(await rowOf()).toMatchObject({ state: 'exhausted', attempts: 12 });
    const [item, ...others] = await parkedIn(world);
    expect([item?.reason, item?.kind, others]).toEqual(['exhausted', 'delivery', []]);
    await replaying(world)(item?.id ?? '');
    await world.run();
    expect(world.channel.textsIn(ana.conversationId)).toEqual(['hello']);
    expect(await rowOf()).toMatchObject({ state: 'delivered' });
  });

  it.each([
    ['401s', denied],
    ['403s', serviceError],
  ])('loses nobody of a broadcast in a minute of %s', async (_what, refusal) => {
    const world = aWorld();
    const people = Array.from({ length: 40 }, (_none, index) =>
      aConversation({ user: { id: `29:p${index}`, name: `P${index}` } }),
    );
    await world.knows(...people);
    const over = world.clock.now() + minutes(1);
    const send = world.channel.sendActivity.bind(world.channel);
    world.channel.sendActivity = (reference, message) => {
      if (world.clock.now() < over) world.channel.next(reference.conversationId, { result: refusal });
      return send(reference, message);
    };
    const event = anEvent({ data: { to: { everyone: true }, text: 'hello' } });
    await world.publish(event);
    await world.run();
    for (const person of people)
      expect(world.channel.textsIn(person.conversationId ?? '')).toEqual(['hello']);
    expect((await world.report(notificationId(event.source, event.id)))?.outcomes).toEqual({ delivered: 40 });
  });

  it('is said loudly once where somebody has to mend it, not at each attempt', async () => {
    const { world, ana, event } = await aTelling();
    world.channel.next(
      ana.conversationId,
      ...Array.from({ length: 3 }, () => ({ result: refused(403, 'InvalidBotApiHost') })),
    );
    await world.publish(event);
    await world.run();
    expect(world.log.of('delivery.refused')).toMatchObject([
      { level: 'error', fields: { status: 403, code: 'InvalidBotApiHost' } },
    ]);
  });
});

describe('what is rejected', () => {
  const cases: readonly (readonly [string, string, (world: World, conversationId: string) => void])[] = [
    [
      'a message that the channel does not take',
      'refused',
      (world, id) => world.channel.next(id, { result: refused(400, 'BadSyntax') }),
    ],
    [
      '413',
      'too-large',
      (world, id) => world.channel.next(id, { result: refused(413, 'MessageSizeTooBig') }),
    ],
    [
      'an untrusted address',
      'untrusted-service-url',
      (world, id) => world.channel.next(id, { result: { kind: 'untrusted' } }),
    ],
    [
      'a conversation that is gone, the person as well',
      'gone',
      (world, id) => {
        world.channel.next(id, { result: refused(404, 'ConversationNotFound') });
        world.channel.nextCreation(refused(403, 'BotNotInConversationRoster') as never);
      },
    ],
  ];

  it.each(cases)('is listed, and can be replayed: %s', async (_what, reason, refuse) => {
    const { world, ana, event, rowOf } = await aTelling();
    refuse(world, ana.conversationId ?? '');
    await world.publish(event);
    await world.run();
    expect(await rowOf()).toMatchObject({ state: 'rejected', reason });
    const { items } = await world.parking.listParked({ limit: 10, reason: 'rejected' });
    expect(items).toMatchObject([{ kind: 'delivery', reason: 'rejected' }]);
    const [item] = items;
    expect(await replaying(world)(item?.id ?? '')).toMatchObject({ kind: 'reopened' });
    await world.run();
    expect(world.channel.textsIn(ana.conversationId)).toEqual(['hello']);
    expect(await rowOf()).toMatchObject({ state: 'delivered' });
    expect(await parkedIn(world)).toEqual([]);
  });

  it('by policy is listed as well: a group that the bot was told is gone', async () => {
    const world = aWorld();
    const group = aConversation({ conversationType: 'groupChat' });
    await world.knows(group);
    const event = anEvent({ data: { to: { conversation: group.key }, text: 'hello' } });
    await world.publish(event);
    await world.conversations.suppressConversation(group.key, 'gone');
    await world.run();
    expect(await parkedIn(world)).toMatchObject([{ reason: 'rejected' }]);
  });

  it('is not listed where a wish ended it', async () => {
    const { world, ana, event } = await aTelling();
    world.channel.next(ana.conversationId, { result: refused(403, 'ConversationBlockedByUser') });
    await world.publish(event);
    await world.run();
    expect(await parkedIn(world)).toEqual([]);
  });
});
