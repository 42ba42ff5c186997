import * as fs from 'node:fs';
import { it } from 'vitest';
import { fromActivity } from '../../shared/adapters/bot/activity/sighting.ts';
import { parseActivity } from '../../shared/adapters/bot/activity/inbound-activity.ts';
import { aChat } from '../support/chat.ts';
import { everyCommand } from '../support/every-command.ts';
import { aWorld } from '../support/world.ts';
import { parseVouching } from '../../shared/domain/identity/vouching.ts';

const out: string[] = [];
const log = (s: string) => { out.push(s); };
const v = parseVouching(undefined, { isLocal: false });
const vouching = v.ok ? v.value : undefined as never;
function full(world = aWorld()) { const { deps, answer } = everyCommand(world); return aChat({ world, more: { answer, ...{} } }); }

it('commands', async () => {
  const chat = full();
  await chat.hears('hello');
  for (const t of ['remind me to x in - 5 minutes','remind me to x in 0 minutes','erinnere mich an x in -5 Minuten','mute for -5 minutes','mute for 0 minutes','mute for 1e308 minutes','mute for 100 years','mute until in 100 years','mute until yesterday','mute until feb 30','mute builds for -1 hours','mute for - 5 minutes','mute -5','mute until -5 minutes','stumm für -5 Minuten','mute for 1 hour -5 minutes','quiet hours -22-7','quiet hours 25-7','quiet hours 22-22','quiet hours 22:00-07:60','quiet hours 1e1-7','remind me to y every 1 hour','snooze 1 -20 minutes','snooze 1 in 0 minutes','snooze 1 in -5 minutes','snooze 1 - 5 minutes','edit reminder 1 in -5 minutes','edit reminder 1 every feb 30','edit reminder 1 - 5 minutes','edit reminder 1 every april 31','snooze 1 feb 30','snooze 99999999999999999999 5 minutes','snooze -1 5 minutes','snooze 1e3 5 minutes','cancel reminder -1','cancel reminder 1.5','done 1 2 3','timezone +25:00','timezone ../../etc/passwd','timezone __proto__','timezone constructor','mute __proto__','subscribe __proto__','subscribe constructor','unsubscribe toString','watch __proto__ below 100','watch Adlon below -5','watch Adlon below 1e308','watch Adlon below 0','watch Adlon drop 0%','watch Adlon drop 101%','watch Adlon drop -5%','watch Adlon drop 1e308%','watch Adlon below 99999999999999999999','price report __proto__','hi remind me to stretch in 2 minutes','hallo erinnere mich an x in 2 minuten','hello, could you please remind me to stretch in 2 minutes','Hi! Remind me to stretch in 2 minutes.','hi hi hi remind me to z in 2 minutes','good morning mute for 1 hour','hi there subscribe builds','thanks, remind me to q in 3 minutes','thank you remind me to q in 3 minutes','danke erinnere mich an q in 3 minuten','hey notifier book travel','hi cancel','hi done 1','answer x 1','/remind me to x in 5 minutes','/help','show all x','missed','stop','hi stop','export my data']) {
    try { log(`${t.padEnd(50)} => ${(await chat.hears(t)).replaceAll('\n',' / ').slice(0,170)}`); } catch (e) { log(`${t} THROWS ${(e as Error).stack}`); }
  }
  for (const l of chat.world.log.entries) if (l.level === 'error') log(JSON.stringify(l));
}, 60000);

it('activities', async () => {
  const base = { type:'message', id:'q', channelId:'msteams', serviceUrl:'https://smba.trafficmanager.net/emea/', conversation:{id:'a:1',conversationType:'personal'}, from:{id:'29:ana',name:'Ana'}, recipient:{id:'28:bot',name:'B'}, text:'hello' };
  const deep = (n: number) => { let x: unknown = 1; for (let i=0;i<n;i++) x = [x]; return x; };
  const junk: unknown[] = [null, 0, -1, 1e308, '', ' ', '\u0000', '\ud800', 'x'.repeat(1025), [], {}, [[]], { id: null }, { id: '\ud800' }, { id: 'x', type: 5 }, true, deep(1000), { trigger: 'automatic' }, { __proto__: null, toString: 1 }, 'constructor', Array(10000).fill({ type: 'mention', mentioned: { id: '28:bot' }, text: 'hello' }), 'not a date', '2026-13-45T00:00:00Z', '9999999999999'];
  const names = ['type','id','channelId','serviceUrl','conversation','from','recipient','text','value','name','entities','attachments','membersAdded','membersRemoved','timestamp','localTimestamp','locale','localTimezone','channelData','replyToId','action','textFormat','deliveryMode','speak','callerId','relatesTo','topicName'];
  const types: [string, object][] = [['message',{}],['message',{text:''}],['invoke',{name:'adaptiveCard/action',value:{action:{type:'Action.Execute',data:{notifier:'status'}}}}],['invoke',{name:'task/fetch',value:{}}],['conversationUpdate',{membersAdded:[{id:'28:bot'}]}],['installationUpdate',{action:'add'}],['event',{name:'x'}],['messageReaction',{}],['endOfConversation',{}],['invoke',{}],['invoke',{name:'actionableMessage/executeAction'}]];
  let n = 0;
  for (const channel of ['msteams','webchat','telegram']) for (const [type, extra] of types) for (const nm of names) for (const j of junk) {
    const world = aWorld(channel === 'telegram' ? {} : { vouching });
    const chat = full(world);
    const body = JSON.parse(JSON.stringify({ ...base, channelId: channel, type, ...extra, [nm]: j }));
    const p = parseActivity(body, '28:bot');
    if (!p.ok) continue;
    n++;
    const before = chat.replies.length;
    try {
      await chat.says('', { ...(p.value as object), conversation: p.value.conversation } as never);
      const rs = chat.replies.slice(before);
      const inv = rs.filter(r => (r as {type:string}).type === 'invokeResponse');
      if (p.value.type === 'invoke' && (inv.length !== 1 || (inv[0] as any).value.status !== 200)) log(`INVOKE ${channel} ${nm}=${JSON.stringify(j)?.slice(0,60)} ${JSON.stringify(inv)}`);
      const failed = world.log.entries.filter(l => l.level === 'error');
      if (failed.length) log(`ERR ${channel} ${type} ${JSON.stringify(extra).slice(0,60)} ${nm}=${JSON.stringify(j)?.slice(0,60)} ${JSON.stringify(failed[0])}`);
      if (p.value.type === 'message' && rs.length === 0 && nm === 'value') log(`SILENT ${channel} ${JSON.stringify(extra)} ${nm}=${JSON.stringify(j)?.slice(0,60)}`);
    } catch (e) { log(`THROW ${channel} ${type} ${nm}=${JSON.stringify(j)?.slice(0,60)} ${(e as Error).stack?.slice(0,400)}`); }
  }
  log(`n=${n}`);
}, 300000);
it('write', () => fs.writeFileSync('/tmp/chat.txt', out.join('\n')));
