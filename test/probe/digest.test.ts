import * as fs from 'node:fs';
import { it } from 'vitest';
import { anEvent } from '../support/builders.ts';
import { aChat } from '../support/chat.ts';
import { everyCommand } from '../support/every-command.ts';
import { aWorld } from '../support/world.ts';
import { notificationId, conversationKey } from '../../shared/domain/ids.ts';
import { parseVouching } from '../../shared/domain/identity/vouching.ts';
import { seconds, minutes } from '../../shared/domain/time.ts';
import { messageLimit, weightOf, showsCards } from '../../shared/domain/delivery/channel-limits.ts';
import { toActivities } from '../../shared/chat/activity.ts';
const out: string[] = []; const log = (s: string) => out.push(s);
const v = parseVouching(undefined, { isLocal: false }); const vouching = v.ok ? v.value : undefined as never;

function strings(x: unknown): string[] { return typeof x === 'string' ? [x] : x && typeof x === 'object' ? Object.values(x).flatMap(strings) : []; }
const kinds: ((n: number) => object)[] = [
  n => ({ text: `short ${n}` }),
  n => ({ text: `${n}😀`.repeat(2000) }),
  n => ({ text: `N${n} ` + '👨‍👩‍👧‍👦'.repeat(600) }),
  n => ({ text: `W${n}` + 'x'.repeat(20000) }),
  n => ({ card: { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: `card ${n} ` + 'lorem '.repeat(400) }], actions: [{ type: 'Action.OpenUrl', title: 'Open', url: 'https://x.example/' + n }] } }),
  n => ({ text: `tc ${n}`, card: { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'Image', url: 'https://x.example/i.png' }] } }),
  n => ({ card: { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'Image', url: `https://x.example/${n}.png` }] } }),
  n => ({ text: `md ${n} [a](https://x.example) **b** \`\`\`\ncode\n` + '| a | b |\n'.repeat(300) }),
  n => ({ text: `nl ${n}\n` + '\n'.repeat(3000) + 'end' }),
  n => ({ text: `"q\\"\u0000\u0001 ${n} ` + '\u0001'.repeat(3000) }),
];
it('floods', async () => {
  for (const channelId of ['msteams','sms']) for (const [type, group] of [['personal', false], ['groupChat', true]] as const) {
    const world = aWorld({ vouching, burst: { count: 3, window: seconds(60) } });
    const { answer } = everyCommand(world); const chat = aChat({ world, conversationId: 'c:1', more: { answer } });
    const who = { channelId, conversation: { id: 'c:1', conversationType: type, isGroup: group, name: '' }, from: { id: 'u1', name: 'Ana' } } as never;
    await chat.says('hello', who); world.clock.advance(minutes(2));
    const key = conversationKey(channelId, 'c:1');
    const evs: { id: string; ev: any }[] = [];
    for (let n = 0; n < 60; n++) { const ev = anEvent({ id: `e${n}`, data: { to: { conversation: key }, ...kinds[n % kinds.length]!(n), delivery: { mode: 'adHoc' } } as never }); const a = await world.publish(ev); if ((a as any).kind !== 'accepted') log(`NOTACC ${JSON.stringify(a).slice(0, 300)}`); evs.push({ id: notificationId(ev.source, ev.id), ev }); }
    await world.run(world.clock.now() + minutes(60));
    const shown = world.channel.shown;
    const limit = messageLimit(channelId);
    for (const { message } of shown) { const w = weightOf(message as never, limit); if (w > limit.most) log(`OVER ${channelId} ${w}`); if (!showsCards(channelId) && message.card) log(`CARDS ON ${channelId}`); }
    const all = shown.map(({ message }) => strings(message).join('\u0002')).join('\u0003');
    const states: Record<string, number> = {}; const missing: string[] = [];
    for (const { id, ev } of evs) {
      const r = await world.ledger.result({ notification: id as never, conversation: key });
      const s = r ? `${r.outcome}/${r.reason ?? ''}` : 'none'; states[s] = (states[s] ?? 0) + 1;
      if (r?.outcome === 'delivered') { const t: string = ev.data.text ?? ev.data.card.body[0].text ?? ''; const first = [...t].slice(0, 300).join(''); const norm = (x: string) => x.replace(/\s+/g, ' '); if (!norm(all).includes(norm(first).trim())) missing.push(t.slice(0, 12)); }
    }
    log(`${channelId} ${type} messages=${shown.length} ${JSON.stringify(states)} missing=${missing.length} ${JSON.stringify([...new Set(missing.map(m=>m.slice(0,4)))])}`);
    for (const t of ['missed']) { const b = chat.replies.length; let cmd = t; const seen = new Set<string>(); for (let page = 0; page < 400; page++) { const before = chat.replies.length; await chat.says('', { ...(who as object), id: 'p' + page, value: { notifier: cmd } } as never); const rs = chat.replies.slice(before); for (const r of rs as any[]) { const msg = { text: r.text, ...(r.attachments ? { card: r.attachments[0].content } : {}) }; const w = weightOf(msg, limit); if (w > limit.most) log(`MISSED OVER ${channelId} ${w} > ${limit.most} text=${r.text?.length}`); } const m = JSON.stringify(rs).match(/show all [\w-]{43}[^"\\]*/); if (!m) { log(`missed pages ${page + 1} last ${JSON.stringify(rs).slice(-150)}`); break; } cmd = m[0]!; if (seen.has(cmd)) { log('CYCLE '+cmd); break; } seen.add(cmd); if (page === 399) log('missed: still more ' + cmd); } }
  }
}, 300000);
it('write', () => fs.writeFileSync('/tmp/digest.txt', out.join('\n')));
