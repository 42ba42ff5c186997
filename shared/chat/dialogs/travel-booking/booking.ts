import type { Reply } from '../../turn.ts';
import { readDestination } from './destination.ts';
import { readDates, readReturn, showDate, type Today, type TravelDate } from './travel-date.ts';
import { MOST_TRAVELLERS, readTravellers, showTravellers } from './travellers.ts';

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

/** What an answer does to a booking. */
export type Answered =
  /** Asks on: `said` comes before the question of the booking's step. */
  | { readonly kind: 'ask'; readonly booking: Booking; readonly said?: string }
  | { readonly kind: 'booked'; readonly booking: Booking }
  | { readonly kind: 'left' };

export const newBooking: Booking = { step: 'destination' };

/** Takes one answer. Never throws, whatever was said. */
export function takeAnswer(booking: Booking, text: string, today: Today): Answered {
  const said = text.trim();
  const word = said.toLowerCase().replace(/[.!]+$/, '');
  if (/^(cancel|stop|quit|abort|never ?mind|forget it)$/.test(word)) return { kind: 'left' };
  if (/^(help|\?+)$/.test(word)) return { kind: 'ask', booking, said: helpWith(booking) };
  if (/^(go )?back$/.test(word)) return goBack(booking);
  switch (booking.step) {
    case 'destination':
      return takeDestination(booking, said);
    case 'departure':
      return takeDeparture(booking, said, today);
    case 'return':
      return takeReturn(booking, said, today);
    case 'travellers':
      return takeTravellers(booking, said);
    case 'confirmation':
      return takeConfirmation(booking, word);
  }
}

/** The question that the booking waits for an answer to. */
export function promptOf(booking: Booking): Reply {
  const { destination = '', departure, returning, travellers } = booking;
  switch (booking.step) {
    case 'destination':
      return {
        text: `Where do you want to go?${soFar(destination === '' ? undefined : destination)}`,
        suggestions: destination === '' ? ['London', 'Paris', 'Las Vegas'] : [destination],
      };
    case 'departure':
      return {
        text: `When do you leave for ${plain(destination)}?${soFar(departure && showDate(departure))}`,
        suggestions: ['tomorrow', 'next friday', 'in two weeks'],
      };
    case 'return':
      return {
        text: `When do you come back?${soFar(returning === undefined ? undefined : showReturn(returning))}`,
        suggestions: ['after 3 nights', 'after a week', 'one way'],
      };
    case 'travellers':
      return {
        text: `How many of you travel?${soFar(travellers === undefined ? undefined : showTravellers(travellers))}`,
        suggestions: ['just me', 'two of us', 'family of four'],
      };
    case 'confirmation':
      return { text: `Shall I book this? ${summaryOf(booking)}`, suggestions: ['yes', 'back', 'cancel'] };
  }
}

/** `**London**, Friday, 4 December 2026 to Monday, 7 December 2026, 2 travellers.` */
export function summaryOf({ destination, departure, returning, travellers }: Booking): string {
  const dates = [
    departure === undefined ? '' : showDate(departure),
    returning === undefined ? '' : returning === 'one-way' ? ' (one way)' : ` to ${showDate(returning)}`,
  ].join('');
  return `**${plain(destination ?? '')}**, ${dates}, ${showTravellers(travellers ?? 1)}.`;
}

export function showReturn(returning: TravelDate | 'one-way'): string {
  return returning === 'one-way' ? 'One way' : showDate(returning);
}

function takeDestination(booking: Booking, said: string): Answered {
  const destination = readDestination(said);
  if (destination === undefined)
    return { kind: 'ask', booking, said: 'That is no place that I understand; a city or a country will do.' };
  return ask(onward({ ...booking, destination }), `${plain(destination)}, a good choice.`);
}

function takeDeparture(booking: Booking, said: string, today: Today): Answered {
  const dates = readDates(said, today);
  if (dates === undefined)
    return {
      kind: 'ask',
      booking,
      said: 'I did not understand that as a date to come. Say for example **next friday**, **12 December** or **in two weeks**.',
    };
  const { departure, returning } = dates;
  // A way back that was said before, and lies before the new departure, has to be asked for again.
  const { returning: before, ...rest } = booking;
  const kept = returning ?? (before === 'one-way' || (before ?? '') >= departure ? before : undefined);
  const next = { ...rest, departure, ...(kept === undefined ? {} : { returning: kept }) };
  return returning === undefined
    ? ask(onward(next), `Leaving on ${showDate(departure)}.`)
    : ask(
        { ...next, step: 'travellers' },
        `Leaving on ${showDate(departure)}, and back on ${showDate(returning)}.`,
      );
}

function takeReturn(booking: Booking, said: string, today: Today): Answered {
  const { departure } = booking;
  if (/^(one[- ]way|not at all|never|no return|i don'?t|open|none|no)\b/i.test(said))
    return ask(onward({ ...booking, returning: 'one-way' }), 'One way, then.');
  const returning =
    departure === undefined ? undefined : readReturn(said.replace(/^after /i, ''), departure, today);
  if (returning === undefined)
    return {
      kind: 'ask',
      booking,
      said: `I need a day on or after ${departure === undefined ? 'the departure' : showDate(departure)}: say for example **sunday**, **after 3 nights** or **one way**.`,
    };
  return ask(onward({ ...booking, returning }), `Back on ${showDate(returning)}.`);
}

function takeTravellers(booking: Booking, said: string): Answered {
  const travellers = readTravellers(said);
  if (travellers === undefined)
    return {
      kind: 'ask',
      booking,
      said: 'How many people is that? Say a number, **just me** or **two of us**.',
    };
  if (travellers > MOST_TRAVELLERS)
    return {
      kind: 'ask',
      booking,
      said: `I book for ${MOST_TRAVELLERS} people at most; larger groups go through a travel agent.`,
    };
  return ask(onward({ ...booking, travellers }), `${showTravellers(travellers)}, noted.`);
}

function takeConfirmation(booking: Booking, word: string): Answered {
  if (
    /^(yes|y|yep|yeah|sure|ok|okay|book it|book|confirm|do it|go ahead|please do|perfect|fine)\b/.test(word)
  )
    return { kind: 'booked', booking };
  const changed = steps.find((step) => stepWords[step].test(word));
  if (changed !== undefined) return { kind: 'ask', booking: { ...booking, step: changed } };
  const said = /^(no|n|nope|not yet|wait|change)\b/.test(word)
    ? 'Nothing is booked yet. Say what to change (**destination**, **dates**, **return** or **travellers**), or **cancel**.'
    : 'Please say **yes**, or what to change: **destination**, **dates**, **return** or **travellers**.';
  return { kind: 'ask', booking, said };
}

const stepWords: { readonly [step in Step]: RegExp } = {
  destination: /\b(destination|city|place|where)\b/,
  return: /\b(return|way back|coming back|end)\b/,
  departure: /\b(dates?|departure|leave|leaving|when)\b/,
  travellers: /\b(travell?ers|people|persons|how many)\b/,
  confirmation: /(?!)/,
};

function goBack(booking: Booking): Answered {
  const before = steps[steps.indexOf(booking.step) - 1];
  return before === undefined
    ? { kind: 'ask', booking, said: 'This is the first question. **cancel** leaves the booking.' }
    : { kind: 'ask', booking: { ...booking, step: before }, said: 'One step back.' };
}

/** The booking at the first step after this one that has no answer yet: what was said before a correction stays. */
function onward(booking: Booking): Booking {
  const rest = steps.slice(steps.indexOf(booking.step) + 1);
  const answers: { readonly [step in Step]: unknown } = {
    destination: booking.destination,
    departure: booking.departure,
    return: booking.returning,
    travellers: booking.travellers,
    confirmation: undefined,
  };
  return { ...booking, step: rest.find((step) => answers[step] === undefined) ?? 'confirmation' };
}

function ask(booking: Booking, said: string): Answered {
  return { kind: 'ask', booking, said };
}

function helpWith({ step }: Booking): string {
  const hints: { readonly [step in Step]: string } = {
    destination: 'Name a city or a country, such as **London**.',
    departure: 'Name a day, such as **next friday**, or both days: **friday to sunday**.',
    return: 'Name a day, or for how long: **after 3 nights**. **one way** means no way back.',
    travellers: 'Say how many you are: **just me**, **two of us**, **3**.',
    confirmation: '**yes** books it. Or name what to change: **destination**, **dates**, **travellers**.',
  };
  return `You are booking a trip. ${hints[step]} **back** changes the answer before, **cancel** leaves the booking.`;
}

function soFar(value: string | undefined): string {
  return value === undefined ? '' : ` (So far: ${plain(value)}.)`;
}

/** What people write is not Markdown. */
function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#+!|~]/g, '\\$&');
}
