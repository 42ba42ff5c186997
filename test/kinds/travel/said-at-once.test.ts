import { describe, expect, it } from 'vitest';
import { aTravelChat } from './support/travel-chat.ts';

/** The clock stands at Monday, 23 November 2026. */
async function asked(text: string, locale: string) {
  const chat = aTravelChat();
  const said = { locale, localTimezone: 'Europe/Berlin' };
  await chat.says('hello', said);
  return chat.hears(text, said);
}

const FIFTH = /Tokyo, a good choice\. Leaving on Saturday, 5 December 2026\. When do you come back/;
const SPAN =
  /Tokyo, a good choice\. Leaving on Saturday, 5 December 2026, and back on Tuesday, 8 December 2026\. How many/;
const FUENFTER = /Tokio, eine gute Wahl\. Hin am Samstag, 5\. Dezember 2026\. Wann kommst/;
const SPANNE =
  /Tokio, eine gute Wahl\. Hin am Samstag, 5\. Dezember 2026, zurück am Dienstag, 8\. Dezember 2026\./;

describe('a date is no part of the city that is said with it', () => {
  it.each([
    ...[
      'on 5.12.',
      '5.12.',
      ', 5.12.',
      'on 5.12',
      'at 5.12.',
      'am 5.12.',
      'on 5. 12.',
      '2026-12-05',
      'dec 5',
    ].map((when) => [`to Tokyo ${when}`, FIFTH] as const),
    ['on 5.12. to Tokyo', FIFTH],
    ...['5.12. - 8.12.', '5.12.-8.12.', 'from 5.12. until 8.12.', '5 december for 3 nights'].map(
      (when) => [`to Tokyo ${when}`, SPAN] as const,
    ),
    ['to Tokyo from 5 to 8 december', SPAN],
    ['to Tokyo from the 5th to the 8th of december', SPAN],
    ['from 5.12. until 8.12. to Tokyo', SPAN],
    ['to Tokyo next week', /Tokyo, a good choice\. Leaving on Monday, 30 November 2026/],
    ['to Tokyo at the end of november', /Tokyo, a good choice\. Leaving on Monday, 30 November 2026/],
    ['to Tokyo until friday', /Back on Friday, 27 November 2026\. When do you leave for Tokyo\?/],
    ['to Tokyo on 31.2.', /Tokyo, a good choice\. When do you leave for Tokyo\?/],
    ['to Cape May', /When do you leave for Cape May\?/],
    ['to Cape May on 5.12.', /Cape May, a good choice\. Leaving on Saturday, 5 December 2026/],
    ['the 31.2.', /Where do you want to go\?/],
  ] as const)('book travel %s', async (trip, heard) => {
    expect(await asked(`book travel ${trip}`, 'en')).toMatch(heard);
  });

  it.each([
    ['reise nach Tokio am 5.12. buchen', FUENFTER],
    ['ich möchte eine Reise nach Tokio am 5.12. buchen', FUENFTER],
    ['reise am 5.12. nach Tokio buchen', FUENFTER],
    ['buche mir einen Flug nach Tokio am 5. 12.', FUENFTER],
    ['reise buchen nach Tokio 5.12. bis 8.12.', SPANNE],
    ['reise buchen nach Tokio vom 5. bis 8. Dezember', SPANNE],
    ['reise nach Tokio vom 5. bis 8.12. buchen', SPANNE],
    [
      'reise buchen nach Tokio bis Freitag',
      /Zurück am Freitag, 27\. November 2026\. Wann geht es los nach Tokio/,
    ],
    ['reise buchen nach Frankfurt am Main am 5.12.', /Frankfurt am Main, eine gute Wahl\. Hin am Samstag/],
    ['reise nach Tokio buchen', /Wann geht es los nach Tokio/],
  ])('%s', async (text, heard) => {
    expect(await asked(text, 'de')).toMatch(heard);
  });
});
