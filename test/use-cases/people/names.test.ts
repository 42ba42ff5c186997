import { describe, expect, it } from 'vitest';
import { proofsOf } from '../../../shared/domain/identity/proofs.ts';
import { vouchesForAll } from '../../../shared/domain/identity/vouching.ts';
import { conversationKey, notificationId, tenantKey } from '../../../shared/domain/ids.ts';
import { days, hours, minutes, seconds } from '../../../shared/domain/time.ts';
import type { DirectoryAnswer } from '../../../shared/ports/conversation/directory.ts';
import { findPeople } from '../../../shared/use-cases/people/find-people.ts';
import { aConversation, anEvent, aTopic } from '../../support/builders.ts';
import { aWorld, type World } from '../../support/world.ts';

const objectIdOf = (name: string) =>
  `5b6f1a10-0000-4000-8000-0000000000${name.charCodeAt(0).toString(16).padStart(2, '0')}`;
const personOf = (name: string) => ({ id: `29:${name}`, name, aadObjectId: objectIdOf(name) });
const sightingOf = (name: string) => {
  const { channelId, serviceUrl, conversationType, bot } = aConversation({ conversationId: `a:${name}` });
  const user = personOf(name);
  return {
    change: 'seen' as const,
    speaker: user,
    reference: {
      ...{ channelId, serviceUrl, conversationType, bot, user },
      conversationId: `a:${name}`,
      tenantId: 'contoso',
    },
  };
};
const proofOf = (name: string) => {
  const scope = { channelId: 'msteams', tenant: tenantKey({ channelId: 'msteams', tenantId: 'contoso' }) };
  const [proof] = proofsOf(personOf(name), scope, vouchesForAll);
  if (proof === undefined) throw new Error('Teams vouches for everybody');
  return proof.person;
};

/** Everybody has written, and has a mail and a user principal name in the roster. */
async function met(world: World, ...names: readonly string[]) {
  for (const name of names) {
    world.rosters.has({
      ...personOf(name),
      mail: `${name}@mail.example`,
      userPrincipalName: `${name}@upn.example`,
    });
    await world.capture(sightingOf(name));
  }
}

const tell = async (world: World, ...to: readonly object[]) => {
  const event = anEvent({ data: { to, text: 'hello' } });
  await world.publish(event);
  await world.run(world.clock.now() + minutes(1));
  return notificationId(event.source, event.id);
};
const toldIn = (world: World) => world.channel.shown.map(({ conversationId }) => conversationId);
const faults = async (world: World) =>
  (await world.parking.listParked({ limit: 10 })).items.flatMap((item) =>
    item.faults.map(({ message }) => message),
  );

describe('a person whom a roster has told of', () => {
  it('is found by the user principal name and by the mail, in whatever case', async () => {
    const world = aWorld();
    await met(world, 'ada', 'bob');
    expect(await world.askRosters()).toBe(2);
    expect(world.rosters.asked).toContainEqual({ conversationId: 'a:ada', id: '29:ada' });
    await tell(world, { user: 'ADA@upn.example' }, { user: 'bob@Mail.Example' });
    expect(toldIn(world).sort()).toEqual(['a:ada', 'a:bob']);
  });

  it('is told once where they are named by both', async () => {
    const world = aWorld();
    await met(world, 'ada');
    await world.askRosters();
    await tell(world, { user: 'ada@upn.example' }, { user: 'ada@mail.example' }, { user: '29:ada' });
    expect(toldIn(world)).toEqual(['a:ada']);
  });

  it('by an id is found before anybody by a name, and by a user principal name before anybody by a mail', async () => {
    const world = aWorld();
    await met(world, 'ada', 'bob');
    world.rosters.has({ ...personOf('bob'), mail: 'ada@upn.example' });
    await world.askRosters();
    await tell(world, { user: 'ada@upn.example' });
    expect(toldIn(world)).toEqual(['a:ada']);
    const { conversation } = await world.capture({
      ...sightingOf('cid'),
      speaker: { id: 'ada@upn.example', name: 'Cid' },
    });
    expect(conversation.key).toBe(conversationKey('msteams', 'a:cid'));
    await tell(world, { user: 'ada@upn.example' });
    expect(toldIn(world)).toEqual(['a:ada', 'a:cid']);
  });

  it('is not meant where several go by the name: nobody is told, and the operator reads why', async () => {
    const world = aWorld();
    await met(world, 'ada', 'bob');
    world.rosters.has({ ...personOf('bob'), mail: 'ada@mail.example' });
    await world.askRosters();
    const id = await tell(world, { user: 'ada@mail.example' }, { user: '29:ada' });
    expect(toldIn(world)).toEqual(['a:ada']);
    expect((await world.report(id, {}))?.outcomes).toEqual({ delivered: 1, 'no-such-recipient': 1 });
    expect(await faults(world)).toEqual([
      expect.stringMatching(/^ambiguous: several people go by this mail/),
    ]);
  });

  it('is not meant by a user principal name of two either, nor by the mail of somebody else beside it', async () => {
    const world = aWorld();
    await met(world, 'ada', 'bob', 'cid');
    world.rosters.has({ ...personOf('bob'), userPrincipalName: 'ada@upn.example' });
    world.rosters.has({ ...personOf('cid'), mail: 'ada@upn.example' });
    await world.askRosters();
    await tell(world, { user: 'ada@upn.example' });
    expect(toldIn(world)).toEqual([]);
    expect(await faults(world)).toEqual([
      expect.stringMatching(/^ambiguous: several people go by this user principal name/),
    ]);
  });

  it('is narrowed by the channel', async () => {
    const world = aWorld();
    await met(world, 'ada');
    await world.askRosters();
    await tell(world, { user: 'ada@mail.example', channel: 'telegram' });
    expect(toldIn(world)).toEqual([]);
    await tell(world, { user: 'ada@mail.example', channel: 'MsTeams' });
    expect(toldIn(world)).toEqual(['a:ada']);
  });

  it('goes by the names for 30 days and no longer, and is asked of again before', async () => {
    const world = aWorld();
    await met(world, 'ada');
    await world.askRosters();
    world.rosters.next({ kind: 'none' });
    world.clock.advance(days(25));
    expect(await world.askRosters()).toBe(0);
    world.clock.advance(days(5) - minutes(1) - seconds(10));
    await tell(world, { user: 'ada@mail.example' });
    expect(toldIn(world)).toEqual(['a:ada']);
    world.clock.advance(minutes(2));
    await tell(world, { user: 'ada@mail.example' });
    expect(toldIn(world)).toEqual(['a:ada']);
    expect(await faults(world)).toHaveLength(1);
  });

  it('goes by what the roster tells 25 days later', async () => {
    const world = aWorld();
    await met(world, 'ada');
    await world.askRosters();
    world.rosters.has({ ...personOf('ada'), mail: 'countess@mail.example' });
    world.clock.advance(days(25) - minutes(1));
    expect(await world.askRosters()).toBe(0);
    world.clock.advance(minutes(2));
    expect(await world.askRosters()).toBe(1);
    await tell(world, { user: 'ada@mail.example' });
    expect(toldIn(world)).toEqual([]);
    await tell(world, { user: 'countess@mail.example' });
    expect(toldIn(world)).toEqual(['a:ada']);
  });

  it('is found by operators by the beginning of the mail, which nothing that they say takes away', async () => {
    const world = aWorld();
    await met(world, 'ada');
    await world.askRosters();
    const renamed = { ...personOf('ada'), name: 'Countess' };
    await world.capture({ ...sightingOf('ada'), speaker: renamed });
    const find = findPeople(world);
    const found = await find('ada@mail', { limit: 10 });
    expect(found).toMatchObject({ people: [{ key: conversationKey('msteams', 'a:ada') }] });
    expect(found).not.toHaveProperty('after');
    world.clock.advance(days(31));
    expect(await find('ada@mail', { limit: 10 })).toMatchObject({ people: [] });
  });

  it('in a group is found by the mail once they have written by themselves, before any roster is asked again', async () => {
    const world = aWorld();
    world.rosters.has({ ...personOf('ada'), mail: 'lovelace@mail.example' });
    const { reference, ...seen } = sightingOf('ada');
    const conversation = { conversationId: '19:all@thread.v2', conversationType: 'groupChat' } as const;
    await world.capture({ ...seen, reference: { ...reference, ...conversation } });
    await world.askRosters();
    await world.capture(sightingOf('ada'));
    const found = await findPeople(world)('lovelace', { limit: 10 });
    expect(found).toMatchObject({ people: [{ key: conversationKey('msteams', 'a:ada') }] });
  });

  it('is forgotten with the names, also where the roster answers meanwhile', async () => {
    const world = aWorld();
    await met(world, 'ada');
    const { conversation } = await world.capture(sightingOf('ada'));
    await world.forgetMe({ conversation, speaker: personOf('ada'), turn: 'turn' });
    await world.run(world.clock.now() + minutes(5));
    expect(await world.askRosters()).toBe(0);
    await world.names.tellNames(proofOf('ada'), { mail: 'ada@mail.example', toldAt: world.clock.now() });
    await tell(world, { user: 'ada@mail.example' });
    expect(toldIn(world)).toEqual([]);
  });

  it('exports the names', async () => {
    const world = aWorld();
    await met(world, 'ada');
    await world.askRosters();
    const { conversation } = await world.capture(sightingOf('ada'));
    expect(await world.exportPersonalData(conversation, personOf('ada'))).toMatchObject({
      names: { mail: 'ada@mail.example', userPrincipalName: 'ada@upn.example' },
    });
  });
});

describe('a roster', () => {
  it('is asked once of somebody who is new, and not of somebody who is known', async () => {
    const world = aWorld();
    await met(world, 'ada');
    for (let word = 0; word < 3; word += 1) await world.capture(sightingOf('ada'));
    await world.askRosters();
    await world.capture(sightingOf('ada'));
    await world.askRosters();
    expect(world.rosters.asked).toHaveLength(1);
  });

  it('is asked again of somebody who comes back', async () => {
    const world = aWorld();
    await met(world, 'ada');
    await world.askRosters();
    await world.capture({ ...sightingOf('ada'), change: 'uninstalled' });
    world.clock.advance(days(31));
    await world.askRosters();
    expect(world.rosters.asked).toHaveLength(1);
    await world.capture(sightingOf('ada'));
    expect(await world.askRosters()).toBe(1);
  });

  it('that says 429 is left alone for this run, and nobody is lost', async () => {
    const world = aWorld();
    await met(world, 'ada', 'bob', 'cid');
    world.rosters.next({ kind: 'away', retryAfter: seconds(5) });
    expect(await world.askRosters()).toBe(0);
    expect(world.rosters.asked).toHaveLength(1);
    expect(await world.askRosters()).toBe(3);
  });

  it('that does not answer for one keeps nobody else waiting, and is asked again', async () => {
    const world = aWorld();
    await met(world, 'ada', 'bob');
    world.rosters.next({ kind: 'away' });
    expect(await world.askRosters()).toBe(1);
    world.clock.advance(hours(1) + seconds(1));
    expect(await world.askRosters()).toBe(1);
  });

  it('that answers with somebody else tells nothing', async () => {
    const world = aWorld();
    await met(world, 'ada');
    world.rosters.has({ id: '29:ada', aadObjectId: objectIdOf('bob'), mail: 'ada@mail.example' });
    expect(await world.askRosters()).toBe(0);
    await tell(world, { user: 'ada@mail.example' });
    expect(toldIn(world)).toEqual([]);
  });

  it('is asked at the pace of the tenant, and behind those who are to be told', async () => {
    const world = aWorld({ requestsPerSecond: 10 });
    await met(world, ...'abcdefghij');
    const begun = world.clock.now();
    expect(await world.askRosters()).toBe(10);
    expect(world.clock.now() - begun).toBeGreaterThanOrEqual(900);
    await met(world, 'klaus');
    await world.pacer.reserve(
      tenantKey({ channelId: 'msteams', tenantId: 'contoso' }),
      100,
      world.clock.now(),
      minutes(1),
    );
    expect(await world.askRosters()).toBe(0);
    world.clock.advance(seconds(20));
    expect(await world.askRosters()).toBe(1);
  });
});

describe('a directory', () => {
  const answers = (...scripted: readonly DirectoryAnswer[]) => {
    const asked: (readonly [string, string])[] = [];
    const nobody: DirectoryAnswer = { kind: 'told', people: [] };
    return {
      asked,
      tenantId: 'contoso',
      findListed: async (kind: string, name: string) => {
        asked.push([kind, name]);
        return scripted[asked.length - 1] ?? nobody;
      },
    };
  };
  const ada = { objectId: objectIdOf('ada'), userPrincipalName: 'ada@contoso.com', mail: 'a.l@contoso.com' };
  const told = (...people: readonly (typeof ada)[]): DirectoryAnswer => ({ kind: 'told', people });

  it('finds by user principal name, once: then what it told is known', async () => {
    const directory = answers(told(ada));
    const world = aWorld({ directory });
    await world.capture(sightingOf('ada'));
    for (const user of ['Ada@contoso.com', 'a.l@contoso.com', 'ada@contoso.com']) await tell(world, { user });
    expect(toldIn(world)).toEqual(['a:ada', 'a:ada', 'a:ada']);
    expect(directory.asked).toEqual([['userPrincipalName', 'Ada@contoso.com']]);
  });

  it('finds by mail where nobody has that user principal name', async () => {
    const directory = answers(told(), told(ada));
    const world = aWorld({ directory });
    await world.capture(sightingOf('ada'));
    await tell(world, { user: 'a.l@contoso.com' });
    expect(toldIn(world)).toEqual(['a:ada']);
  });

  it('is believed for 30 days', async () => {
    const directory = answers(told(ada));
    const world = aWorld({ directory });
    await world.capture(sightingOf('ada'));
    await tell(world, { user: 'ada@contoso.com' });
    world.clock.advance(days(30));
    await tell(world, { user: 'ada@contoso.com' });
    expect(toldIn(world)).toEqual(['a:ada']);
    expect(directory.asked).toHaveLength(3);
  });

  it('makes nobody known: whom the bot never met is not told, and nothing is kept of them', async () => {
    const directory = answers(told({ ...ada, objectId: objectIdOf('zoe') }));
    const world = aWorld({ directory });
    await world.capture(sightingOf('ada'));
    await tell(world, { user: 'ada@contoso.com' });
    expect(toldIn(world)).toEqual([]);
    expect(await world.names.toldOf('userPrincipalName', 'ada@contoso.com')).toEqual([]);
  });

  it('of another tenant finds nobody', async () => {
    const world = aWorld({ directory: { ...answers(told(ada)), tenantId: 'fabrikam' } });
    await world.capture(sightingOf('ada'));
    await tell(world, { user: 'ada@contoso.com' });
    expect(toldIn(world)).toEqual([]);
  });

  it('is not asked of what holds no @, nor of whom a roster told', async () => {
    const directory = answers();
    const world = aWorld({ directory });
    await met(world, 'ada');
    await world.askRosters();
    await tell(world, { user: '29:nobody' }, { user: 'ada@mail.example' });
    expect(toldIn(world)).toEqual(['a:ada']);
    expect(directory.asked).toEqual([]);
  });

  it('that tells of two who have one mail means nobody', async () => {
    const both = [ada, { ...ada, objectId: objectIdOf('bob') }];
    const world = aWorld({ directory: answers(told(), told(...both)) });
    for (const name of ['ada', 'bob']) await world.capture(sightingOf(name));
    await tell(world, { user: 'a.l@contoso.com' });
    expect(toldIn(world)).toEqual([]);
    expect(await faults(world)).toEqual([expect.stringMatching(/^ambiguous: /)]);
  });

  it('that is away has nobody told of a topic who subscribed meanwhile', async () => {
    const directory = answers({ kind: 'away', retryAfter: seconds(40) }, told(ada));
    const world = aWorld({ directory });
    for (const name of ['ada', 'bob', 'cid']) await world.capture(sightingOf(name));
    const subscribe = async (name: string) => {
      const { conversation } = await world.capture(sightingOf(name));
      const { key, tenant } = conversation;
      await world.subscriptions.subscribe({ conversation: key, tenant, topic: aTopic('builds'), since: 0 });
    };
    await subscribe('bob');
    const to = [{ user: 'ada@contoso.com' }, { topic: 'builds' }];
    const event = anEvent({ data: { to, text: 'hello' } });
    await expect(world.publish(event)).rejects.toMatchObject({ code: 'directory-away' });
    await world.run(world.clock.now() + seconds(10));
    expect(toldIn(world)).toEqual(['a:bob']);
    await subscribe('cid');
    world.clock.advance(seconds(40));
    await world.publish(event);
    await world.run(world.clock.now() + minutes(1));
    expect(toldIn(world)).toEqual(['a:bob', 'a:ada']);
  });

  it('that is asked too often delays the event, tells the others meanwhile, and loses nobody', async () => {
    const directory = answers({ kind: 'away', retryAfter: seconds(40) }, told(ada));
    const world = aWorld({ directory });
    for (const name of ['ada', 'bob']) await world.capture(sightingOf(name));
    const event = anEvent({ data: { to: [{ user: 'ada@contoso.com' }, { user: '29:bob' }], text: 'hello' } });
    await expect(world.publish(event)).rejects.toMatchObject({
      code: 'directory-away',
      retryAfter: seconds(40),
    });
    await world.run(world.clock.now() + seconds(10));
    expect(toldIn(world)).toEqual(['a:bob']);
    expect(await faults(world)).toEqual([]);
    // The event comes again; or else the sweep finds it.
    world.clock.advance(seconds(40));
    await world.publish(event);
    await world.run(world.clock.now() + minutes(1));
    expect(toldIn(world)).toEqual(['a:bob', 'a:ada']);
    const report = await world.report(notificationId(event.source, event.id), {});
    expect(report?.outcomes).toEqual({ delivered: 2 });
  });

  it('that does not answer delays the event for an hour, and then the operator reads it', async () => {
    const away = { kind: 'away', retryAfter: seconds(30) } as const;
    const world = aWorld({ directory: answers(...Array.from({ length: 500 }, () => away)) });
    await world.capture(sightingOf('ada'));
    const event = anEvent({ data: { to: [{ user: 'ada@contoso.com' }], text: 'hello' } });
    for (let minute = 0; minute < 60; minute += 1) {
      await expect(world.publish(event)).rejects.toMatchObject({ code: 'directory-away' });
      // It comes with the event, and leaves nothing by which it would come more often.
      expect(await world.dueIndex.findOverdue(world.clock.now() + minutes(10), 10)).not.toContainEqual(
        expect.objectContaining({ kind: 'plan' }),
      );
      world.clock.advance(minutes(1));
    }
    expect(await faults(world)).toEqual([]);
    await world.publish(event);
    expect(await faults(world)).toEqual([expect.stringMatching(/has not answered for an hour/)]);
  });

  it('that may not be asked finds nobody, and the operator reads which right is missing', async () => {
    const world = aWorld({ directory: answers({ kind: 'refused' }) });
    await world.capture(sightingOf('ada'));
    await tell(world, { user: 'ada@contoso.com' });
    expect(await faults(world)).toEqual([expect.stringMatching(/User\.Read\.All/)]);
  });
});
