import * as fs from 'node:fs';
import { it } from 'vitest';
import { anEvent, aConversation } from '../support/builders.ts';
import { aWorld } from '../support/world.ts';
import { notificationId } from '../../shared/domain/ids.ts';
import { parseVouching } from '../../shared/domain/identity/vouching.ts';
import { seconds, minutes, hours, days } from '../../shared/domain/time.ts';
const out: string[] = []; const log = (s: string) => out.push(s);
const v = parseVouching(undefined, { isLocal: false }); const vouching = v.ok ? v.value : undefined as never;
const F = (status: number, code: string, more = {}) => ({ result: { kind: 'failed', status, code, surelyNotSent: status < 500, ...more } as never });
async function one(name: string, script: object[], { n = 1, run = hours(26), delivery = {} } = {}) {
  const world = aWorld({ vouching }); const a = aConversation(); await world.knows(a);
  world.channel.next(a.conversationId!, ...(script as never[]));
  const ids: string[] = []; for (let i = 0; i < n; i++) { const ev = anEvent({ id: 'e' + i, data: { to: { conversation: a.key }, text: 'hi' + i, delivery: { urgent: true, ...delivery } } }); await world.publish(ev); ids.push(notificationId(ev.source, ev.id)); }
  const start = world.clock.now();
  try { await world.run(start + run); } catch (e) { log(`${name} RUN ${e}`); }
  const st: Record<string, number> = {}; for (const id of ids) { const r = await world.ledger.result({ notification: id as never, conversation: a.key }); const k = `${r?.outcome}/${r?.reason ?? ''}/att${r?.attempts}`; st[k] = (st[k] ?? 0) + 1; }
  const parked = (await world.parking.list({ limit: 100 })).items.length;
  log(`${name}: ${JSON.stringify(st)} shown=${world.channel.shown.length} req=${world.channel.requests.length} creations=${world.channel.creations.length} parked=${parked} conv=${(await world.conversations.find(a.key))?.suppressed} took=${Math.round((world.clock.now() - start) / 1000)}s`);
  return world;
}
it('x', async () => {
  await one('401 once', [F(401, 'http-401', { meaning: 'token-refused' })]);
  await one('401 for ever', Array(60).fill(F(401, 'http-401', { meaning: 'token-refused' })));
  await one('403 svc once', [F(403, 'ServiceError')]);
  await one('403 html for ever', Array(60).fill(F(403, 'http-403')));
  await one('429 storm', Array(60).fill(F(429, 'Throttled', { retryAfter: 1000 })));
  await one('429 storm no retry-after', Array(60).fill(F(429, 'Throttled')));
  await one('429 a day', [F(429, 'Throttled', { retryAfter: days(1) })]);
  await one('429 2h', [F(429, 'Throttled', { retryAfter: hours(2) })]);
  await one('429 50m', [F(429, 'Throttled', { retryAfter: minutes(50) })]);
  await one('429 tenant', [F(429, 'TenantThrottled', { retryAfter: minutes(50) })]);
  await one('429 tenant day', [F(429, 'TenantThrottled', { retryAfter: days(1) })]);
  await one('500 once resend', [F(500, 'ServiceError', { surelyNotSent: false })]);
  await one('500 twice resend', Array(2).fill(F(500, 'ServiceError', { surelyNotSent: false })));
  await one('500 once park', [F(500, 'ServiceError', { surelyNotSent: false })], { delivery: { onUnconfirmed: 'park' } });
  await one('404 std', [F(404, 'ConversationNotFound')]);
  await one('404 html', [F(404, 'http-404')]);
  await one('400 bad', [F(400, 'BadArgument')]);
  await one('roster', [F(403, 'BotNotInConversationRoster')], { n: 3 });
  await one('decrypt x2', Array(2).fill(F(403, 'BadArgument', { meaning: 'failed-to-decrypt' })));
  await one('decrypt for ever', Array(60).fill(F(403, 'BadArgument', { meaning: 'failed-to-decrypt' })));
  await one('1500 urgent', [], { n: 1500, run: hours(2) });
  // duplicates of mixed unknown
  await one('unknown then 401 then ok', [F(502, 'x', { surelyNotSent: false }), F(401, 'y')]);
  await one('unknown then 400', [F(502, 'x', { surelyNotSent: false }), F(400, 'BadArgument')]);
  await one('unknown then 404', [F(502, 'x', { surelyNotSent: false }), F(404, 'ConversationNotFound')]);
}, 120000);
it('write', () => fs.writeFileSync('/tmp/deliver.txt', out.join('\n')));
