import { it } from 'vitest';
import { aChat } from '../support/chat.ts';
import { aWorld } from '../support/world.ts';
import { understand, understandWhen, understandDuration } from '../../shared/calendar/understand.ts';
import * as R from '../../shared/chat/commands/reminders/commands.ts';
import * as fs from 'node:fs';

const now = Date.parse('2026-11-29T16:00:00Z');
const whens = ['in -5 minutes','in −5 minutes','in - 5 minutes','in minus 5 minutes','in -5 Minuten','in 0 minutes','in 0 hours','in 0.0 minutes','in 0 Minuten','in null Minuten','in 100 years','in 100 Jahren','in 1e308 minutes','in 1e3 minutes','in 99999999999999999999 days','in 0x10 minutes','in ١٠ minutes','in １０ minutes','in ½ hour','in 1/2 hour','in 1/0 hours','in 1.5.5 hours','in 1,5 hours','in 1,000 minutes','in 1.000 minutes','in Infinity minutes','in NaN minutes','in 5 minutes -3','every 1 hour','every 1 hours','every one hour','every 1h','every hour','each 1 hour','every 0 minutes','every -1 hours','every -5 minutes','every 0 days','every 0.5 hours','every 1.5 hours','every 1e3 minutes','every 100 years','every 1 minute','every 30 seconds','every 1 second','in 1 second','in 30 seconds','every feb 30','every april 31','every 31 april','every 30th of february','every february 30th at 9','jeden 30. februar','every feb 29','every 31st','every 32nd','on feb 30','on the 0th','on 0/0/0','at 25:00','at 24:00','at -1:00','every day at 25:00','every 5th monday','every 6th monday','on 31 november','tomorrow -5 minutes','every day for -3 times','every day until yesterday','every day until 1999','every day for 0 days','every 13th month','every month on the 31st','every year on feb 29','every 10000 weeks','every 999999999 days','in 10000 weeks','in 5256000 minutes','in 366 days','on 2026-02-30','on 9999-12-31','on 0000-00-00','on +010000-01-01','in a -5 minutes','in minus one hour','5 minutes ago','in five -minutes','every -1 weeks','every two', 'every 1 hour and 0 minutes', 'in 1 hour -5 minutes','in 1 hour and -5 minutes','in +5 minutes','in 5- minutes','in 5 -minutes','in ~5 minutes','in 5−10 minutes','in 5-10 minutes','in 0 days and 5 minutes','in 1 hour and 0 minutes','in 00 minutes','in 05 minutes','for 5 minutes',''];
it('whens', () => {
  const out: string[] = [];
  for (const w of whens) {
    for (const z of ['UTC']) {
      let s: string;
      try {
        const r = understandWhen(w, { now, zone: z });
        s = r.understood ? `${new Date(r.at).toISOString()} ${r.rrule ?? ''} ${r.assumed}` : `REFUSED ${JSON.stringify({ ...r, example: undefined })}`;
      } catch (e) { s = `THROWS ${e}`; }
      let d: unknown; try { d = understandDuration(w.replace(/^in /,'')); } catch (e) { d = `THROWS ${e}`; }
      let u; try { const r = understand('remind me to x ' + w, { now, zone: z }); u = r.understood ? `${new Date(r.at).toISOString()} ${r.rrule??''} "${r.what}"` : 'refused'; } catch (e) { u = `THROWS ${e}`; }
      out.push(`${w.padEnd(30)} | ${s.slice(0,110)} | dur=${d} | u=${u}`);
    }
  }
  fs.writeFileSync('/tmp/whens.txt', out.join('\n'));
});
it('zones', () => {
  const out: string[] = [];
  for (const z of ['+01:00', '-05:30', 'Etc/GMT+5', 'EST', 'GMT', 'CET', 'utc', 'Asia/Kathmandu', 'Antarctica/Troll','Pacific/Apia','Africa/Monrovia'])
    for (const w of ['tomorrow at 9', 'every day at 9', 'every feb 29', 'in 5 minutes']) {
      try { const r = understandWhen(w, { now, zone: z }); out.push(`${z} ${w} ${r.understood ? new Date(r.at).toISOString() : 'refused'}`); } catch (e) { out.push(`${z} ${w} THROWS ${e}`); }
    }
  fs.writeFileSync('/tmp/zones.txt', out.join('\n'));
});
