import * as fs from 'node:fs';
import { it } from 'vitest';
import { anEvent } from '../support/builders.ts';
import { aChat } from '../support/chat.ts';
import { everyCommand } from '../support/every-command.ts';
import { aWorld } from '../support/world.ts';
import { parseVouching } from '../../shared/domain/identity/vouching.ts';
import { conversationKey } from '../../shared/domain/ids.ts';
import { minutes } from '../../shared/domain/time.ts';
const out: string[] = []; const log = (s: string) => out.push(s);
const v = parseVouching(undefined, { isLocal: false }); const vouching = v.ok ? v.value : undefined as never;
const G = '5b6f1a10-0000-4000-8000-000000000001';
it('ids', async () => {
  const world = aWorld({ vouching }); const { answer } = everyCommand(world); const chat = aChat({ world, more: { answer } });
  const victim = { channelId: 'msteams', from: { id: '29:victim', name: 'Vera', aadObjectId: G }, conversation: { id: 'a:victim', conversationType: 'personal', isGroup: false, name: '', tenantId: 't1' } } as never;
  await chat.says('hello', victim); await chat.says('subscribe builds', victim); await chat.says('remind me to meet x in 5 hours', victim);
  const tries: [string, object][] = [
    ['telegram id = guid', { channelId: 'telegram', from: { id: G, name: 'M' }, conversation: { id: 'tg', conversationType: 'personal' } }],
    ['telegram aad', { channelId: 'telegram', from: { id: 'm', name: 'M', aadObjectId: G }, conversation: { id: 'tg2', conversationType: 'personal' } }],
    ['msteams other tenant same oid', { channelId: 'msteams', from: { id: '29:m', name: 'M', aadObjectId: G }, conversation: { id: 'a:m', conversationType: 'personal', tenantId: 't2' } }],
    ['MSTEAMS upper', { channelId: 'MSTEAMS', from: { id: '29:victim', name: 'M', aadObjectId: G }, conversation: { id: 'a:u', conversationType: 'personal', tenantId: 't1' } }],
    ['msteams space', { channelId: 'msteams ', from: { id: '29:victim', name: 'M', aadObjectId: G }, conversation: { id: 'a:u2', conversationType: 'personal', tenantId: 't1' } }],
    ['webchat same conv id', { channelId: 'webchat', from: { id: '29:victim', name: 'M', aadObjectId: G }, conversation: { id: 'a:victim', conversationType: 'personal', tenantId: 't1' } }],
    ['webchat group', { channelId: 'webchat', from: { id: '29:victim', name: 'M', aadObjectId: G }, conversation: { id: 'g', conversationType: 'groupChat', isGroup: true, tenantId: 't1' } }],
    ['webchat membersAdded', { channelId: 'webchat', type: 'conversationUpdate', membersAdded: [{ id: '29:victim', aadObjectId: G }], from: { id: 'm' }, conversation: { id: 'wm', conversationType: 'personal', tenantId: 't1' } }],
    ['webchat installationUpdate remove', { channelId: 'webchat', type: 'installationUpdate', action: 'remove', from: { id: '29:victim', aadObjectId: G }, conversation: { id: 'a:victim', conversationType: 'personal', tenantId: 't1' } }],
    ['webchat bot id in from', { channelId: 'webchat', from: { id: '29:victim' }, recipient: { id: '29:victim' }, conversation: { id: 'wb', conversationType: 'personal' } }],
  ];
  const tell = async (to: object, t: string) => { await world.publish(anEvent({ id: t, data: { to, text: t } as never })); await world.run(world.clock.now() + minutes(2)); return JSON.stringify(world.channel.shown.filter(s => s.message.text === t).map(s => s.conversationId)); };
  let n = 0; const vk = conversationKey('msteams','a:victim');
  for (const [name, who] of tries) {
    const fields = { recipient: { id: '28:bot', name: 'B' }, ...who } as never; n++;
    await chat.says('hello', fields); world.clock.advance(20000);
    const ex = await chat.hears('export my data', fields); const rs = await chat.hears('reminders', fields); const su = await chat.hears('subscriptions', fields); const ca = await chat.hears('cancel reminder 1', fields);
    log(`${name}: export has Vera=${/Vera/.test(ex)} meet=${/meet x/.test(ex + rs)} builds=${/builds/.test(su)} cancel=${ca.slice(0, 50)} | oid->${await tell({ user: G }, 'o' + n)} id->${await tell({ user: '29:victim' }, 'i' + n)} UP->${await tell({ user: G.toUpperCase() }, 'u' + n)} tg->${await tell({ user: G, channel: 'telegram' }, 't' + n)} wc->${await tell({ user: '29:victim', channel: 'webchat' }, 'w' + n)}`);
    await chat.says('forget me now', fields); await world.run(world.clock.now() + minutes(2));
    log(`   after forget: victim gets ${await tell({ user: G }, 'f' + n)} reminders=${(await world.reminders.of(vk)).reminders.length} subs=${(await chat.hears('subscriptions', victim)).includes('builds')}`);
  }
}, 60000);
it('write', () => fs.writeFileSync('/tmp/ident.txt', out.join('\n')));
