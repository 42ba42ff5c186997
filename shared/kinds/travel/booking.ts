import type { Reply } from '../../chat/turn.ts';
import { defined } from '../../domain/defined.ts';
import { behindEach, withoutTail } from '../../domain/text.ts';
import { isYes } from './agreement.ts';
import { type Change, isOneWay, readAnswer, readCorrection, readDatesAndPeople, readTrip } from './change.ts';
import { inEnglish } from './german.ts';
import { readReturn, showDate, type Today, type TravelDate } from './travel-date.ts';
import { MOST_TRAVELLERS, readTravellers } from './travellers.ts';
import { bookingWords, type Words } from './words/words.ts';

type BookingWords = Words['booking'];

/** What an answer is read and met with. */
interface Asked {
  readonly today: Today;
  readonly words: BookingWords;
}

/** What is asked for, in this order. */
export const steps = ['destination', 'departure', 'return', 'travellers', 'confirmation'] as const;
export type Step = (typeof steps)[number];

/** A booking as far as it has come. A type and not an interface, so that it is JSON by its type. */
export type Booking = {
  readonly step: Step;
  readonly destination?: string;
  readonly departure?: TravelDate;
  /** `one-way` when there is no way back. */
  readonly returning?: TravelDate | 'one-way';
  readonly travellers?: number;
};

/** Whose trip it is: their clock, and the locale that they read in. */
export type Traveller = Today & { readonly locale: string };

/** What an answer does to a booking. */
export type Answered =
  /** Asks on: `said` comes before the question of the booking's step. */
  | { readonly kind: 'ask'; readonly booking: Booking; readonly said?: string }
  | { readonly kind: 'booked'; readonly booking: Booking }
  | { readonly kind: 'left' };

export const newBooking: Booking = { step: 'destination' };

/** Takes one answer. Never throws, whatever was said. */
export function takeAnswer(booking: Booking, text: string, today: Traveller): Answered {
  const words = bookingWords(today.locale);
  const word = withoutTail(text.trim().toLowerCase(), /[.!]/);
  const said = inEnglish(text.trim(), today.locale);
  if (/^(cancel|stop|quit|abort|never ?mind|forget it|abbrechen|abbruch|vergiss es)$/.test(word))
    return { kind: 'left' };
  if (/^(help|hilfe|\?+)$/.test(word))
    return { kind: 'ask', booking, said: words.help(words.hints[booking.step]) };
  if (/^((go )?back|zurück|geh zurück|einen schritt zurück)$/.test(word)) return goBack(booking, words);
  const { step } = booking;
  if (step !== 'destination') {
    const asked = step === 'confirmation' ? 'departure' : step;
    const change = readCorrection(said, booking, { asked, today });
    if (change !== undefined) return amended(booking, change, words);
  }
  switch (step) {
    case 'destination':
      return takeDestination(booking, said, { today, words });
    case 'departure':
      return takeDeparture(booking, said, { today, words });
    case 'return':
      return takeReturn(booking, said, { today, words });
    case 'travellers':
      return takeTravellers(booking, said, words);
    case 'confirmation':
      return takeConfirmation(booking, said, { today, words });
  }
}

/** The question that the booking waits for an answer to. */
export function promptOf(booking: Booking, words: BookingWords): Reply {
  const { questions } = words;
  const { destination = '', departure, returning, travellers } = booking;
  switch (booking.step) {
    case 'destination':
      return {
        text: `${questions.destination}${soFar(destination === '' ? undefined : destination, words)}`,
        suggestions: destination === '' ? ['London', 'Paris', 'Las Vegas'] : [destination],
      };
    case 'departure':
      return {
        text: `${questions.departure(plain(destination))}${soFar(departure && showDate(departure, words), words)}`,
        suggestions: chips(words.chips.departure),
      };
    case 'return':
      return {
        text: `${questions.return}${soFar(returning === undefined ? undefined : showReturn(returning, words), words)}`,
        suggestions: chips(words.chips.return),
      };
    case 'travellers':
      return {
        text: `${questions.travellers}${soFar(travellers === undefined ? undefined : words.travellers(travellers), words)}`,
        suggestions: chips(words.chips.travellers),
      };
    case 'confirmation':
      return {
        text: questions.confirmation(summaryOf(booking, words)),
        suggestions: chips(words.chips.confirmation),
      };
  }
}

/** `**London**, Friday, 4 December 2026 to Monday, 7 December 2026, 2 travellers.` */
export function summaryOf(
  { destination, departure, returning, travellers }: Booking,
  words: BookingWords,
): string {
  const isOneWay = returning === 'one-way';
  const dates = {
    departure: departure === undefined ? '' : showDate(departure, words),
    isOneWay,
    ...(returning === undefined || isOneWay ? {} : { returning: showDate(returning, words) }),
  };
  return words.summary(plain(destination ?? ''), dates, words.travellers(travellers ?? 1));
}

export function showReturn(returning: TravelDate | 'one-way', words: BookingWords): string {
  return returning === 'one-way' ? words.oneWay : showDate(returning, words);
}

function takeDestination(booking: Booking, said: string, { today, words }: Asked): Answered {
  // A day said first is no place.
  const change = isDay(said) ? readDatesAndPeople(said, today) : readTrip(said, today);
  if (change === undefined) return { kind: 'ask', booking, said: words.noPlace };
  return amended(booking, change, words);
}

function takeDeparture(booking: Booking, said: string, { today, words }: Asked): Answered {
  const change = readDatesAndPeople(said, today);
  if (change === undefined) return { kind: 'ask', booking, said: words.noDate };
  return amended(booking, change, words);
}

function takeReturn(booking: Booking, said: string, { today, words }: Asked): Answered {
  const { departure } = booking;
  if (isOneWay(said)) return ask(firstOpen({ ...booking, returning: 'one-way' }), words.oneWayThen);
  const returning =
    departure === undefined ? undefined : readReturn(said.replace(/^after /i, ''), departure, today);
  if (returning === undefined)
    return {
      kind: 'ask',
      booking,
      said: words.noReturn(departure === undefined ? undefined : showDate(departure, words)),
    };
  return ask(firstOpen({ ...booking, returning }), words.backOn(showDate(returning, words)));
}

function takeTravellers(booking: Booking, said: string, words: BookingWords): Answered {
  const travellers = readTravellers(said);
  if (travellers === undefined) return { kind: 'ask', booking, said: words.noTravellers };
  if (travellers > MOST_TRAVELLERS)
    return { kind: 'ask', booking, said: words.tooManyTravellers(MOST_TRAVELLERS) };
  return ask(firstOpen({ ...booking, travellers }), words.travellersTaken(words.travellers(travellers)));
}

function takeConfirmation(booking: Booking, said: string, { today, words }: Asked): Answered {
  if (isYes(said)) return { kind: 'booked', booking };
  const change = readAnswer(said, booking, { asked: 'departure', today });
  if (change !== undefined) return amended(booking, change, words);
  const word = said.toLowerCase();
  const changed = steps.find((step) => stepWords[step].test(word));
  if (changed !== undefined) return { kind: 'ask', booking: { ...booking, step: changed } };
  const isNo = /^(no|n|nein|nope|not yet|wait|change|i (have )?changed my mind)\b/.test(word);
  return { kind: 'ask', booking, said: isNo ? words.notYet : words.yesOrChange };
}

/** Takes answers to other questions than the one that is open, and asks on at the first that has none. */
function amended(booking: Booking, change: Change, words: BookingWords): Answered {
  const { travellers, ...rest } = change;
  const isTooMany = travellers !== undefined && travellers > MOST_TRAVELLERS;
  const { returning: before, ...kept } = booking;
  const departure = rest.departure ?? booking.departure ?? '';
  // A way back that was said before, and lies before the new departure, has to be asked for again.
  const returning =
    rest.returning ?? (before === 'one-way' || (before ?? '') >= departure ? before : undefined);
  const next: Booking = {
    ...kept,
    ...rest,
    ...defined({ returning }),
    ...(travellers === undefined || isTooMany ? {} : { travellers }),
  };
  const said = [
    ...(rest.destination === undefined ? [] : [words.destinationTaken(plain(rest.destination))]),
    ...(rest.departure === undefined
      ? returnSaid(rest.returning, words)
      : [leavingSaid(rest.departure, rest.returning, words)]),
    ...(travellers === undefined
      ? []
      : [
          isTooMany
            ? words.tooManyTravellers(MOST_TRAVELLERS)
            : words.travellersTaken(words.travellers(travellers)),
        ]),
  ].join(' ');
  return ask(isTooMany ? { ...next, step: 'travellers' } : firstOpen(next), said);
}

function leavingSaid(departure: TravelDate, returning: Change['returning'], words: BookingWords): string {
  const back = returning === undefined || returning === 'one-way' ? undefined : showDate(returning, words);
  return words.leaving(showDate(departure, words), back);
}

function returnSaid(returning: Change['returning'], words: BookingWords): readonly string[] {
  if (returning === undefined) return [];
  return [returning === 'one-way' ? words.oneWayThen : words.backOn(showDate(returning, words))];
}

const stepWords: { readonly [step in Step]: RegExp } = {
  destination: /\b(destination|city|place|where)\b/,
  return: /\b(return|way back|coming back|end)\b/,
  departure: /\b(dates?|departure|leave|leaving|when)\b/,
  travellers: /\b(travell?ers|people|persons|how many)\b/,
  confirmation: /(?!)/,
};

function goBack(booking: Booking, words: BookingWords): Answered {
  const before = steps[steps.indexOf(booking.step) - 1];
  return before === undefined
    ? { kind: 'ask', booking, said: words.firstQuestion }
    : { kind: 'ask', booking: { ...booking, step: before }, said: words.oneStepBack };
}

/** The booking at the first question that has no answer yet: what was said before a correction stays. */
function firstOpen(booking: Booking): Booking {
  const answers: { readonly [step in Step]: unknown } = {
    destination: booking.destination,
    departure: booking.departure,
    return: booking.returning,
    travellers: booking.travellers,
    confirmation: undefined,
  };
  return { ...booking, step: steps.find((step) => answers[step] === undefined) ?? 'confirmation' };
}

/** A day and nothing else: no city is called so. */
function isDay(said: string): boolean {
  const start = behindEach(/(?:on|next|this) /iy, said);
  return /^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tomorrow|in (?:an?|two|three|\d+) (?:days?|weeks?|months?)|(?:the )?weekend)\b/i.test(
    said.slice(start),
  );
}

function ask(booking: Booking, said: string): Answered {
  return { kind: 'ask', booking, said };
}

function soFar(value: string | undefined, words: BookingWords): string {
  return value === undefined ? '' : words.soFar(plain(value));
}

/** Answers to press, parted by semicolons. */
function chips(answers: string): readonly string[] {
  return answers.split('; ');
}

/** What people write is not Markdown. */
function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#+!|~]/g, '\\$&');
}
