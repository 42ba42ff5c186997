import { beforeEach, describe, expect, it } from 'vitest';
import { conversationKey } from '../../../shared/domain/ids.ts';
import { minutes } from '../../../shared/domain/time.ts';
import { aChat } from '../../support/chat.ts';
import { everyCommand } from '../../support/every-command.ts';
import { tell as tellIn } from '../../support/tell.ts';
import { aWorld, type World } from '../../support/world.ts';

const OBJECT_ID = '5b6f1a10-0000-4000-8000-00000000000a';
const ANA = { id: '29:ana', name: 'Ana', aadObjectId: OBJECT_ID };
const COPILOT = { entities: [{ type: 'ProductInfo', id: 'COPILOT' }] };
const REAL = { channels: new Set(['msteams', 'telegram', 'line']) };
const gone = {
  result: { kind: 'failed', code: 'ConversationNotFound', status: 404, surelyNotSent: true },
} as const;
const at = (id: string, fields: object = {}) => ({
  conversation: { id, conversationType: 'personal', isGroup: false, name: '', tenantId: 'contoso' },
  from: ANA,
  ...fields,
});
const named = (id: string, channelId = 'msteams') => ({ conversation: conversationKey(channelId, id) });

let world: World;
let chat: ReturnType<typeof aChat>;
beforeEach(async () => {
  world = aWorld({ vouching: REAL });
  const { answer } = await everyCommand(world);
  chat = aChat({ world, more: { answer } });
});

const tell = (to: unknown, text: string) => tellIn(world, to, text);

describe('a person whom an event names several ways', () => {
  beforeEach(async () => {
    for (const id of ['a:default', 'a:session-1', 'a:session-2']) await chat.says('hello', at(id));
  });

  it('is told once, in the first conversation named, whatever else names them', async () => {
    const [one, two] = [named('a:session-1'), named('a:session-2')];
    expect(await tell([{ user: OBJECT_ID }, two, one, { everyone: true }], 'a')).toEqual(['a:session-2']);
    expect(await tell([one, two], 'b')).toEqual(['a:session-1']);
    expect(await tell([{ topic: 'builds' }, { user: '29:ana' }, { user: OBJECT_ID }], 'c')).toEqual([
      'a:default',
    ]);
  });

  it('is told in the next one named where the first is gone', async () => {
    world.channel.next('a:session-2', gone);
    expect(await tell([named('a:session-2'), named('a:session-1')], 'a')).toEqual(['a:session-1']);
    expect(await tell(named('a:session-2'), 'b')).toEqual(['a:default']);
  });
});

describe('a person of whom nothing but conversations is known that only answer', () => {
  it('is told in the first of them, and it stays that one; in a session before Copilot', async () => {
    await chat.says('hello', at('a:copilot-1', COPILOT));
    await chat.says('hello', at('a:copilot-2', COPILOT));
    expect(await tell({ everyone: true }, 'a')).toEqual(['a:copilot-1']);
    await chat.says('hello', at('a:copilot-2', COPILOT));
    expect(await tell({ everyone: true }, 'b')).toEqual(['a:copilot-1']);
  });
});

describe('several people by one id', () => {
  const on = (channelId: string, id: string) => ({
    channelId,
    conversation: { id, conversationType: 'personal', isGroup: false, name: '' },
    from: { id: '12345', name: channelId },
  });

  it('are narrowed by the channel, else the one who was met last is told, and nobody else', async () => {
    await chat.says('hello', on('telegram', 't'));
    world.clock.advance(minutes(1));
    await chat.says('hello', on('line', 'l'));
    expect(await tell({ user: '12345' }, 'a')).toEqual(['l']);
    expect(await tell({ user: '12345', channel: 'telegram' }, 'b')).toEqual(['t']);
    expect(await tell({ user: '12345', channel: 'LINE' }, 'c')).toEqual(['l']);
    expect(await tell({ user: '12345', channel: 'msteams' }, 'd')).toEqual([]);
    world.clock.advance(minutes(1));
    await chat.says('hello', on('telegram', 't'));
    expect(await tell({ user: '12345' }, 'e')).toEqual(['t']);
  });
});

describe('a person with more conversations than are kept', () => {
  const ids = Array.from({ length: 60 }, (_each, n) => `a:session-${n}`);

  beforeEach(async () => {
    await chat.says('subscribe builds', at('a:default'));
    for (const id of ids) await chat.says('hello', at(id));
  });

  it('is known by fifty of them, told once, and has their wishes in each, also in one that was dropped', async () => {
    const { reach } = await world.addressees.findAddressee(conversationKey('msteams', 'a:default'));
    expect(reach?.places).toHaveLength(50);
    expect(await tell({ everyone: true }, 'a')).toEqual(['a:default']);
    expect(await chat.hears('subscriptions', at('a:session-0'))).toContain('builds');
    expect((await world.conversations.listConversations({ limit: 10 })).items).toHaveLength(1);
  });

  it('leaves nothing behind in any of them when they are forgotten', async () => {
    await chat.says('forget me now', at('a:default'));
    await world.run(world.clock.now() + minutes(10));
    for (const id of ['a:default', ...ids]) {
      expect(await world.addressees.findAddressee(conversationKey('msteams', id)), id).toEqual({});
    }
  });
});
