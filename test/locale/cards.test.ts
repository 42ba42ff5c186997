import { describe, expect, it } from 'vitest';
import { describeRecurrence } from '../../shared/calendar/describe.ts';
import { understandWhen } from '../../shared/calendar/understand.ts';
import { entries } from '../../shared/kinds/catalog.ts';
import { textsOf } from '../support/card-texts.ts';
import { vocabularies } from './vocabularies.ts';

const german = { locale: 'de-DE', timeZone: 'Europe/Berlin', now: Date.UTC(2026, 10, 23, 9) };

describe('a card for somebody who reads German', () => {
  const plain = (language: string) =>
    // Messages that take no parameters, such as labels and titles of buttons.
    vocabularies.flatMap(({ messages }) =>
      [...(messages.get(language) ?? [])].flatMap(([path, text]) =>
        path.endsWith(']') || path.startsWith('chat.') || path.startsWith('commands.') ? [] : [text],
      ),
    );
  const translated = new Set(plain('de'));
  const english = plain('en').filter((text) => !translated.has(text));

  it.each(entries.map((entry) => [entry.type, entry] as const))('%s has no English label', (_type, entry) => {
    const particulars =
      entry.particularsExample === undefined ? {} : { particulars: entry.particularsExample };
    const texts = textsOf(entry.render(entry.example, { ...german, ...particulars }));
    const asExample = textsOf({ text: JSON.stringify(entry.example) }).join();
    expect(texts.filter((text) => english.includes(text) && !asExample.includes(text))).toEqual([]);
  });

  it('writes amounts, percentages and days as in German', () => {
    const rendered = (type: string) => {
      const entry = entries.find((one) => one.type === type);
      if (entry === undefined) throw new Error(`no entry ${type}`);
      const particulars =
        entry.particularsExample === undefined ? {} : { particulars: entry.particularsExample };
      return textsOf(entry.render(entry.example, { ...german, ...particulars }))
        .join('\n')
        .replaceAll('\u00a0', ' ');
    };
    expect(rendered('notification.digest')).toContain('Während du beschäftigt warst: 2 Nachrichten');
    expect(rendered('reminder.due')).toContain('fällig am Montag, 23. November 2026 um 10:00');
    expect(rendered('build.finished')).toContain('Build web #1482 fehlgeschlagen auf main');
  });

  it('has a title in lists for every kind', () => {
    const titles = entries.map(({ title }) => title('de'));
    expect(new Set(titles).size).toBe(entries.length);
    expect(titles).toContain('Erinnerung');
  });
});

describe('a recurrence in German', () => {
  const said = { now: Date.UTC(2026, 10, 23, 9), zone: 'Europe/Berlin' };

  it.each([
    ['every weekday at 8:50am', 'montags bis freitags um 8:50 Uhr'],
    ['every day at 9:00 and 17:30', 'jeden Tag um 9:00 und 17:30 Uhr'],
    ['every other friday at 3pm', 'jede zweite Woche am Freitag um 15:00 Uhr'],
    ['every mon, wed and fri at 7am', 'jeden Montag, Mittwoch und Freitag um 7:00 Uhr'],
    ['every 3 days', 'alle 3 Tage um 9:00 Uhr'],
    ['every 2 hours', 'alle 2 Stunden'],
    ['every hour from 9 to 5 on weekdays', 'jede Stunde von 9:00 bis 17:00 Uhr montags bis freitags'],
    ['first monday of each month', 'am ersten Montag jedes Monats um 9:00 Uhr'],
    ['every last friday of the month', 'am letzten Freitag jedes Monats um 9:00 Uhr'],
    ['on the 31st of every month', 'am 31. jedes Monats (in Monaten, die ihn haben) um 9:00 Uhr'],
    ['on the last day of every month', 'am letzten Tag jedes Monats um 9:00 Uhr'],
    ['every january 25', 'jedes Jahr am 25. Januar um 9:00 Uhr'],
    ['yearly on 29 feb', 'jedes Jahr am 29. Februar (in Schaltjahren) um 9:00 Uhr'],
    ['every day at noon 5 times', 'jeden Tag um 12:00 Uhr, 5-mal'],
    ['every day at noon until 19 June', 'jeden Tag um 12:00 Uhr bis Samstag, 19. Juni 2027'],
  ])('%s: %s', (text, words) => {
    const read = understandWhen(text, said);
    if (!read.understood || read.rrule === undefined) throw new Error('not understood');
    const { rrule, dtstart, zone } = read;
    expect(describeRecurrence({ rrule, dtstart, zone }, 'de-DE')).toBe(words);
  });
});
