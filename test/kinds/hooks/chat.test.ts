import { describe, expect, it } from 'vitest';
import { answer } from '../../../shared/chat/answer.ts';
import { findPersonZone } from '../../../shared/chat/person-zone.ts';
import { namesOf } from '../../../shared/domain/identity/proofs.ts';
import { seconds } from '../../../shared/domain/time.ts';
import { hookCommands } from '../../../shared/kinds/hooks/commands/commands.ts';
import { hookStore } from '../../../shared/kinds/hooks/hook.ts';
import { openHooks } from '../../../shared/kinds/hooks/hooks.ts';
import { aConversation } from '../../support/builders.ts';
import { aChat } from '../../support/chat.ts';
import { tripBook } from '../../support/trip.ts';
import { aWorld } from '../../support/world.ts';
import { aHook } from './a-hook.ts';

/** Somebody in a chat with the product, web hooks among it. */
async function aHookChat() {
  const world = aWorld({
    kinds: [openHooks],
  });
  const chat = aChat({
    world,
    dialogs: tripBook,
    more: {
      answer: answer({
        ...world,
        offers: [],
        defaultTimeZone: 'UTC',
        dialogs: tripBook.names,
        commands: await world.kindCommands(),
      }),
    },
  });
  await chat.says('hello');
  return {
    world,
    hears: chat.hears,
    hooks: hookStore(world),
    desk: {
      ...world,
      hooks: hookStore(world),
      announce: world.announce,
      personZone: findPersonZone({ ...world, defaultTimeZone: 'UTC' }),
    },
    of: () => hookStore(world).of(chat.key),
    key: chat.key,
  };
}

describe('a web hook in the chat', () => {
  it('is made by one sentence, and its secret is kept by nobody', async () => {
    const chat = await aHookChat();
    const said = await chat.hears('create webhook grafana');
    const [, id, secret = 'none'] =
      /https:\/\/notifier\.example\.com\/api\/hooks\/([\w-]{16})\.([\w-]{43})/.exec(said) ?? [];
    const [own] = await chat.of();
    expect(own).toMatchObject({ key: id, value: { name: 'grafana' } });
    expect(JSON.stringify(await chat.of())).not.toContain(secret);
    expect(JSON.stringify(await chat.world.kinds.exportPersonalData(chat.key))).not.toMatch(
      new RegExp(`${secret}|${own?.value.hash}`),
    );
    expect(await chat.hears('webhooks')).toContain('grafana');
    expect(await chat.hears('webhooks')).not.toContain('/api/hooks/');
  });

  it('asks for a name, refuses a second of one name, and tells topics that operators allow', async () => {
    const chat = await aHookChat();
    await chat.hears('create webhook grafana');
    expect(await chat.hears('create webhook grafana')).toContain('already');
    expect(await chat.hears('create webhook ci as secret/board')).toContain('alerts/');
    expect(await chat.hears('create webhook ci as alerts/ci')).toContain('/api/hooks/');
    expect((await chat.of()).map(({ value }) => value.topic).filter(Boolean)).toEqual(['alerts/ci']);
  });

  it('is rotated, changed and deleted, in German as well', async () => {
    const chat = await aHookChat();
    await chat.hears('webhook anlegen grafana');
    const [before] = await chat.of();
    await chat.hears('rotate webhook grafana');
    const [after] = await chat.of();
    expect(after?.value.former?.hash).toBe(before?.value.hash);
    await chat.hears('webhook grafana reply');
    await chat.hears('webhook grafana secret correct horse');
    expect((await chat.of())[0]?.value.rules).toEqual({ onRepeat: 'reply', secret: 'correct horse' });
    await chat.hears('webhook grafana secret off');
    expect((await chat.of())[0]?.value.rules).toEqual({ onRepeat: 'reply' });
    expect(await chat.hears('webhook grafana nonsense')).toContain('You can say');
    expect(await chat.hears('webhook help grafana')).toContain('Contact points');
    expect(await chat.hears('delete webhook grafana')).toContain('gone');
    expect(await chat.of()).toEqual([]);
  });

  it('is one of twenty at most, whoever deletes one may make another', async () => {
    const chat = await aHookChat();
    for (let number = 1; number <= 20; number += 1) {
      expect(await chat.hears(`create webhook h${number}`)).toContain('/api/hooks/');
    }
    expect(await chat.hears('create webhook h21')).toContain('There are 20 webhooks already');
    expect(await chat.of()).toHaveLength(20);
    await chat.hears('delete webhook h7');
    expect(await chat.hears('create webhook h21')).toContain('/api/hooks/');
    expect(await chat.of()).toHaveLength(20);
  });

  it('that is the twentieth is shown again to whoever was not heard', async () => {
    const { world, desk, hooks } = await aHookChat();
    const owner = aConversation();
    await world.knows(owner);
    const create = hookCommands(desk).find(({ name }) => name === 'create webhook');
    const says = (name: string) =>
      create?.run({ conversation: owner, id: `turn ${name}`, at: 0, text: '', locale: 'en' }, name);
    for (let number = 1; number < 20; number += 1) await says(`h${number}`);
    expect((await says('h20'))?.text).toContain('/api/hooks/');
    expect((await says('h20'))?.text).toContain('/api/hooks/');
    expect((await says('h21'))?.text).toContain('There are 20 webhooks already');
    expect(await hooks.of(owner.key)).toHaveLength(20);
  });

  it('goes with whoever is forgotten', async () => {
    const { world, owner, hooks, post } = await aHook();
    await world.kinds.forgetPersonalData(owner);
    expect(await hooks.of(owner.key)).toEqual([]);
    expect(await post('{"text":"x"}')).toMatchObject({ status: 404 });
  });

  it('of a place is shown to who asked, alone and once; who has no chat is asked to write first', async () => {
    const { world, desk } = await aHookChat();
    const ana = aConversation({ user: { id: '29:ana', name: 'Ana' } });
    const place = aConversation({ conversationType: 'groupChat' });
    await world.knows(ana, place);
    const commands = hookCommands(desk);
    const says = (name: string, argument: string, where = place, speaker = ana.user) =>
      commands
        .find((command) => command.name === name)
        ?.run(
          { conversation: where, id: argument, at: 0, text: '', locale: 'en', ...(speaker && { speaker }) },
          argument,
        );
    const stranger = await says('create webhook', 'ops', place, { id: '29:eve' });
    expect(stranger?.text).toContain('personal chat first');
    const reply = await says('create webhook', 'ops');
    expect(reply?.text).not.toContain('/api/hooks/');
    await world.run(world.clock.now() + seconds(60));
    const invited = world.channel.shown.filter((shown) => JSON.stringify(shown).includes('webhook address'));
    expect(invited.map(({ conversationId }) => conversationId)).toEqual([ana.conversationId]);
    const [id = ''] = /webhook address [\w-]{16}/.exec(JSON.stringify(world.channel.shown)) ?? [];
    const argument = id.slice('webhook address '.length);
    expect((await says('webhook address', argument))?.text).not.toContain('/api/hooks/');
    expect((await says('webhook address', argument, ana))?.text).toContain('/api/hooks/');
    expect((await says('webhook address', argument, ana))?.text).not.toContain('/api/hooks/');
    expect((await says('webhooks', ''))?.text).toContain('ops');
  });

  it('of a place is shown to who asked also after they became one person with another key', async () => {
    const { world, desk, hooks } = await aHookChat();
    const user = { id: '29:ana', name: 'Ana' };
    const [elder, ana] = [aConversation({ user }), aConversation({ user })];
    const place = aConversation({ conversationType: 'groupChat' });
    await world.knows(elder, ana, place);
    const commands = hookCommands(desk);
    const says = (name: string, argument: string, where: typeof place) =>
      commands
        .find((command) => command.name === name)
        ?.run({ conversation: where, id: argument, at: 0, text: '', locale: 'en', speaker: user }, argument);
    await says('create webhook', 'ops', place);
    const [hook] = await hooks.of(place.key);
    expect(hook?.value.shownTo).toBe(ana.key);
    await world.merge(ana.key, elder.key, { latest: elder.key, locale: 'en' });
    const persons = namesOf(user, elder, world.vouching);
    expect(await world.kinds.exportOfMember(place.key, persons)).toMatchObject({ hooks: [{ name: 'ops' }] });
    expect(
      await world.kinds.exportOfMember(place.key, namesOf({ id: '29:bob' }, elder, world.vouching)),
    ).toEqual({});
    expect((await says('webhook address', hook?.key ?? '', elder))?.text).toContain('/api/hooks/');
    expect((await says('webhook address', hook?.key ?? '', elder))?.text).not.toContain('/api/hooks/');
  });

  it.each([
    ['in the place', false],
    ['after their own chat', true],
  ])(
    'of a place does not name who asked for it and never looked, once they are forgotten %s',
    async (_when, isAfter) => {
      const { world, desk, hooks } = await aHookChat();
      const ana = aConversation({ user: { id: '29:ana', name: 'Ana' } });
      const bob = aConversation({ user: { id: '29:bob', name: 'Bob' } });
      const place = aConversation({ conversationType: 'groupChat' });
      await world.knows(ana, bob, place);
      const create = hookCommands(desk).find(({ name }) => name === 'create webhook');
      for (const { user } of [ana, bob]) {
        const turn = {
          conversation: place,
          id: `turn of ${user?.id}`,
          at: 0,
          text: '',
          locale: 'en',
          ...(user && { speaker: user }),
        };
        await create?.run(turn, `of-${user?.name?.toLowerCase()}`);
      }
      const persons = namesOf(ana.user, ana, world.vouching);
      expect(await world.kinds.exportOfMember(place.key, persons)).toMatchObject({
        hooks: [{ name: 'of-ana' }],
      });
      if (isAfter)
        await world.personalData.forgetConversation(
          { ...ana, conversation: ana.key, scope: 'conversation', persons },
          { withDeliveries: false },
        );
      await world.kinds.forgetMember(place.key, persons);
      const left = (await hooks.of(place.key)).map(({ value }) => [value.name, value.shownTo]);
      expect(new Map(left as [string, unknown][])).toEqual(
        new Map([
          ['of-ana', undefined],
          ['of-bob', bob.key],
        ]),
      );
    },
  );

  it('of a channel is changed by whoever installed the bot only, and listed by all', async () => {
    const { world, desk } = await aHookChat();
    const owner = { id: '29:owner', name: 'Olga' };
    const channel = aConversation({
      conversationType: 'channel',
      installedBy: owner,
      team: { id: '19:team' },
    });
    await world.knows(channel);
    const commands = hookCommands(desk);
    const turn = { conversation: channel, id: 't', at: 0, text: '', locale: 'en', speaker: { id: '29:eve' } };
    for (const name of ['create webhook', 'rotate webhook', 'delete webhook']) {
      const reply = await commands.find((command) => command.name === name)?.run(turn, 'ops');
      expect(reply?.text).toContain('Olga');
    }
    expect((await commands.find(({ name }) => name === 'webhooks')?.run(turn, ''))?.text).not.toContain(
      'Olga',
    );
  });

  it('is not made where nobody vouches for who speaks', async () => {
    const { desk } = await aHookChat();
    const commands = hookCommands({ ...desk, vouching: { channels: new Set() } });
    const turn = { conversation: aConversation(), id: 't', at: 0, text: '', locale: 'de' };
    const reply = await commands.find(({ name }) => name === 'create webhook')?.run(turn, 'ops');
    expect(reply?.text).toContain('keine Webhooks');
  });
});
