import * as fs from 'node:fs';
import { it } from 'vitest';
import { aChat } from '../support/chat.ts';
import { everyCommand } from '../support/every-command.ts';
import { aWorld } from '../support/world.ts';
import { occurrences } from '../../shared/use-cases/reminders/reminder-occurrences.ts';
import { minutes, days } from '../../shared/domain/time.ts';
const out: string[] = []; const log = (s: string) => out.push(s);
function full(world = aWorld()) { const { answer } = everyCommand(world); return aChat({ world, more: { answer } }); }
async function worst(chat: ReturnType<typeof full>, span = 400) {
  const list = await chat.world.reminders.of(chat.key); const now = chat.world.clock.now(); const counts = new Map<number, number>();
  for (const { reminder: r } of list.reminders) { if (r.state !== 'open') continue; const ts = r.schedule.recurrence === undefined ? [r.schedule.at] : [r.schedule.at, ...occurrences(r.schedule, r.schedule.at, 500)]; for (const t of new Set(ts.map(t => Math.floor(t / 60000)))) if (t * 60000 < now + days(span)) counts.set(t, (counts.get(t) ?? 0) + 1); if (r.snooze) { const t = Math.floor(r.snooze.at / 60000); counts.set(t, (counts.get(t) ?? 0) + 1); } }
  const [m, c] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [0, 0];
  return `open=${list.reminders.filter(r => r.reminder.state === 'open').length} worst=${c} at ${new Date(m * 60000).toISOString()}`;
}
it('floods', async () => {
  const tries: Record<string, string[]> = {
    months: [2,3,4,5,6,7].flatMap(n => Array.from({ length: 10 }, (_, i) => `remind me to x${n}-${i} every ${n} months on the 15th at 9am`)),
    weeks: [5,6,7,8,9,10,11].flatMap(n => Array.from({ length: 10 }, (_, i) => `remind me to x${n}-${i} every ${n} weeks on monday at 9am`)),
    zones: ['Berlin', 'London', 'New York', 'UTC'].flatMap((z, k) => Array.from({ length: 10 }, (_, i) => `remind me to z${k}-${i} every day at ${[10, 9, 4, 9][k]}am ${z} time`)),
    zones2: [...Array.from({ length: 10 }, (_, i) => `remind me to u${i} every day at 9am UTC`), 'timezone Berlin', ...Array.from({ length: 10 }, (_, i) => `remind me to b${i} every day at 11am`)],
    yearly: ['every march 3 at 9am', 'every year on march 3 at 9am', 'on march 3 at 9am', 'every 3rd at 9am', 'every wednesday at 9am', 'every day at 9am'].flatMap((w, k) => Array.from({ length: 10 }, (_, i) => `remind me to y${k}-${i} ${w}`)),
    oneoffs: [...Array.from({ length: 30 }, (_, i) => `remind me to o${i} on march 3 2027 at 9am`)],
    rev: [...Array.from({ length: 10 }, (_, i) => `remind me to o${i} on march 3 2027 at 9am`), ...Array.from({ length: 10 }, (_, i) => `remind me to d${i} every day at 9am`)],
    minutes: [...Array.from({ length: 30 }, (_, i) => `remind me to m${i} every ${i + 1} minutes`)],
    hours: [...Array.from({ length: 30 }, (_, i) => `remind me to m${i} every ${i + 1} hours`)],
    edit: [...Array.from({ length: 30 }, (_, i) => `remind me to e${i} in ${i + 30} minutes`), ...Array.from({ length: 30 }, (_, i) => `edit reminder ${i + 1} every minute`)],
    days: [40, 41, 43, 45, 47].flatMap(n => Array.from({ length: 10 }, (_, i) => `remind me to k${n}-${i} every ${n} days at 9am`)),
  };
  for (const [n, lines] of Object.entries(tries)) { const chat = full(); await chat.says('hello'); await chat.says('timezone UTC'); let refused = 0; const t = performance.now(); let max = 0; let last = ''; for (const l of lines) { const s = performance.now(); const a = await chat.hears(l); max = Math.max(max, performance.now() - s); if (!/is set|moved|now comes|zone/i.test(a)) { refused++; last = a; } } log(`${n} of ${lines.length} refused=${refused} ${await worst(chat, 4000)} max=${max.toFixed(0)}ms last=${last.slice(0, 120)}`); }
});
it('snooze flood', async () => {
  const chat = full(); await chat.says('hello'); await chat.says('timezone UTC');
  for (let i = 0; i < 60; i++) await chat.says(`remind me to s${i} in ${i + 1} minutes`);
  await chat.world.run(chat.world.clock.now() + minutes(70)); chat.world.clock.set(chat.world.clock.now() + minutes(70));
  let ref = 0; for (let i = 0; i < 60; i++) if (!/again|snoozed|comes|later/i.test(await chat.hears(`snooze ${i + 1} 20 minutes`))) ref++;
  log(`snooze refused ${ref} ${await worst(chat)} ${await chat.hears('snooze 59 20 minutes')}`);
  // snooze notification flood: 60 notifications
});
it('place', async () => {
  for (const channelId of ['msteams']) for (const conv of [{ id: 'g', conversationType: 'groupChat', isGroup: true, name: '' }, { id: 'g', isGroup: true, name: '', conversationType: '' }, { id: '19:c;messageid=5', conversationType: 'channel', isGroup: true, name: '' }]) {
    const chat = full(); const who = { channelId, conversation: conv } as never; await chat.says('hello', who);
    for (const l of ['remind me to a every minute', 'remind us to a every 4 minutes', 'remind me to b every 5 minutes', 'remind me to c every day at 9:00 and 9:03', 'remind me to c every day at 9:00, 9:03 and 9:06', 'remind me to d every hour at :00 and :02', 'remind me to d tomorrow at 9 every minute', 'remind me to e in 5 minutes', 'edit reminder 1 every minute', 'edit reminder 2 every 2 minutes', 'remind me to f every minute on mondays', 'remind me to g every monday every minute', 'remind me to h every 1 minutes between 9 and 10']) { const a = await chat.hears(l, who); if (channelId === 'msteams' || /is set/.test(a)) log(`${channelId} ${conv.conversationType} ${l} => ${a.replaceAll('\n', ' ').slice(0, 110)}`); }
  }
}, 300000);
it('write', () => fs.writeFileSync('/tmp/crowd.txt', out.join('\n')));
