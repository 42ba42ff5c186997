import * as fs from 'node:fs';
import { it } from 'vitest';
import { understandWhen } from '../../shared/calendar/understand.ts';
import { RRuleTemporal } from 'rrule-temporal';
const out: string[] = []; const log = (s: string) => out.push(s);
it('slow', () => {
  const now = Date.parse('2026-11-23T09:00:00Z');
  for (const w of ['every 30 minutes between 9 and 17', 'every minute between 9 and 10', 'every minute between 1 and 23','every 5 minutes between 8 and 18 on weekdays']) {
    const t = performance.now(); const r = understandWhen(w, { now, zone: 'Europe/Berlin' }); const u = performance.now() - t;
    if (!r.understood) { log(`${w} ${JSON.stringify(r)}`); continue; }
    log(`${w} understand ${u.toFixed(0)}ms rrule ${r.rrule?.length} ${r.rrule?.slice(0, 200)}`);
    for (const d of [1, 33]) { const s = performance.now(); const rule = new RRuleTemporal({ rruleString: `DTSTART:20261124T090000Z\nRRULE:${r.rrule}` }); const n = rule.between(new Date(now), new Date(now + d * 86400000), true).length; log(`  between ${d}d n=${n} ${(performance.now() - s).toFixed(0)}ms`); }
    const s = performance.now(); const rule = new RRuleTemporal({ rruleString: `DTSTART:20261124T090000Z\nRRULE:${r.rrule}` }); let x: any = rule.next(new Date(now), true); for (let i = 0; i < 20; i++) x = rule.next(new Date(x.epochMilliseconds), false); log(`  20 next ${(performance.now() - s).toFixed(0)}ms`);
  }
}, 300000);
it('write', () => fs.writeFileSync('/tmp/slow2.txt', out.join('\n')));
