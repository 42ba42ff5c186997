import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newBooking, promptOf, takeAnswer } from '../../../shared/kinds/travel/booking.ts';
import { readDestination } from '../../../shared/kinds/travel/destination.ts';
import { readDate, readDates, readReturn } from '../../../shared/kinds/travel/travel-date.ts';
import { readTravellers } from '../../../shared/kinds/travel/travellers.ts';
import { wordsFor } from '../../../shared/kinds/travel/words/words.ts';
import { aTravelChat } from './support/travel-chat.ts';

/** A Monday morning in Berlin. */
const today = { now: Date.UTC(2026, 10, 23, 9), zone: 'Europe/Berlin', locale: 'en' };

describe('the travel booking', () => {
  it('is booked question by question, and ends with a card', async () => {
    const chat = aTravelChat();
    await chat.says('hello');
    expect(await chat.hears('Book Travel')).toContain('Where do you want to go?');
    expect(await chat.hears('london')).toBe('London, a good choice. When do you leave for London?');
    expect(await chat.hears('next friday')).toContain('Friday, 4 December 2026. When do you come back?');
    expect(await chat.hears('after 3 nights')).toContain('Monday, 7 December 2026. How many');
    expect(await chat.hears('two of us')).toContain('Shall I book this? **London**');
    expect(await chat.hears('yes')).toMatch(/^Booked\. Have a good trip!\n/);
    const card = JSON.stringify(chat.replies.at(-1)?.attachments?.[0]?.content);
    for (const fact of [
      'London',
      'Friday, 4 December 2026',
      '3 nights',
      'Travellers',
      'Reference',
      'Trip booked',
    ])
      expect(card).toContain(fact);
    expect((await chat.state()).dialog).toBeUndefined();
    expect(await chat.hears('cancel')).toContain('nothing to cancel');
  });

  it('writes dates in the order of the country, and the city once', async () => {
    for (const [locale, date] of [
      ['en-US', 'Friday, December 4, 2026'],
      ['en-GB', 'Friday, 4 December 2026'],
      ['en', 'Friday, 4 December 2026'],
      ['fr-FR', 'Friday, 4 December 2026'],
      ['de-DE', 'Freitag, 4. Dezember 2026'],
    ] as const) {
      const chat = aTravelChat();
      for (const text of ['hello', 'book travel', 'Rome', '2026-12-04'])
        await chat.says(text, { locale, localTimezone: 'Europe/Berlin' });
      for (const text of ['one way', '2']) await chat.says(text, { locale });
      await chat.says('yes', { locale });
      const { text, attachments } = chat.replies.at(-1) ?? {};
      const booked = JSON.stringify([text, attachments?.[0]?.content]);
      expect(booked).toContain(date);
      expect(booked.match(/Rome/g)).toHaveLength(1);
    }
  });

  it('goes back, keeps what was said, and corrects anything before it books', async () => {
    const chat = aTravelChat();
    await chat.says('hello');
    for (const text of ['book travel', 'Rome', 'friday', 'one way', '3']) await chat.says(text);
    expect(await chat.hears('back')).toContain('How many of you travel? (So far: 3 travellers.)');
    expect(await chat.hears('back')).toContain('When do you come back? (So far: One way.)');
    expect(await chat.hears('sunday')).toContain('Sunday, 29 November 2026, 3 travellers');
    expect(await chat.hears('change the destination')).toContain('Where do you want to go? (So far: Rome.)');
    expect(await chat.hears('Paris')).toContain('Shall I book this? **Paris**');
    expect(await chat.hears('no')).toContain('Nothing is booked yet');
    expect(await chat.hears('cancel')).toBe('The travel booking is cancelled; nothing was booked.');
  });

  it('asks again for a way back that the new departure has overtaken', () => {
    const booked = {
      step: 'departure',
      destination: 'Rome',
      departure: '2026-11-27',
      returning: '2026-11-29',
      travellers: 1,
    } as const;
    const answered = takeAnswer(booked, '12 december', today);
    expect(answered).toMatchObject({ booking: { step: 'return', departure: '2026-12-12' } });
    expect(takeAnswer(booked, 'friday to sunday', today)).toMatchObject({
      booking: { departure: '2026-11-27', returning: '2026-11-29' },
    });
  });

  it('helps where one is, and stays there', async () => {
    const chat = aTravelChat();
    await chat.says('hello');
    await chat.says('book travel');
    expect(await chat.hears('help')).toMatch(/^You are booking a trip\..*Where do you want to go\?$/);
    expect(await chat.hears('back')).toContain('This is the first question');
    expect(await chat.hears('1234')).toContain('no place');
    expect(await chat.hears('book travel')).toContain('in the middle of your travel booking');
  });

  it('runs a command that is clearly one, and asks its question again', async () => {
    const chat = aTravelChat();
    await chat.says('hello');
    await chat.says('book travel');
    const { length } = chat.replies;
    await chat.says('subscribe builds');
    expect(chat.replies.slice(length).map(({ text }) => text)).toEqual([
      expect.stringContaining('**builds**'),
      'Where do you want to go?',
    ]);
    // Without its topic it is no clear command, and it is no place either.
    expect(await chat.hears('subscribe')).toContain('no place');
  });

  it.each([
    ['next friday', '2026-12-04'],
    ['friday', '2026-11-27'],
    ['tomorrow', '2026-11-24'],
    ['today', '2026-11-23'],
    ['12 december', '2026-12-12'],
    ['the 12th of december', '2026-12-12'],
    ['Dec 12', '2026-12-12'],
    ['on 24.12.2026', '2026-12-24'],
    ['2026-12-24', '2026-12-24'],
    ['in two weeks', '2026-12-07'],
    ['I want to leave on friday', '2026-11-27'],
    ['2026-11-22', undefined],
    ['2026-02-30', undefined],
    ['2', undefined],
    ['every friday', undefined],
    ['London', undefined],
    ['', undefined],
  ])('reads the date %j', (text, date) => {
    expect(readDate(text, today)).toBe(date);
  });

  it.each([
    ['friday to sunday', '2026-11-27', '2026-11-29'],
    ['from 5 december to 8 december', '2026-12-05', '2026-12-08'],
    ['tomorrow for 3 nights', '2026-11-24', '2026-11-27'],
    ['friday', '2026-11-27', undefined],
  ])('reads the dates %j', (text, departure, returning) => {
    expect(readDates(text, today)).toEqual({ departure, ...(returning === undefined ? {} : { returning }) });
  });

  it.each([
    ['sunday', '2026-12-06'],
    ['a week', '2026-12-11'],
    ['1 night', '2026-12-05'],
    ['3 days later', '2026-12-07'],
    ['tomorrow', '2026-12-05'],
    ['20 november', undefined],
  ])('reads %j as the end of a trip that begins on 4 December', (text, date) => {
    expect(readReturn(text, '2026-12-04', today)).toBe(date);
  });

  it.each([
    ['two of us', 2],
    ['2', 2],
    ['just me', 1],
    ['me and my wife', 2],
    ['a family of four', 4],
    ['3 adults and 2 kids', 5],
    ['my wife, me and three kids', 5],
    ['we are three', 3],
    ['alone', 1],
    ['a couple', 2],
    ['many', undefined],
    ['0', undefined],
  ])('reads %j as %j travellers', (text, count) => {
    expect(readTravellers(text)).toBe(count);
  });

  it.each([
    ['London', 'London'],
    ['las vegas', 'Las Vegas'],
    ["I'd like to fly to rio de janeiro, please", 'Rio de Janeiro'],
    ['to Paris!', 'Paris'],
    ['München', 'München'],
    ['東京', '東京'],
    ['hello', undefined],
    ['42', undefined],
    ['<b>x</b>', undefined],
  ])('reads the destination %j', (text, place) => {
    expect(readDestination(text)).toBe(place);
  });

  it('never fails, whatever is said', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('back', 'London', 'friday', '2', 'yes')),
        ),
        (texts) => {
          let booking: Parameters<typeof takeAnswer>[0] = newBooking;
          for (const text of texts) {
            const answered = takeAnswer(booking, text, today);
            if (answered.kind !== 'ask') return;
            booking = answered.booking;
            expect(promptOf(booking, wordsFor('en').booking).text).not.toBe('');
          }
        },
      ),
    );
  });
});

it('a count is written as the language writes it', () => {
  expect(wordsFor('en').booking.travellers(1200)).toBe('1,200 travellers');
  expect(wordsFor('de').booking.travellers(1200)).toBe('1.200 Personen');
});
