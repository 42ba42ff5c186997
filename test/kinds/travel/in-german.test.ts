import { expect, it } from 'vitest';
import { aTravelChat } from './support/travel-chat.ts';

it('books a trip question by question, in German to the card at its end', async () => {
  const chat = aTravelChat();
  const german = { locale: 'de-DE', localTimezone: 'Europe/Berlin' };
  const hears = (text: string) => chat.hears(text, german);
  const card = () => JSON.stringify(chat.replies.at(-1)?.attachments?.[0]?.content);
  await chat.says('hello', german);
  expect(await hears('book travel')).toBe('Dann buchen wir eine Reise. Wohin möchtest du?');
  expect(await hears('london')).toBe('London, eine gute Wahl. Wann geht es los nach London?');
  expect(await hears('12 december')).toContain('Hin am Samstag, 12. Dezember 2026.');
  expect(await hears('after 3 nights')).toContain('Wie viele reisen mit?');
  expect(await hears('two of us')).toContain(
    'Soll ich das buchen? **London**, Samstag, 12. Dezember 2026 bis Dienstag, 15. Dezember 2026, 2 Personen.',
  );
  expect(await hears('ja')).toMatch(/^Gebucht\. Gute Reise!\n/);
  for (const text of ['Reise gebucht', 'Rückreise', '3 Nächte']) expect(card()).toContain(text);
});

it.each([
  ['vom 5.12. bis 10.12.', '5. Dezember 2026', '10. Dezember 2026'],
  ['am 5. Dezember für 3 Nächte', '5. Dezember 2026', '8. Dezember 2026'],
  ['Freitag bis Sonntag', 'Freitag,', 'Sonntag,'],
])('reads %s', async (dates, departure, returning) => {
  const chat = aTravelChat();
  const hears = (text: string) => chat.hears(text, { locale: 'de-DE', localTimezone: 'Europe/Berlin' });
  await hears('hallo');
  await hears('reise buchen');
  await hears('London');
  expect(await hears(dates)).toContain('Wie viele reisen mit?');
  const asked = await hears('nur ich');
  for (const text of [departure, returning]) expect(asked).toContain(text);
});
