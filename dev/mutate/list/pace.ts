import { type Mutation, mutationsIn } from '../mutation.ts';

const pacing = [
  ['test/domain/delivery/pace-values.test.ts', 'test/domain/delivery/tenant-window.test.ts'],
  ['test/domain/delivery', 'test/use-cases/pace'],
];

/** How fast a conversation and a tenant are sent to. */
export const mutations: readonly Mutation[] = [
  ...mutationsIn('shared/domain/delivery/pace.ts', pacing, [
    ['the limit of a conversation is ignored', 'if (sends.length < limit.count) return now;', 'return now;'],
    [
      'one request too many per window',
      'if (sends.length < limit.count) return now;',
      'if (sends.length <= limit.count) return now;',
    ],
    [
      'a limit is a minute too loose',
      'const since = now - window;',
      'const since = now - window + minutes(1);',
    ],
    ['minutes that are counted as a whole are forgotten', '...windows.older.flatMap(', '...[].flatMap('],
    [
      'an hour of sends is forgotten after half of it',
      'const LONGEST_SPAN = minutes(61);',
      'const LONGEST_SPAN = minutes(31);',
    ],
    [
      'the hourly limit gives way to whoever sends at the ends of minutes',
      'Math.min(minute + minutes(1), olderThan)',
      'minute',
    ],
    [
      'what a request takes on its way is not added',
      'const window = limit.window + LONGEST_ON_ITS_WAY;',
      'const window = limit.window;',
    ],
    [
      'the burst guard lets one more through',
      'const blocking = within[within.length - limit.count];',
      'const blocking = within[within.length - limit.count - 1];',
    ],
    [
      'the burst window never ends',
      'return blocking === undefined ? now : blocking + limit.window;',
      'return blocking === undefined ? now : now + limit.window;',
    ],
    ['what is not counted for the burst guard is counted', 'bursts: countsForBurst ? [', 'bursts: true ? ['],
    ['places in line lie on one another', 'Math.max(now, last + lineSpacing(limits))', 'Math.max(now, last)'],
    ['a line of a wrong clock stands for ever', 'end < now + LONGEST_LINE', 'true'],
    [
      'a slot is good for ever',
      'export const SLOT_GOOD_FOR: Duration = seconds(0.4);',
      'export const SLOT_GOOD_FOR: Duration = seconds(400);',
    ],
    ['calls come a second before their slots', 'Math.min(seconds(0.15)', 'Math.max(seconds(1)'],
  ]),
  ...mutationsIn('shared/domain/delivery/tenant-window.ts', pacing, [
    [
      'a faster network is never learned',
      'this.#shortest = Math.min(took, this.#shortest + FORGETTING);',
      'this.#shortest = Math.max(took, this.#shortest === Infinity ? took : this.#shortest);',
    ],
    ['late requests are never forgotten', 'departed > now - REMEMBERED', 'true'],
    ['late requests are forgotten at once', 'departed > now - REMEMBERED', 'false'],
    [
      'doubt about arrivals is not counted',
      'return departed + this.#doubtOf(took) * Math.min(1, USUAL_AT_MOST / this.#usualDoubt) ** 2;',
      'return departed;',
    ],
    ['what others had late is ignored', 'this.#othersLate = said.late;', ''],
    [
      'a process uses all of the window without slots',
      'this.inUse(now) < (this.#others === 0 ? part : part * SPARE_PART)',
      'this.inUse(now) < this.#places',
    ],
    [
      'places are free before the window is over',
      'return this.#arrivedAt(exchange) + CHANNEL_WINDOW + UNSEEN;',
      'return this.#arrivedAt(exchange) + CHANNEL_WINDOW / 2;',
    ],
  ]),
  ...mutationsIn('shared/domain/delivery/slack.ts', pacing, [
    [
      'slots have no slack',
      'const LEAST_SLACK: Duration = milliseconds(7);',
      'const LEAST_SLACK: Duration = milliseconds(0);',
    ],
    [
      'a refusal is forgotten in a minute',
      'const FIRM: Duration = minutes(10);',
      'const FIRM: Duration = minutes(1);',
    ],
    [
      'a network needs half of the slack',
      'const PER_ROOT_OF_JITTER = 15;',
      'const PER_ROOT_OF_JITTER = 7.5;',
    ],
    ['slack goes at once', 'const CLEAN_ANSWERS = 100;', 'const CLEAN_ANSWERS = 10;'],
    [
      'what was under way at a change raises it again',
      'if (isWithin(REACTION, this.#raisedAt, now)) return;',
      '',
    ],
    [
      'all instances take a part of the slack away at once',
      'isWithin(REACTION, this.#changedAt, now) || ',
      '',
    ],
  ]),
  ...mutationsIn('shared/use-cases/pace/departures.ts', pacing, [
    [
      'a clock swings with every answer',
      'Math.max(setBy + least, Math.min(this.setBy, setBy + most))',
      'setBy + (least + most) / 2',
    ],
    ['a clock believes any row', 'Math.abs(behind) > MOST_MENDED ? 0 : behind', 'behind'],
  ]),
];
