import { type Mutation, mutationsIn } from '../mutation.ts';

const all = [
  'test/kinds/reminders/use-cases/crowding.test.ts',
  'test/kinds/reminders/reminder-commands.test.ts',
  'test/calendar/recurrence.test.ts',
];
const reminders = [
  [
    'test/kinds/reminders/model/reminder.test.ts',
    'test/kinds/reminders/use-cases/fire-reminders.test.ts',
    'test/kinds/reminders/use-cases/change-reminder.test.ts',
  ],
  all,
];

/** When a reminder comes, and when it comes again. */
export const mutations: readonly Mutation[] = [
  ...mutationsIn('shared/kinds/reminders/model/reminder.ts', reminders, [
    ['a reminder that was moved is told at its first time', 'reminder.version !== due.version ||', ''],
    ['what is done is told', 'if (isDone(reminder, due.occurrence)) return false;', ''],
    [
      'a snoozed one is told at both times',
      'return reminder.snooze?.occurrence === due.occurrence',
      'return false',
    ],
    [
      'the next occurrence is the present one',
      'if (schedule.at > now) return schedule.at;',
      'if (schedule.at >= now) return schedule.at;',
    ],
  ]),
  ...mutationsIn('shared/kinds/reminders/fire-reminders.ts', reminders, [
    ['a tick looks ahead a minute too little', '+ minutes(2) - 1;', '+ minutes(1) - 1;'],
    [
      'orphans are removed while they are written',
      'const ORPHAN_AFTER: Duration = minutes(5);',
      'const ORPHAN_AFTER: Duration = minutes(0);',
    ],
    [
      'the next occurrence is not put into the index',
      'if (next !== undefined) await deps.reminderIndex.add(dueReminder(reminder, next));',
      '',
    ],
    [
      'ten days of absence are told ten times',
      'toTell.filter((at) => at > now || at === lastPassed)',
      'toTell',
    ],
    [
      'a cancelled one that repeats is told',
      "|| reminder.state !== 'open') return 'lapsed';",
      ") return 'lapsed';",
    ],
  ]),
  ...mutationsIn(
    'shared/calendar/recurrence.ts',
    [['test/calendar/recurrence.test.ts'], ['test/calendar'], all],
    [
      [
        'minutely is not below a day, and follows the clock',
        'FREQ=(?:HOURLY|MINUTELY|SECONDLY)',
        'FREQ=(?:HOURLY|SECONDLY)',
      ],
      ['the last occurrence is lost where it lies in a skipped hour', '  yield* skipped;\n', ''],
      [
        'a skipped time comes at its turn, out of order',
        'if (toWall(at, rule.zone) === wall) yield at;',
        'yield at; if (toWall(at, rule.zone) === wall) continue;',
      ],
      ['the end of a rule is left out', 'at <= until;', 'at < until;'],
      [
        'BYMONTHDAY with hours is counted as time that passes',
        '/;BY(?:DAY|HOUR|MONTH|MONTHDAY)=/',
        '/;BY(?:DAY|HOUR)=/',
      ],
      [
        'an occurrence is told twice',
        'if (at > after && at !== found.at(-1)) found.push(at);',
        'if (at >= after) found.push(at);',
      ],
    ],
  ),
];
