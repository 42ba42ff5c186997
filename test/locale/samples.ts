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

/** A message without a sample is a type error here. */
export const samples: Samples<Words> = {
  living: {
    inAnswerTo: [['LINE']],
    answered: [['CHOICE']],
    answers: [[[{ choice: 'CHOICE', count: 2 }]]],
  },
  cards: {
    digest: {
      title: [
        ['waiting', 1],
        ['quiet-hours', 2],
        ['burst', 3],
        ['mixed', 1000],
      ],
      more: [[5]],
      mute: [['builds']],
    },
  },
  chat: {
    greeting: [['Ana'], [undefined]],
    didYouMean: [[['help']], [['help', 'topics']]],
    tooLong: [[4000, 5000]],
    inTheMiddle: [['TITLE']],
    console: [['http://127.0.0.1:7071/api/console']],
    helpOne: [['EXAMPLE']],
  },
  interruptions: {
    endsWithDone: [[undefined], ['TITLE']],
    noSuchChoice: [
      ['pizza', ['Soup', 'Salad']],
      ['', ['Soup']],
    ],
    endsWithChoice: [
      [['A', 'B'], undefined],
      [['A'], 'TITLE'],
    ],
    backTo: [['TITLE']],
    cancelled: [['TITLE']],
    noted: [['A']],
    cancelledAndKept: [['TITLE']],
    brokenOff: [['TITLE']],
    resume: [['TITLE']],
    backToDialog: [['TITLE']],
  },
  quiet: {
    muteExample: [['FAULT']],
    noTime: [['SAID']],
    noEnd: [['morgen']],
    endsAtOnce: [['SAID']],
    tooManyMutes: [[100]],
    muted: [
      [undefined, undefined, undefined],
      ['builds', time, 'Europe/Berlin'],
    ],
    unmuteExample: [['FAULT']],
    unmuted: [['builds']],
    wasNotMuted: [['builds']],
    wasNotMutedItself: [['builds']],
    notHours: [['SAID']],
    hoursSet: [['HOURS']],
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
    whichZone: [
      [['Berlin'], false],
      [['A', 'B'], true],
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
    mayNot: [
      [undefined, true],
      ['Ana', false],
    ],
  },
};
