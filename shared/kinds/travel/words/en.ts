import { counting } from '../../../locale/counting.ts';

const count = counting('en');

/** `book travel`. What travellers wrote is Markdown already, and dates are written. */
const booking = {
  title: 'travel booking',
  begin: 'Let us book a trip.',
  questions: {
    destination: 'Where do you want to go?',
    departure: (destination: string) => `When do you leave for ${destination}?`,
    return: 'When do you come back?',
    travellers: 'How many of you travel?',
    confirmation: (summary: string) => `Shall I book this? ${summary}`,
  },
  soFar: (answer: string) => ` (So far: ${answer}.)`,
  /** The language in which the parts of a date are named. */
  calendar: 'en',
  date: (weekday: string, day: string, month: string, year: string) => `${weekday}, ${day} ${month} ${year}`,
  /** The same where the month comes first, as in the United States. */
  monthFirst: (weekday: string, day: string, month: string, year: string) =>
    `${weekday}, ${month} ${day}, ${year}`,
  oneWay: 'One way',
  /** @param returning absent where nothing is known of it */
  summary: (
    destination: string,
    dates: { readonly departure: string; readonly returning?: string; readonly isOneWay: boolean },
    travellers: string,
  ) => {
    const back = dates.returning === undefined ? '' : ` to ${dates.returning}`;
    return `**${destination}**, ${dates.departure}${dates.isOneWay ? ' (one way)' : back}, ${travellers}.`;
  },
  travellers: (number: number) =>
    count(number, { one: '1 traveller', other: (many) => `${many} travellers` }),
  nights: (number: number) => count(number, { one: '1 night', other: (many) => `${many} nights` }),
  noPlace: 'That is no place that I understand; a city or a country will do.',
  destinationTaken: (destination: string) => `${destination}, a good choice.`,
  noDate:
    'I did not understand that as a date to come. Say for example **next friday**, **12 December** or **in two weeks**.',
  leaving: (departure: string, returning: string | undefined) =>
    `Leaving on ${departure}${returning === undefined ? '' : `, and back on ${returning}`}.`,
  oneWayThen: 'One way, then.',
  noReturn: (departure: string | undefined) =>
    `I need a day on or after ${departure ?? 'the departure'}: say for example **sunday**, **after 3 nights** or **one way**.`,
  backOn: (returning: string) => `Back on ${returning}.`,
  noTravellers: 'How many people is that? Say a number, **just me** or **two of us**.',
  tooManyTravellers: (most: number) =>
    `I book for ${most} people at most; larger groups go through a travel agent.`,
  travellersTaken: (travellers: string) => `${travellers}, noted.`,
  notYet:
    'Nothing is booked yet. Say what to change (**destination**, **dates**, **return** or **travellers**), or **cancel**.',
  yesOrChange:
    'Please say **yes**, or what to change: **destination**, **dates**, **return** or **travellers**.',
  firstQuestion: 'This is the first question. **cancel** leaves the booking.',
  oneStepBack: 'One step back.',
  help: (hint: string) =>
    `You are booking a trip. ${hint} **back** changes the answer before, **cancel** leaves the booking.`,
  hints: {
    destination: 'Name a city or a country, such as **London**.',
    departure: 'Name a day, such as **next friday**, or both days: **friday to sunday**.',
    return: 'Name a day, or for how long: **after 3 nights**. **one way** means no way back.',
    travellers: 'Say how many you are: **just me**, **two of us**, **3**.',
    confirmation: '**yes** books it. Or name what to change: **destination**, **dates**, **travellers**.',
  },
  /** Answers to press, parted by semicolons. */
  chips: {
    departure: 'tomorrow; next friday; in two weeks',
    return: 'after 3 nights; after a week; one way',
    travellers: 'just me; two of us; family of four',
    confirmation: 'yes; back; cancel',
  },
  left: 'The travel booking is cancelled; nothing was booked.',
  booked: 'Booked. Have a good trip!',
  card: {
    title: 'Trip booked',
    departure: 'Departure',
    return: 'Return',
    stay: 'Stay',
    travellers: 'Travellers',
    reference: 'Reference',
  },
};

/** All that the kind says. */
export const en = {
  booking,
  commands: {
    'book travel': 'Books a trip with you, question by question',
  },
};
