import { beforeEach, describe, expect, it } from 'vitest';
import { proofsOf } from '../../../shared/domain/identity/proofs.ts';
import { conversationKey, tenantKey } from '../../../shared/domain/ids.ts';
import { minutes, seconds } from '../../../shared/domain/time.ts';
import { aChat } from '../../support/chat.ts';
import { everyCommand } from '../../support/every-command.ts';
import { undeciphered } from '../../support/fakes/scripted-messenger.ts';
import { tell as tellIn } from '../../support/tell.ts';
import { aWorld, type World } from '../../support/world.ts';

const OBJECT_ID = '5b6f1a10-0000-4000-8000-00000000000a';
const ANA = { id: '29:ana', name: 'Ana', aadObjectId: OBJECT_ID };
const COPILOT = { entities: [{ type: 'ProductInfo', id: 'COPILOT' }] };
const at = (id: string, fields: object = {}) => ({
  conversation: { id, conversationType: 'personal', isGroup: false, name: '', tenantId: 'contoso' },
  from: ANA,
  ...fields,
});
const key = (id: string) => conversationKey('msteams', id);

let world: World;
let chat: ReturnType<typeof aChat>;
beforeEach(async () => {
  world = aWorld();
  const { answer } = await everyCommand(world);
  chat = aChat({ world, more: { answer } });
});

const tell = (to: unknown, text: string, delivery?: object) => tellIn(world, to, text, delivery);

describe('somebody who wrote in a thread of their chat on Slack', () => {
  it('is told in the chat, and has one conversation', async () => {
    const on = (id: string) => ({
      channelId: 'slack',
      conversation: { id, isGroup: false, name: '' },
      from: { id: 'U1:T1', name: 'Ana' },
    });
    await chat.says('hello', on('B1:T1:D1'));
    await chat.says('hello', on('B1:T1:D1:1700000000.000100'));
    expect(await tell({ everyone: true }, 'news')).toEqual(['B1:T1:D1']);
  });
});

describe('somebody who is one on two channels', () => {
  const from = { id: 'telegram-ana', name: 'Ana', aadObjectId: OBJECT_ID };
  const elsewhere = at('t:1', { channelId: 'telegram', from });
  const remove = { type: 'installationUpdate', action: 'remove' };
  const add = { type: 'installationUpdate', action: 'add' };

  it.each([
    ['used last', true],
    ['used before', false],
  ])(
    'is told on the other one when the bot is removed from that %s, and wants what they wanted',
    async (_which, isLast) => {
      await chat.says('hello', at('a:default'));
      await chat.says('subscribe builds', elsewhere);
      if (isLast) await chat.says('hello', at('a:default'));
      await chat.says('', at('a:default', remove));
      expect(await tell({ topic: 'builds' }, 'one')).toEqual(['t:1']);
      expect(await tell({ user: OBJECT_ID }, 'two')).toEqual(['t:1']);
      await chat.says('', at('a:default', add));
      expect(await tell({ everyone: true }, 'three')).toEqual(['a:default']);
      for (const left of [at('a:default', remove), { ...elsewhere, ...remove }]) await chat.says('', left);
      expect(await tell({ everyone: true }, 'four')).toEqual([]);
    },
  );

  it.each(['BotNotInConversationRoster', 'ConversationBlockedByUser', 'BotDisabledByAdmin'])(
    'is told on the other one when that used last answers %s, and nowhere where both do',
    async (code) => {
      const refused = { result: { kind: 'failed', status: 403, code, surelyNotSent: true } } as const;
      await chat.says('hello', elsewhere);
      await chat.says('hello', at('a:default'));
      await chat.says('hello', at('a:session-1'));
      world.channel.next('a:default', refused);
      expect(await tell({ everyone: true }, 'one')).toEqual(['t:1']);
      expect(await tell({ user: OBJECT_ID }, 'two')).toEqual(['t:1']);
      expect((await world.conversations.findConversation(key('t:1')))?.suppressed).toBeUndefined();
      await chat.says('hello', at('a:default'));
      expect(await tell({ everyone: true }, 'three')).toEqual(['a:default']);
      for (const id of ['a:default', 't:1']) world.channel.next(id, refused);
      expect(await tell({ everyone: true }, 'four')).toEqual([]);
      const { record } = await world.addressees.findAddressee(conversationKey('telegram', 't:1'));
      expect(record?.suppressed).toBeDefined();
    },
  );

  it('is told a new state by a message of its own where the channel of the earlier one refuses them', async () => {
    await chat.says('hello', elsewhere);
    await chat.says('hello', at('a:default'));
    expect(await tell({ user: OBJECT_ID }, 'fails', { key: 'build' })).toEqual(['a:default']);
    const result = {
      kind: 'failed',
      status: 403,
      code: 'ConversationBlockedByUser',
      surelyNotSent: true,
    } as const;
    world.channel.nextChange('a:default', { result });
    // The later one of two that are told at the same moment is known by its id alone.
    world.clock.advance(minutes(1));
    expect(await tell({ user: OBJECT_ID }, 'works', { key: 'build' })).toEqual(['t:1']);
    expect(await tell({ everyone: true }, 'news')).toEqual(['t:1']);
  });

  it('leaves no row of either when they are forgotten on one of them', async () => {
    await chat.says('hello', at('a:default'));
    await chat.says('hello', elsewhere);
    await chat.says('hello', at('a:default'));
    await chat.says('forget me now', at('a:default'));
    await world.run(world.clock.now() + minutes(5));
    for (const [account, channelId] of [
      [ANA, 'msteams'],
      [from, 'telegram'],
    ] as const) {
      const scope = { channelId, tenant: tenantKey({ tenantId: 'contoso', channelId: 'msteams' }) };
      for (const { kind, id, person } of proofsOf(account, scope, world.vouching)) {
        expect(await world.conversations.findPerson(person), id).toBeUndefined();
        expect(await world.conversations.peopleKnownBy(kind, id), id).toEqual([]);
        expect(await world.addressees.provenBy(person), id).toBeUndefined();
      }
    }
    expect(await world.conversations.findConversation(key('a:default'))).toBeUndefined();
  });
});

describe('somebody whose bot has another identity', () => {
  it('is told in what the channel opens for it, and in none of the conversations of before', async () => {
    const before = ['a:default', 'a:session-1', 'a:session-2'];
    for (const id of before) await chat.says('hello', at(id));
    world.channel.next('a:default', ...Array.from({ length: 3 }, () => ({ result: undeciphered })));
    const opened = `personal-with-${OBJECT_ID}`;
    expect(await tell({ everyone: true }, 'one')).toEqual([opened]);
    const { reach } = await world.addressees.findAddressee(key('a:default'));
    expect(reach?.places.filter(({ isGone }) => isGone !== true)).toMatchObject([{ key: key(opened) }]);
    // Named, the others lead to where the person is now.
    expect(await tell({ conversation: key('a:session-1') }, 'two')).toEqual([opened]);
  });

  it('is none whom Copilot names by an id of its own', async () => {
    await chat.says('hello', at('a:default'));
    await chat.says('hello', at('a:session-1'));
    await chat.says(
      'hello',
      at('a:copilot', { ...COPILOT, recipient: { id: '28:copilot', name: 'Notifier' } }),
    );
    expect(await tell({ everyone: true }, 'one')).toEqual(['a:default']);
    const { reach } = await world.addressees.findAddressee(key('a:default'));
    expect(reach?.places.map(({ kind, isGone = false }) => [kind, isGone])).toEqual([
      ['default', false],
      ['session', false],
      ['copilot', false],
    ]);
  });
});

describe('a conversation that is named', () => {
  it('waits for the dialog that is open in it', async () => {
    for (const id of ['a:default', 'a:session-1']) await chat.says('hello', at(id));
    await chat.says('book travel', at('a:session-1'));
    await tell({ conversation: key('a:session-1') }, 'later');
    expect(world.channel.textsIn('a:session-1').join()).not.toContain('later');
    world.clock.advance(seconds(30));
    await chat.says('cancel', at('a:session-1'));
    await world.run(world.clock.now() + minutes(2));
    expect(world.channel.textsIn('a:session-1').join()).toContain('later');
  });

  it.each([
    ['was spoken in', 'hello'],
    ['is known, and nothing was said in', ''],
  ])('that %s does not wait for the dialog that is open where the person is told', async (_what, said) => {
    await chat.says('hello', at('a:default'));
    if (said !== '') await chat.says(said, at('a:session-1'));
    else await meetsIn('a:session-1');
    await chat.says('book travel', at('a:default'));
    expect(await tell({ everyone: true }, 'held back')).toEqual([]);
    expect(await tell({ conversation: key('a:session-1') }, 'at once')).toEqual(['a:session-1']);
  });
});

async function meetsIn(conversationId: string): Promise<void> {
  await world.capture({
    change: 'seen',
    speaker: ANA,
    reference: {
      channelId: 'msteams',
      serviceUrl: 'https://smba.trafficmanager.net/emea/',
      conversationType: 'personal',
      conversationId,
      tenantId: 'contoso',
      bot: { id: '28:bot', name: 'Notifier' },
      user: ANA,
    },
  });
}
