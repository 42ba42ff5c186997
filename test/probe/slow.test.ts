import * as fs from 'node:fs';
import { it } from 'vitest';
import { understandWhen } from '../../shared/calendar/understand.ts';
import { crowding } from '../../shared/domain/reminders/crowding.ts';
import { toSchedule } from '../../shared/chat/commands/reminders/when.ts';
import { occurrences } from '../../shared/use-cases/reminders/reminder-occurrences.ts';
const out: string[] = []; const log = (s: string) => out.push(s);
it('slow', () => {
  const now = Date.parse('2026-11-23T09:00:00Z');
  for (const zone of ['UTC', 'Europe/Berlin']) for (const w of ['every minute', 'every 7 minutes', 'every minute on mondays', 'every monday every minute', 'every minute between 9 and 10', 'every hour', 'every day at 9', 'every 5 minutes on mondays', 'every hour on mondays','every feb 29','every 5 minutes from 9 to 17 on weekdays','every monday in january','every 31st', 'every minute on feb 29', 'every minute between 9:00 and 9:01 on mondays', 'every day at 9:00, 9:03, 9:06, 9:09, 9:12']) {
    const t = performance.now(); const r = understandWhen(w, { now, zone }); const u = performance.now() - t;
    if (!r.understood) { log(`${w} not understood ${u.toFixed(0)}`); continue; }
    const s = performance.now(); const c = crowding(toSchedule(r), [], { isPlace: true, occurrences }); const d = performance.now() - s;
    const s2 = performance.now(); const n = occurrences(toSchedule(r), now, 1).length; const d2 = performance.now() - s2;
    log(`${zone} ${w} ${r.rrule} understand=${u.toFixed(0)}ms crowding=${d.toFixed(0)}ms next=${d2.toFixed(1)}ms ${n} ${JSON.stringify(c)}`);
  }
}, 300000);
it('write', () => fs.writeFileSync('/tmp/slow.txt', out.join('\n')));
