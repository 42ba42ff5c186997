import * as fs from 'node:fs';
import { it } from 'vitest';
import { anEvent } from '../support/builders.ts';
import { aChat } from '../support/chat.ts';
import { everyCommand } from '../support/every-command.ts';
import { aWorld } from '../support/world.ts';
import { notificationId } from '../../shared/domain/ids.ts';
import { parseVouching } from '../../shared/domain/identity/vouching.ts';
import { seconds, minutes } from '../../shared/domain/time.ts';
import { parseActivity } from '../../shared/adapters/bot/activity/inbound-activity.ts';
const out: string[] = []; const log = (s: string) => out.push(s);
const v = parseVouching(undefined, { isLocal: false }); const vouching = v.ok ? v.value : undefined as never;
function full(world = aWorld()) { const { answer } = everyCommand(world); return aChat({ world, more: { answer } }); }
const show = (rs: object[]) => JSON.stringify(rs.map((r: any) => r.type === 'invokeResponse' ? r.value : r.text)).slice(0, 400);
const deep = (n: number) => { let x: unknown = 1; for (let i=0;i<n;i++) x = [x]; return x; };

it('value too large', async () => {
  const chat = full(); await chat.says('hello'); chat.world.clock.advance(60000);
  for (const value of [deep(1000), 'x'.repeat(200000), { notifier: 'status', x: 'y'.repeat(200000) }, 'str', 5, false, 0, '', null, [], {}, [[]]]) {
    const p = parseActivity({ type: 'message', id: 'm' + Math.random(), channelId: 'msteams', serviceUrl: 'https://smba.trafficmanager.net/emea/', conversation: { id: 'a:1', conversationType: 'personal' }, from: { id: '29:ana', name: 'Ana' }, value }, '28:bot');
    if (!p.ok) { log('refused'); continue; }
    const b = chat.replies.length; await chat.says('', p.value as never);
    log(`MSG value ${JSON.stringify(value)?.slice(0, 40)} -> ${show(chat.replies.slice(b))}`);
    const q = parseActivity({ type: 'invoke', name: 'adaptiveCard/action', id: 'm' + Math.random(), channelId: 'msteams', serviceUrl: 'https://smba.trafficmanager.net/emea/', conversation: { id: 'a:1', conversationType: 'personal' }, from: { id: '29:ana', name: 'Ana' }, value }, '28:bot');
    if (!q.ok) continue; const c = chat.replies.length; await chat.says('', q.value as never); log(`INV value -> ${show(chat.replies.slice(c))}`);
  }
  // automatic with capital, nested
  for (const value of [{ trigger: 'Automatic', action: { type: 'Action.Execute', data: { notifier: 'status' } } }, { trigger: 'automatic', action: { type: 'Action.Execute', data: { notifier: 'status' } } }, { action: { trigger: 'automatic', data: { notifier: 'status' } } }]) {
    const c = chat.replies.length; await chat.says('', { type: 'invoke', name: 'adaptiveCard/action', id: 'i' + Math.random(), value } as never); log(`AUTO ${JSON.stringify(value)} ${show(chat.replies.slice(c))}`);
  }
});
it('group press repeats', async () => {
  for (const channelId of ['msteams', 'webchat']) {
    const world = aWorld({ vouching }); const chat = full(world);
    const group = { channelId, conversation: { id: '19:g', conversationType: 'groupChat', isGroup: true, name: '' } } as object;
    await chat.says('hello', { ...group, from: { id: '29:ana', name: 'Ana' } } as never);
    await chat.says('hello', { ...group, from: { id: '29:bob', name: 'Bob' } } as never);
    world.clock.advance(60000);
    const press = async (who: string, dt: number, n: string, cmd = 'remind me to x in 20 minutes') => { world.clock.advance(dt); const b = chat.replies.length; await chat.says('', { ...group, id: n, from: { id: who, name: '' }, value: { notifier: cmd, notifierPress: 'abcdefghijklmnop' } } as never); return show(chat.replies.slice(b)); };
    log(`GROUP ${channelId} 1 ${await press('29:ana', 0, 'f1')}`);
    log(`GROUP ${channelId} 89s ${await press('29:ana', 89000, 'f2')}`);
    log(`GROUP ${channelId} bob ${await press('29:bob', 0, 'f3')}`);
    log(`GROUP ${channelId} back ${(world.clock.set(world.clock.now() - 3600000), await press('29:ana', 0, 'f4'))}`);
    log(`GROUP ${channelId} 91s ${(world.clock.set(world.clock.now() + 3600000), await press('29:ana', 91000, 'f5'))}`);
    // 12 turns between
    for (let i = 0; i < 13; i++) await chat.says('status', { ...group, from: { id: '29:ana', name: 'Ana' } } as never);
    log(`GROUP ${channelId} after 13 ${await press('29:ana', 1000, 'f6')}`);
  }
});
it('survey', async () => {
  const world = aWorld({ vouching }); const chat = full(world);
  const at = (id: string, user: string, channelId = 'msteams') => ({ channelId, conversation: { id, conversationType: 'personal' }, from: { id: user, name: user } }) as object;
  await chat.says('hello', at('a:ana', '29:ana') as never); await chat.says('hello', at('a:bob', '29:bob') as never); await chat.says('hello', at('w:mal', '29:ana', 'webchat') as never);
  world.clock.advance(60000);
  for (const mode of ['adHoc', 'interrupt']) {
  const ev = anEvent({ type: 'survey.requested', data: { to: { user: '29:ana' }, question: 'Q?', choices: ['a', 'b'], replyTo: 'outcomes', delivery: { mode } } as never });
  const acc = await world.publish(ev); await world.run();
  const id = notificationId(ev.source, ev.id);
  log(`SURVEY acc ${JSON.stringify(acc).slice(0, 100)} shown ${JSON.stringify(world.channel.shown.at(-1)?.message.card).slice(0, 600)}`);
  for (const who of [at('a:bob', '29:bob'), at('w:mal', '29:ana', 'webchat'), at('a:ana', '29:ana')]) for (const value of [{ notifier: `answer ${id} 1` }, { notifier: `answer ${id} 2` }, { notifier: `answer ${id} 0` }, { notifier: `answer ${id} 99` }, { notifier: `answer ${id} -1` }, { notifier: `answer ${id} 1e0` }]) {
    const b = chat.replies.length; await chat.says('', { ...who, value } as never); log(`${(who as any).conversation.id} ${value.notifier.slice(-4)} ${show(chat.replies.slice(b))}`);
  }
  }
  log(JSON.stringify((world.outcomes as any)).slice(0, 1500));
});
it('huge maxWait', async () => {
  const world = aWorld(); const chat = full(world); await chat.says('hello'); await chat.says('book travel');
  for (const d of [{ mode: 'wait', maxWait: 'PT2500000000H' }, { mode: 'wait', maxWait: 'PT999999999H' }, { mode: 'wait', maxWait: 'P9999999W', expiresAt: '9999-12-31T23:59:59Z' }, { mode: 'wait', maxWait: 'PT0S' }]) {
    try { const r = await world.publish(anEvent({ data: { to: { user: '29:ana' }, text: JSON.stringify(d), delivery: d } as never })); await world.run(world.clock.now() + minutes(1)); log(`MAXWAIT ${JSON.stringify(d)} ${JSON.stringify(r)} shown=${world.channel.shown.filter(s => s.message.text?.startsWith('{')).length} next=${world.deliveries.nextAt}`); } catch (e) { log(`MAXWAIT THROWS ${JSON.stringify(d)} ${(e as Error).stack?.slice(0, 500)}`); }
  }
});
it('write', () => fs.writeFileSync('/tmp/press.txt', out.join('\n')));
