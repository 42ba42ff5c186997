import type { Words } from '../../shared/locale/words.ts';

type Message = (...parameters: never[]) => string;

/** For each message that takes parameters, what to call it with: once for each way that it can read. */
export type Samples<Messages> = {
  readonly [name in keyof Messages as Messages[name] extends string
    ? never
    : Messages[name] extends Message
      ? name
      : keyof Samples<Messages[name]> extends never
        ? never
        : name]: Messages[name] extends Message
    ? readonly Parameters<Messages[name]>[]
    : Samples<Messages[name]>;
};

const time = 'TIME';
const drop = { kind: 'drop', amount: '20 %' } as const;
const below = { kind: 'below', amount: '150 $' } as const;
const hotel = { name: 'Grand', city: 'Vegas' };

/** A message without a sample is a type error here. */
export const samples: Samples<Words> = {
  booking: {
    questions: { departure: [['Rome']], confirmation: [['SUMMARY']] },
    soFar: [['Rome']],
    date: [['DAY', '4', 'MONTH', '2026']],
    summary: [
      ['Rome', { departure: 'A', isOneWay: true }, 'TWO'],
      ['Rome', { departure: 'A', returning: 'B', isOneWay: false }, 'TWO'],
    ],
    travellers: [[1], [2], [1200]],
    nights: [[1], [3]],
    destinationTaken: [['Rome']],
    leaving: [
      ['A', undefined],
      ['A', 'B'],
    ],
    noReturn: [['A'], [undefined]],
    backOn: [['B']],
    tooManyTravellers: [[12]],
    travellersTaken: [['TWO']],
    help: [['HINT']],
    booked: [['SUMMARY']],
  },
  cards: {
    build: { title: [['web', '12', 'RESULT']], onBranch: [['TITLE', 'main']] },
    digest: {
      title: [
        ['waiting', 1],
        ['quiet-hours', 2],
        ['burst', 3],
        ['mixed', 1000],
      ],
      more: [[5]],
    },
    priceAlert: {
      fallen: [['Grand', '1', '2', '3']],
      now: [['Grand', '1']],
      less: [['20 %']],
      was: [['199 $']],
      reason: [[drop], [below]],
    },
    priceReport: {
      none: [['Grand']],
      summary: [['NOW', 'TREND']],
      now: [['Grand', '1']],
      title: [['Grand']],
      moved: [
        [{ time, isClock: true }, undefined],
        [{ time, isClock: false }, undefined],
        [
          { time, isClock: false },
          { by: '3 %', isFall: true },
        ],
        [
          { time, isClock: true },
          { by: '3 %', isFall: false },
        ],
      ],
      trend: [
        ['MOVED', undefined],
        ['MOVED', { by: '3 %', isBelow: true }],
        ['MOVED', { by: '3 %', isBelow: false }],
      ],
    },
  },
  chat: {
    greeting: [['Ana'], [undefined]],
    didYouMean: [[['help']], [['help', 'topics']]],
    tooLong: [[4000, 5000]],
    inTheMiddle: [['TITLE']],
  },
  hotels: {
    when: [[drop], [below]],
    watchLine: [
      ['Grand', 'WHEN', undefined, false],
      ['Grand', 'WHEN', '199 $', true],
    ],
    watching: [
      [hotel, { when: drop, isNew: true, isBelow: false }],
      [hotel, { when: below, now: '140 $', isNew: false, isBelow: true }],
    ],
    otherCurrency: [['Grand', 'EUR', 'USD']],
    notWatched: [['Grand']],
    noLongerWatched: [['Grand']],
    unwatched: [['Grand', 'Vegas']],
    unwatchedAll: [[0], [1], [3]],
    snoozed: [['Grand', 'LENGTH']],
    lengths: { minutes: [[1], [20]], hours: [[1], [2]], days: [[1], [3]] },
    reportBegun: [['Grand', 'Vegas']],
    didYouMean: [['Grand']],
    unknown: [['Grand']],
  },
  interruptions: {
    endsWithDone: [[undefined], ['TITLE']],
    endsWithChoice: [
      [['A', 'B'], undefined],
      [['A'], 'TITLE'],
    ],
    backTo: [['TITLE']],
    cancelled: [['TITLE']],
    noted: [['A']],
    answeredBefore: [['A']],
    backToDialog: [['TITLE']],
  },
  privacy: {
    exported: [['file'], ['text']],
    part: [[1, 2]],
  },
  quiet: {
    muteExample: [['FAULT']],
    noTime: [['SAID']],
    timeIsOver: [[time]],
    tooManyMutes: [[100]],
    muted: [
      [undefined, undefined, undefined],
      ['builds', time, 'Europe/Berlin'],
    ],
    unmuteExample: [['FAULT']],
    unmuted: [['builds']],
    wasNotMuted: [['builds']],
    wasNotMutedItself: [['builds']],
    notHours: [['SAID', 'EXAMPLE']],
    hoursSet: [['HOURS']],
    noneYet: [['EXAMPLE']],
    hours: [['RANGE', 'Europe/Berlin']],
    hoursByGuess: [['RANGE', 'Europe/Berlin']],
  },
  recurrence: {
    and: [[['A']], [['A', 'B', 'C']]],
    every: [
      ['day', 1],
      ['week', 2],
      ['hour', 2],
      ['month', 3],
    ],
    ofEvery: [
      ['month', 1],
      ['year', 2],
      ['month', 3],
    ],
    ofMonths: [['MONTHS']],
    everyDays: [['DAYS']],
    on: [['DAYS']],
    onThe: [['DAYS']],
    weekday: [['first'], ['last']],
    nthDay: [
      [0, 'DAY'],
      [1, 'DAY'],
      [6, 'DAY'],
      [-1, 'DAY'],
      [-2, 'DAY'],
      [-6, 'DAY'],
    ],
    dayOfMonth: [[1], [2], [3], [11], [24]],
    date: [['MONTH', [1, 2]]],
    onDate: [['EVERY', 'DATE']],
    at: [['DAYS', 'CLOCKS']],
    window: [['EVERY', 'A', 'B']],
    times: [[1], [5]],
    until: [[time]],
  },
  reminders: {
    which: [['EXAMPLE']],
    whenShallItCome: [[3]],
    sayForExample: [['FAULT', 'EXAMPLE']],
    tooLong: [[1000, 1200]],
    tooMany: [[200]],
    tooOften: [[5]],
    tooManyAtOnce: [[10, time]],
    cancelled: [[3, 'TEXT']],
    done: [['TEXT']],
    comesAgain: [[time]],
    snoozed: [[time, 'TEXT']],
    snoozeOnce: [['COMMAND']],
    noSuch: [[3]],
    named: [[3, 'TEXT']],
    isOver: [
      ['NAMED', true],
      ['NAMED', false],
    ],
    doneBefore: [
      ['NAMED', time],
      ['NAMED', undefined],
    ],
    wasMoved: [
      ['NAMED', time],
      ['NAMED', undefined],
    ],
    notDue: [
      ['NAMED', 3, time],
      ['NAMED', 3, undefined],
    ],
    isSet: [[3, 'TEXT']],
    isMoved: [[3, 'TEXT']],
    followsClock: [['Europe/Berlin']],
    guessedZone: [['UTC', 3]],
    card: [[3, 'UTC']],
    next: [[time]],
    title: [[undefined], [{ number: 1, of: 2 }]],
    timesIn: [['TITLE', 'UTC']],
    wasDue: [[time]],
    byClockOf: [['UTC']],
    recurringLine: [['RULE', time]],
    due: {
      text: [['TEXT']],
      dueAt: [[3, time]],
      snoozedUntil: [[time]],
      snoozes: { minutes: [[1], [20]], hours: [[1], [3]] },
    },
  },
  status: {
    subscriptions: [[0], [3]],
    muted: [['WHAT']],
    mutedUntil: [['WHAT', time]],
    quietHours: [
      [undefined, false],
      ['22:00-07:00', true],
    ],
    heldBack: [['WHAT']],
    timeZone: [
      ['UTC', true],
      ['UTC', false],
    ],
    chat: [['KEY']],
  },
  times: {
    zoneSet: [['UTC', time]],
    zone: [['UTC', time]],
    zoneIsGuessed: [['UTC']],
    whichDate: [[['May 6', 'June 5']]],
    whichClock: [[['Asia/Kolkata', 'Europe/Dublin']]],
    monthHasNo: [['TITLE', 30]],
    remindersKeep: [[['UTC', 'Asia/Tokyo']]],
    whichZone: [
      [['timezone Berlin'], false],
      [['timezone A', 'timezone B'], true],
    ],
  },
  topics: {
    messages: [[1], [2]],
    lately: [['MESSAGES']],
    subscribed: [['builds']],
    subscribedAlready: [['builds']],
    unsubscribed: [['builds']],
    wasNotSubscribed: [['builds']],
    unsubscribedAll: [[0], [1], [2]],
    faults: { 'too-long': [[200, 300]] },
  },
  why: {
    topic: [
      ['builds', 'you'],
      ['builds', 'chat'],
    ],
    source: [
      ['ci', 'you'],
      ['ci', 'chat'],
    ],
    putOff: [[time]],
    putOffBefore: [[time]],
    covered: [['builds/web', 'builds']],
    mayNot: [[undefined], ['Ana']],
  },
};
