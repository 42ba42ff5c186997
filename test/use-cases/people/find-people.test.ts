import { beforeEach, describe, expect, it } from 'vitest';
import { defined } from '../../../shared/domain/defined.ts';
import { conversationKey } from '../../../shared/domain/ids.ts';
import { minutes } from '../../../shared/domain/time.ts';
import { findPeople } from '../../../shared/use-cases/people/find-people.ts';
import { resolvePerson } from '../../../shared/use-cases/people/resolve-person.ts';
import { aConversation, anEvent } from '../../support/builders.ts';
import { aChat } from '../../support/chat.ts';
import { everyCommand } from '../../support/every-command.ts';
import { aWorld, type World } from '../../support/world.ts';

const ANA = { id: '29:ana', name: 'Ana', aadObjectId: '5b6f1a10-0000-4000-8000-00000000000a' };
const key = (id: string, channelId = 'msteams') => conversationKey(channelId, id);

/** What Ana says in a conversation, and the fields of its activity. */
function at(id: string) {
  return {
    conversation: { id, conversationType: 'personal', isGroup: false, name: '', tenantId: 'contoso' },
    from: ANA,
  };
}

let world: World;

beforeEach(() => {
  world = aWorld();
});

async function talk() {
  const { answer } = await everyCommand(world);
  return aChat({ world, more: { answer } });
}

const foundBy = async (text: string) => {
  const found = await findPeople(world)(text, { limit: 10 });
  return found === 'too-short' ? found : found.people.map((person) => person.key);
};

/** Of `people show` and what else needs one person. */
const resolvedBy = async (text: string) => {
  const resolved = await resolvePerson(world)(text);
  return resolved.kind === 'one' ? resolved.person.key : resolved.kind;
};

describe('a person', () => {
  it.each(['msteams', 'slack', 'webchat', 'directline', 'telegram', 'emulator'])(
    'is found by a key and by a conversation id on %s',
    async (channelId) => {
      const ana = aConversation({ channelId, conversationId: 'Ab1|0000042', user: ANA });
      await world.knows(ana, aConversation());
      for (const text of [ana.key, 'Ab1|0000042', ' Ab1|0000042 '])
        expect(await foundBy(text)).toEqual([ana.key]);
      for (const text of [ana.key, 'Ab1|0000042']) expect(await resolvedBy(text)).toBe(ana.key);
      expect(await foundBy('ab1|0000042')).toEqual([]);
    },
  );

  it('is one of several where the id of their conversation is another’s own on another channel', async () => {
    const id = '123456789';
    const ana = aConversation({ channelId: 'telegram', conversationId: id, user: { id, name: 'Ana' } });
    await world.knows(ana, aConversation());
    expect(await resolvedBy(id)).toBe(ana.key);
    const bob = aConversation({ channelId: 'slack', conversationId: 'B1:T1:D1', user: { id, name: 'Bob' } });
    await world.knows(bob);
    expect(await resolvedBy(id)).toBe('several');
    for (const { key } of [ana, bob]) expect(await resolvedBy(key)).toBe(key);
    const cy = aConversation({ channelId: 'webchat', conversationId: 'one', user: { id: 'cy' } });
    const dee = aConversation({ channelId: 'slack', conversationId: 'one', user: { id: 'dee' } });
    await world.knows(cy, dee);
    expect(await resolvedBy('one')).toBe('several');
  });

  it('is found by each of several conversations, by their keys and ids', async () => {
    const chat = await talk();
    for (const id of ['a:first', 'a:session-1', 'a:session-2']) await chat.says('hello', at(id));
    for (const id of ['a:first', 'a:session-1', 'a:session-2']) {
      expect(await foundBy(id), id).toEqual([key('a:first')]);
      expect(await foundBy(key(id)), id).toEqual([key('a:first')]);
      expect(await resolvedBy(id), id).toBe(key('a:first'));
    }
  });

  it('is found by the conversation that took the place of another one, and by the one of before', async () => {
    const ana = aConversation({ user: ANA, conversationId: 'a:before' });
    await world.knows(ana);
    const gone = { kind: 'failed', code: 'ConversationNotFound', status: 404, surelyNotSent: true } as const;
    world.channel.next('a:before', { result: gone });
    await world.publish(anEvent({ data: { to: { conversation: ana.key }, text: 'hello' } }));
    await world.run(world.clock.now() + minutes(2));
    const [shown] = world.channel.shown;
    expect(shown?.conversationId).not.toBe('a:before');
    for (const id of ['a:before', shown?.conversationId ?? '']) expect(await foundBy(id)).toEqual([ana.key]);
  });

  it('comes first by an id that begins words of others, and once where it is an id of theirs, too', async () => {
    const ana = aConversation({
      channelId: 'telegram',
      conversationId: '123',
      user: { id: '123', name: 'Ana' },
    });
    const other = aConversation({
      channelId: 'telegram',
      conversationId: '1234',
      user: { id: '1234', name: 'Bo' },
    });
    await world.knows(other, ana);
    expect(await foundBy('123')).toEqual([ana.key, other.key]);
    expect(await resolvedBy('123')).toBe(ana.key);
  });

  it('is shown where the id leads, also where another conversation with them changed since', async () => {
    const user = { id: '123', name: 'Ana' };
    const ana = aConversation({ channelId: 'telegram', conversationId: '123', user, changedAt: 1 });
    await world.knows(ana, aConversation({ channelId: 'telegram', user, changedAt: 2 }));
    expect(await foundBy('123')).toEqual([ana.key]);
  });

  it('is found by an id that looks like a word, where no word begins so', async () => {
    const ana = aConversation({ conversationId: 'lobby', user: ANA });
    await world.knows(ana, aConversation({ user: { id: '29:x', name: 'Lob' } }));
    expect(await foundBy('lobby')).toEqual([ana.key]);
  });

  it('is looked for by reads of keys alone, which do not grow with the people, and words cost none of them', async () => {
    await world.knows(...Array.from({ length: 200 }, () => aConversation()));
    const ana = aConversation({ conversationId: 'a:ana', user: ANA });
    await world.knows(ana);
    let reads = 0;
    const find = findPeople({
      ...world,
      addressees: {
        findAddressee(one) {
          reads += 1;
          return world.addressees.findAddressee(one);
        },
      },
    });
    expect(await find('ana', { limit: 10 })).toMatchObject({ people: [{ key: ana.key }] });
    expect(reads).toBe(0);
    expect(await find('a:ana', { limit: 10 })).toMatchObject({ people: [{ key: ana.key }] });
    expect(reads).toBe(18);
  });

  it('on a later page costs as much to find as on the first', async () => {
    const all = Array.from({ length: 200 }, (_, one) =>
      aConversation({ user: { id: `29:m${one}`, name: 'Kim Müller' } }),
    );
    await world.knows(...all);
    let reads = 0;
    const find = findPeople({
      ...world,
      conversations: {
        findConversation(one) {
          reads += 1;
          return world.conversations.findConversation(one);
        },
      },
    });
    const keys: string[] = [];
    const costs: number[] = [];
    let after: string | undefined;
    do {
      reads = 0;
      const found = await find('mull', { limit: 20, ...defined({ after }) });
      if (found === 'too-short') throw new Error('it is long enough');
      keys.push(...found.people.map((person) => person.key));
      costs.push(reads);
      after = found.after;
    } while (after !== undefined);
    expect(keys.toSorted()).toEqual(all.map((one) => one.key).toSorted());
    expect(costs).toEqual([...Array.from({ length: 9 }, () => 21), 20]);
  });

  it('is not found by a conversation that they share with others', async () => {
    await world.knows(aConversation({ conversationType: 'groupChat', conversationId: '19:all', user: ANA }));
    expect(await foundBy('19:all')).toEqual([]);
    expect(await resolvedBy('19:all')).toBe('nobody');
  });

  it('who was forgotten is found by nothing of theirs', async () => {
    const chat = await talk();
    for (const id of ['a:first', 'a:session-1']) await chat.says('hello', at(id));
    const texts = [
      'a:first',
      'a:session-1',
      key('a:first'),
      key('a:session-1'),
      'ana',
      '29:ana',
      ANA.aadObjectId,
    ];
    for (const text of texts) expect(await foundBy(text), text).toEqual([key('a:first')]);
    await chat.says('forget me now', at('a:first'));
    await world.run(world.clock.now() + minutes(5));
    for (const text of texts) {
      expect(await foundBy(text), text).toEqual([]);
      expect(await resolvedBy(text), text).toBe('nobody');
    }
  });
});
