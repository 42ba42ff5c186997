import { describe, expect, it } from 'vitest';
import { isYes } from '../../../shared/kinds/travel/agreement.ts';
import { type Booking, takeAnswer } from '../../../shared/kinds/travel/booking.ts';
import { readDate, readReturn } from '../../../shared/kinds/travel/travel-date.ts';
import { readTravellers } from '../../../shared/kinds/travel/travellers.ts';
import { aTravelChat, travelBook } from './support/travel-chat.ts';

/** A Monday morning in Berlin. */
const today = { now: Date.UTC(2026, 10, 23, 9), zone: 'Europe/Berlin', locale: 'en' };

const trip = {
  step: 'confirmation',
  destination: 'London',
  departure: '2026-11-27',
  returning: '2026-11-29',
  travellers: 2,
} as const satisfies Booking;

/** The questions up to the one that is open have answers, the others have none. */
function upTo(step: 'departure' | 'return' | 'travellers' | 'confirmation'): Booking {
  const { destination, departure, returning } = trip;
  if (step === 'departure') return { step, destination };
  if (step === 'return') return { step, destination, departure };
  return step === 'travellers' ? { step, destination, departure, returning } : trip;
}

function bookingAfter(booking: Booking, text: string): Booking | undefined {
  const answered = takeAnswer(booking, text, today);
  return answered.kind === 'ask' ? answered.booking : undefined;
}

describe('a booking that somebody changes their mind about', () => {
  it.each([
    ['departure', 'actually Paris', { step: 'departure', destination: 'Paris' }],
    ['departure', 'no, Paris please', { step: 'departure', destination: 'Paris' }],
    ['departure', 'oh wait, I meant new york', { step: 'departure', destination: 'New York' }],
    ['return', 'Paris instead', { step: 'return', destination: 'Paris', departure: '2026-11-27' }],
    ['return', 'actually, saturday', { step: 'travellers', returning: '2026-11-28' }],
    ['travellers', 'actually one way', { step: 'travellers', returning: 'one-way' }],
    ['travellers', 'no, back on monday', { step: 'travellers', returning: '2026-11-30' }],
    ['confirmation', 'actually Rome', { step: 'confirmation', destination: 'Rome', travellers: 2 }],
    ['confirmation', 'no, make it 3 people', { step: 'confirmation', travellers: 3 }],
    ['confirmation', 'change the destination to Rome', { step: 'confirmation', destination: 'Rome' }],
    ['confirmation', 'change the return to monday', { step: 'confirmation', returning: '2026-11-30' }],
    ['confirmation', 'me, my wife and 2 kids', { step: 'confirmation', travellers: 4 }],
    ['confirmation', 'yes, but make it 4 of us', { step: 'confirmation', travellers: 4 }],
    ['confirmation', 'one way', { step: 'confirmation', returning: 'one-way' }],
    ['confirmation', 'tomorrow', { departure: '2026-11-24', returning: '2026-11-29' }],
    ['confirmation', 'return', { step: 'return' }],
  ] as const)('is corrected where the %s is asked for: %j', (step, text, booking) => {
    expect(bookingAfter(upTo(step), text)).toMatchObject(booking);
  });

  it('asks again for a way back that the correction has overtaken', () => {
    const after = bookingAfter(trip, 'actually 5 december');
    expect(after).toMatchObject({ step: 'return', departure: '2026-12-05' });
    expect(after).not.toHaveProperty('returning');
  });

  it.each([
    'no, that is wrong',
    'no, the dates are wrong',
    'actually nothing',
    'i changed my mind',
    'wait',
    'no, not yet',
    'no, thanks',
    'sorry, what?',
    'ok, wait',
    'sure?',
    'hmm',
  ])('makes no place of %j, and books nothing', (text) => {
    expect(bookingAfter(trip, text)).toMatchObject({ destination: 'London', travellers: 2 });
  });

  it('refuses a group with the question of how many still open', () => {
    const answered = takeAnswer(trip, 'make it 100 people', today);
    expect(answered).toMatchObject({ booking: { step: 'travellers', travellers: 2 } });
    expect(answered).toHaveProperty('said', expect.stringContaining('12 people at most'));
  });

  it.each(['yes', 'Yes please', 'ok, book it', 'go ahead', "yes, that's right", 'looks good', 'ja bitte'])(
    'books on %j',
    (text) => expect(isYes(text)).toBe(true),
  );

  it.each([
    'yes, but on friday',
    'ok wait',
    'book a different hotel',
    'fine, except the date',
    'sure?',
    'no',
    '',
  ])('does not take %j for a yes', (text) => expect(isYes(text)).toBe(false));
});

describe('a trip that is said at once', () => {
  it.each([
    [
      'New York from friday to sunday for two',
      {
        step: 'confirmation',
        destination: 'New York',
        departure: '2026-11-27',
        returning: '2026-11-29',
        travellers: 2,
      },
    ],
    ['Paris tomorrow', { step: 'return', destination: 'Paris', departure: '2026-11-24' }],
    ['Rome with my wife', { step: 'departure', destination: 'Rome', travellers: 2 }],
    ['Stoke on Trent', { step: 'departure', destination: 'Stoke on Trent' }],
    ['friday', { step: 'destination', departure: '2026-11-27' }],
  ])('%j', (text, booking) => {
    expect(bookingAfter({ step: 'destination' }, text)).toEqual(booking);
  });

  it('is begun by what people say for it, with the answers that it has', async () => {
    const chat = aTravelChat();
    await chat.says('hello');
    expect(await chat.hears("I'd like to book a flight to Tokyo tomorrow")).toMatch(
      /^Let us book a trip\. Tokyo, a good choice\. Leaving on .* When do you come back\?$/,
    );
    expect(await chat.hears('book a trip')).toContain('in the middle of your travel booking');
  });

  it.each([
    ['book travel', ''],
    ['Please book a trip!', ''],
    ['can you book me a flight to Rome?', 'to Rome'],
    ['book travel to Las Vegas', 'to Las Vegas'],
  ])('%j begins the booking', (text, answer) => {
    expect(travelBook.begunBy(text)).toEqual({ name: 'book travel', answer });
  });

  it.each(['book', 'I read a book', 'remind me to book a flight tomorrow', 'books'])(
    '%j begins none',
    (text) => expect(travelBook.begunBy(text)).toBeUndefined(),
  );
});

describe('an answer with a slip in it', () => {
  it.each([
    ['next fridya', '2026-12-04'],
    ['wendesday', '2026-11-25'],
    ['12 decmber', '2026-12-12'],
    ['thursdya', '2026-11-26'],
    ['gibberish', undefined],
  ])('is read as the date that was meant: %j', (text, date) => expect(readDate(text, today)).toBe(date));

  it.each([
    ['the same day', '2026-12-04'],
    ['back on sunday', '2026-12-06'],
    ['until monday', '2026-12-07'],
  ])('reads %j as the end of a trip', (text, date) =>
    expect(readReturn(text, '2026-12-04', today)).toBe(date),
  );

  it.each(['-1', '2.5', '- 3'])('counts no travellers in %j', (text) =>
    expect(readTravellers(text)).toBeUndefined(),
  );

  it('takes hundreds for more than it books', () => {
    expect(takeAnswer(upTo('travellers'), 'two hundred', today)).toHaveProperty(
      'said',
      expect.stringContaining('12 people at most'),
    );
  });
});
