import { beforeEach, describe, expect, it } from 'vitest';
import type { Conversation } from '../../../shared/domain/conversation/conversation.ts';
import { Outcome } from '../../../shared/domain/delivery/delivery.ts';
import { proofsOf } from '../../../shared/domain/identity/proofs.ts';
import { conversationKey, notificationId, personKey } from '../../../shared/domain/ids.ts';
import { minutes, seconds } from '../../../shared/domain/time.ts';
import { unknownLabel } from '../../../shared/use-cases/intake/park-unknown.ts';
import { reportRecipients } from '../../../shared/use-cases/upkeep/report-recipients.ts';
import { aConversation, anEvent, aResult, aTopic } from '../../support/builders.ts';
import type { Scripted } from '../../support/fakes/scripted-messenger.ts';
import { aWorld, type World } from '../../support/world.ts';

const failed = (status: number, code: string): Scripted => ({
  result: { kind: 'failed', code, status, surelyNotSent: status < 500 },
});

let world: World;

beforeEach(() => {
  world = aWorld();
});

async function tell(to: unknown, { delivery = {}, until = minutes(2) } = {}) {
  const event = anEvent({ data: { to, text: 'hello', delivery } });
  await world.publish(event);
  await world.run(world.clock.now() + until);
  return notificationId(event.source, event.id);
}

const recipientsOf = async (id: Awaited<ReturnType<typeof tell>>) => (await world.report(id, {}))?.recipients;

/** Has somebody be told in another conversation from now on, of several that they have. */
async function movesTo({ key }: Conversation, conversationId: string): Promise<void> {
  const record = await world.conversations.findConversation(key);
  if (record === undefined) throw new Error('nobody can move');
  await world.conversations.saveConversation({ ...record, conversationId });
  const { tag } = await world.addressees.findAddressee(key);
  const place = { channelId: record.channelId, kind: 'ordinary' } as const;
  const places = [key, conversationKey(record.channelId, conversationId)].map((one) => ({
    ...place,
    key: one,
  }));
  await world.addressees.saveReach(key, { channelId: record.channelId, places }, tag);
}

describe('a recipient in a report', () => {
  it('is the addressee, with the conversation where it was shown, wherever they are told since', async () => {
    const ana = aConversation();
    await world.knows(ana);
    const id = await tell({ conversation: ana.key });
    await movesTo(ana, 'a:another');
    expect(await recipientsOf(id)).toMatchObject([
      { addressee: ana.key, conversation: ana.conversationId, state: 'delivered' },
    ]);
  });

  it('was tried last where the channel refused it, wherever they are told since', async () => {
    const ana = aConversation();
    await world.knows(ana);
    world.channel.next(ana.conversationId, failed(413, 'MessageSizeTooBig'));
    const id = await tell({ conversation: ana.key });
    await movesTo(ana, 'a:another');
    expect(await recipientsOf(id)).toMatchObject([
      { addressee: ana.key, conversation: ana.conversationId, state: 'rejected' },
    ]);
  });

  it('was tried where nobody answered until it was given up', async () => {
    const ana = aConversation();
    await world.knows(ana);
    world.channel.next(ana.conversationId, ...Array.from({ length: 12 }, () => failed(429, 'Throttled')));
    const id = await tell({ conversation: ana.key }, { until: minutes(600) });
    await movesTo(ana, 'a:another');
    expect(await recipientsOf(id)).toMatchObject([
      { conversation: ana.conversationId, state: 'exhausted', attempts: 12 },
    ]);
  });

  it('is where the addressee is told, as long as nobody tried or a wish ended it', async () => {
    const [ana, ben] = [aConversation(), aConversation({ suppressed: 'blocked' })];
    await world.knows(ana, ben);
    const id = await tell(
      [ana, ben].map(({ key }) => ({ conversation: key })),
      {
        delivery: { at: new Date(world.clock.now() + minutes(60)).toISOString() },
      },
    );
    const places = [ana, ben].map(({ key, conversationId }) => [key, conversationId] as const);
    const said = async () =>
      new Map((await recipientsOf(id))?.map(({ addressee, conversation }) => [addressee, conversation]));
    expect(await said()).toEqual(new Map(places));
    await world.run(world.clock.now() + minutes(62));
    expect(await world.report(id)).toMatchObject({ outcomes: { delivered: 1, suppressed: 1 } });
    expect(await said()).toEqual(new Map(places));
  });

  it('of a digest is where the digest was shown', async () => {
    world = aWorld({ burst: { count: 1, window: seconds(60) } });
    const ana = aConversation();
    await world.knows(ana);
    const ids = [];
    for (let each = 0; each < 3; each += 1) {
      ids.push(await tell({ conversation: ana.key }, { until: seconds(1) }));
    }
    await world.run(world.clock.now() + minutes(3));
    expect(world.channel.shown).toHaveLength(2);
    await movesTo(ana, 'a:another');
    for (const id of ids) {
      expect(await recipientsOf(id)).toMatchObject([
        { conversation: ana.conversationId, state: 'delivered' },
      ]);
    }
  });

  it('that a former release wrote without a place is where they are told, if there is one such place', async () => {
    const [ana, ben, cy] = [aConversation(), aConversation(), aConversation()];
    await world.knows(ana, ben);
    await movesTo(ben, 'a:another');
    const report = reportRecipients(world);
    const items = [ana, ben, cy].map(({ key }) => ({ conversation: key, result: aResult() }));
    const said = await report({ to: [] }, items);
    expect(said.map(({ addressee, conversation }) => [addressee, conversation])).toEqual([
      [ana.key, ana.conversationId],
      [ben.key, undefined],
      [cy.key, undefined],
    ]);
    const [expired] = await report({ to: [] }, [
      { conversation: ben.key, result: aResult({ outcome: 'expired', attempts: 0 }) },
    ]);
    expect(expired).toMatchObject({ addressee: ben.key, conversation: 'a:another' });
  });

  it('who is forgotten is in no conversation', async () => {
    const ana = aConversation({ suppressed: 'forgotten' });
    await world.knows(ana);
    const [said] = await reportRecipients(world)({ to: [] }, [
      { conversation: ana.key, result: aResult({ outcome: 'suppressed', reason: 'forgotten' }) },
    ]);
    expect(said).not.toHaveProperty('conversation');
  });
});

describe('an entry of "to" by which nobody is meant', () => {
  it.each([
    [{ user: 'nobody' }, 'unknown-user'],
    [{ user: 'nobody', channel: 'telegram' }, 'unknown-user'],
    [{ conversation: 'x'.repeat(43) }, 'unknown-conversation'],
    [{ audience: 'nowhere' }, 'unknown-audience'],
  ])('%o is named in the report as %s, and no addressee is', async (entry, reason) => {
    const ana = aConversation();
    await world.knows(ana);
    const id = await tell([{ conversation: ana.key }, entry]);
    const [, nobody] = (await recipientsOf(id)) ?? [];
    expect(nobody).toEqual({
      entry,
      state: 'no-such-recipient',
      reason,
      at: expect.any(String),
      attempts: 0,
      repeats: 0,
    });
  });

  it('says that a mail is ambiguous', async () => {
    const people = ['ana', 'anna'].map((name) => aConversation({ user: { id: `29:${name}`, name } }));
    await world.knows(...people);
    for (const one of people) {
      const [proof] = proofsOf(one.user, one, world.vouching);
      const told = { mail: 'ana@contoso.com', toldAt: world.clock.now() };
      await world.names.tellNames(proof?.person ?? personKey(''), told);
    }
    const id = await tell({ user: 'ana@contoso.com' });
    expect(await recipientsOf(id)).toMatchObject([
      { entry: { user: 'ana@contoso.com' }, reason: 'ambiguous' },
    ]);
  });

  it('of a stored audience is not named: the notification holds a hash', async () => {
    await world.audiences.putAudience({ name: aTopic('release'), changedAt: 1, changedBy: 'Ada' }, [
      'nobody',
    ]);
    const id = await tell({ audience: 'release' });
    const [nobody] = (await recipientsOf(id)) ?? [];
    expect(nobody).toMatchObject({ state: 'no-such-recipient', reason: 'unknown-user' });
    expect(nobody).not.toHaveProperty('entry');
  });

  it('whose name was taken out, and that a former release noted, has neither entry nor reason', async () => {
    const row = {
      conversation: unknownLabel({ user: 'nobody' }),
      result: aResult({ outcome: Outcome.noSuchRecipient, attempts: 0 }),
    };
    const [said] = await reportRecipients(world)({ to: [] }, [row]);
    expect(Object.keys(said ?? {}).sort()).toEqual(['at', 'attempts', 'repeats', 'state']);
  });
});
