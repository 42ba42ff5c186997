import type { Words } from '../../../shared/kinds/reminders/words/words.ts';
import type { Samples } from '../../locale/samples.ts';

const time = 'TIME';

/** A message without a sample is a type error here. */
export const samples: Samples<Words> = {
  reminders: {
    keepTheirClock: [[['UTC', 'Asia/Tokyo']]],
    renumbered: [[[{ from: 1, to: 3, text: 'TEXT' }]]],
    which: [['EXAMPLE']],
    whenShallItCome: [[3]],
    whenOf: [['TEXT']],
    tooLong: [[1000, 1200]],
    tooMany: [[200]],
    tooOften: [[5]],
    tooManyAtOnce: [[10, time]],
    cancelled: [[3, 'TEXT']],
    done: [['TEXT']],
    comesAgain: [[time]],
    snoozed: [[time, 'TEXT']],
    snoozeOnce: [[3, 'WHEN']],
    notYours: [
      [3, 'Ada'],
      [3, undefined],
    ],
    muted: [[3, 'TEXT']],
    unmuted: [[3, 'TEXT']],
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
    next: [[time]],
    title: [[undefined], [{ number: 1, of: 2 }]],
    timesIn: [['TITLE', 'UTC']],
    wasDue: [[time]],
    byClockOf: [['UTC']],
    recurringLine: [['RULE', time]],
    due: {
      text: [['TEXT']],
      askedBy: [['Ada']],
      dueAt: [[3, time]],
      snoozedUntil: [[time]],
      snoozes: { minutes: [[1], [20]], hours: [[1], [3]] },
    },
  },
};
