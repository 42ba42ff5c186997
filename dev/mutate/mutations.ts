/** One fault that a test has to notice. */
export interface Mutation {
  readonly file: string;
  /** What would be wrong with the product. */
  readonly fault: string;
  /** Occurs once in the file. */
  readonly text: string;
  /** What stands there in its place. */
  readonly faulty: string;
  /** The tests that say what the file does, the quick ones first: those behind are asked when they notice nothing. */
  readonly tests: readonly (readonly string[])[];
}

type Planted = readonly [fault: string, text: string, faulty: string];

const all = {
  delivery: ['test/domain/delivery', 'test/use-cases/delivery', 'test/use-cases/pace'],
  reminders: ['test/kinds/reminders', 'test/calendar/recurrence.test.ts'],
  holding: ['test/use-cases/holding-back', 'test/use-cases/delivery'],
} as const;
const deciding = [
  ['test/use-cases/delivery/decide.test.ts', 'test/use-cases/delivery/states.test.ts'],
  all.delivery,
];
const pacing = [['test/domain/delivery', 'test/use-cases/pace'], all.delivery];
const holding = [
  ['test/use-cases/delivery/decide.test.ts', 'test/use-cases/holding-back/quiet-hours.test.ts'],
  ['test/use-cases/holding-back/holding-back.test.ts', 'test/use-cases/holding-back/muted-and-quiet.test.ts'],
  all.holding,
];
const reminders = [all.reminders];

function inFile(
  file: string,
  tests: readonly (readonly string[])[],
  planted: readonly Planted[],
): readonly Mutation[] {
  return planted.map(([fault, text, faulty]) => ({ file, tests, fault, text, faulty }));
}

/** Faults in the files that a person's trust hangs on most. Each was plausible, and some survived every test once. */
export const mutations: readonly Mutation[] = [
  ...inFile('shared/domain/delivery/pace.ts', pacing, [
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
  ...inFile('shared/domain/delivery/backoff.ts', deciding, [
    [
      'a delivery is never exhausted by its attempts',
      'export const MOST_ATTEMPTS = 12;',
      'export const MOST_ATTEMPTS = 1200;',
    ],
    [
      'a delivery is retried for a week',
      'LONGEST_RETRYING: Duration = hours(24)',
      'LONGEST_RETRYING: Duration = hours(168)',
    ],
    [
      'a broken header is waited for a day',
      'LONGEST_RETRY_AFTER: Duration = hours(1)',
      'LONGEST_RETRY_AFTER: Duration = hours(24)',
    ],
    ['the first retry comes after a minute', '  seconds(2),\n  seconds(5),', '  seconds(60),\n  seconds(5),'],
    ['a retry comes at once', 'Math.ceil(100 + random', 'Math.ceil(0 * random'],
    ['Retry-After is ignored', 'if (retryAfter <= 0) return own;', 'return own;'],
    ['all who were told the same come back at once', '+ random * seconds(1));', ');'],
    [
      'a channel that always asks for a moment uses up the attempts',
      'return attempts <= TRUSTED_TO_KNOW ? asked',
      'return true ? asked',
    ],
  ]),
  ...inFile('shared/domain/delivery/states.ts', deciding, [
    [
      '24 hours of retrying never end',
      'firstClaimedAt: known.attempts === 0 ? now : known.firstClaimedAt,',
      'firstClaimedAt: now,',
    ],
    [
      'the time of retrying begins while it is held back',
      'firstClaimedAt: known.attempts === 0 ? now : known.firstClaimedAt,',
      'firstClaimedAt: known.firstClaimedAt,',
    ],
    [
      'attempts are not counted',
      'attempts: known.attempts + (request ? 1 : 0),',
      'attempts: known.attempts,',
    ],
    [
      'an outcome by policy counts as an attempt',
      'attempts: known.attempts + (request ? 1 : 0),',
      'attempts: known.attempts + 1,',
    ],
    ['an unknown result is forgotten', '(isInDoubt(row) ? 1 : 0);', '0;'],
    [
      'a retry keeps its version, and old calls wake it',
      "return { ...row, version: row.version + 1, state: 'retrying', dueAt };",
      "return { ...row, state: 'retrying', dueAt };",
    ],
    ['a lease has no end', 'leaseUntil: now + lease,', 'leaseUntil: now + lease * 1000,'],
    [
      'a member of a digest keeps its version',
      "version: row.version + 1, state: 'joined', digest",
      "version: row.version, state: 'joined', digest",
    ],
  ]),
  ...inFile('shared/use-cases/delivery/decide.ts', deciding, [
    [
      'a retry comes five seconds early',
      'const EARLY: Duration = seconds(0.05);',
      'const EARLY: Duration = seconds(5);',
    ],
    [
      'a call that is one version old is not stale',
      'version > call.version && state',
      'version > call.version + 1 && state',
    ],
    [
      'a lease that is alive is taken over',
      "if (state !== 'claimed' || leaseUntil === undefined || leaseUntil <= now) return undefined;",
      'return undefined;',
    ],
    [
      'a call for a live lease comes before its end',
      '+ seconds(1),\n        ...(isWrong',
      '- seconds(1),\n        ...(isWrong',
    ],
    [
      'an unknown result is repeated under park',
      'isInDoubt(row) && !mayRepeat(row, notification) ?',
      'isInDoubt(row) && false ?',
    ],
    [
      'what the words were meant for is over, and they are told',
      'known.isMeant === false ?',
      'known.isMeant === undefined ?',
    ],
    [
      'what somebody unsubscribed from is told when it is let go',
      'if (!isWanted) return',
      'if (false) return',
    ],
    [
      'the slot is kept on asking again',
      "slotAt: turn.isWithoutSlot === true ? 'none' : turn.at,",
      'slotAt: turn.at,',
    ],
    [
      'others who wait in line are passed by',
      'if (room <= now && !isBehindOthers) return undefined;',
      'if (room <= now) return undefined;',
    ],
    [
      'a delivery expires only after its retry',
      'if (expiresAt !== undefined && dueAt >= expiresAt) {',
      'if (expiresAt !== undefined && at >= expiresAt) {',
    ],
    ['one attempt too many', 'row.attempts >= MOST_ATTEMPTS', 'row.attempts > MOST_ATTEMPTS'],
    [
      'a 429 for all moves one conversation only',
      "verdict.scope === 'tenant' && after !== undefined",
      'false',
    ],
    [
      'unknown results are counted as none',
      'unconfirmed: row.unconfirmed + 1 };',
      'unconfirmed: row.unconfirmed };',
    ],
  ]),
  ...inFile('shared/domain/delivery/tenant-window.ts', pacing, [
    [
      'a faster network is never learned',
      'this.#shortest = Math.min(took, this.#shortest + FORGETTING);',
      'this.#shortest = Math.max(took, this.#shortest === Infinity ? took : this.#shortest);',
    ],
    ['late requests are never forgotten', 'departed > now - REMEMBERED', 'true'],
    ['late requests are forgotten at once', 'departed > now - REMEMBERED', 'false'],
    [
      'doubt about arrivals is not counted',
      'return departed + this.#doubtOf(took) * Math.min(1, DOUBT_BUDGET / this.#usualDoubt);',
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
    [
      'slots have no slack',
      'const SLACK: Duration = milliseconds(7);',
      'const SLACK: Duration = milliseconds(0);',
    ],
  ]),
  ...inFile('shared/use-cases/holding-back/decide-policy.ts', holding, [
    ['what is muted is told', 'if (!urgent && isMuted(', 'if (urgent && isMuted('],
    [
      'urgent ones wait for quiet hours',
      'if (!notification.delivery.urgent && preferences.quietHours',
      'if (preferences.quietHours',
    ],
    ['what expired is told', 'expiresAt !== undefined && asked.now >= expiresAt', 'false'],
    ['wait never ends', 'if (now >= waitUntil) return onDeadline', 'if (false) return onDeadline'],
    [
      'maxWait begins anew at each look',
      'row?.waitUntil === undefined || isFarAhead(row.waitUntil, latest) ? latest : row.waitUntil;',
      'latest;',
    ],
    [
      'groups wait for dialogs',
      "conversation?.conversationType !== 'personal') return undefined;",
      'conversation === undefined) return undefined;',
    ],
    ['an interruption talks over another', 'return isAnothers ?', 'return false ?'],
    [
      'what is held back is looked at after it expired',
      'until: Math.min(until, expiresAt ?? until)',
      'until',
    ],
  ]),
  ...inFile('shared/use-cases/holding-back/quiet-hours.ts', holding, [
    [
      'quiet hours over midnight are none',
      'const passesMidnight = from > to;',
      'const passesMidnight = false;',
    ],
    ['quiet hours end a day late', 'minute >= from ? 1 : 0);', 'minute >= from ? 2 : 1);'],
    [
      'the end of quiet hours is quiet',
      'minute >= from || minute < to :',
      'minute >= from || minute <= to :',
    ],
    [
      "the channel's zone stands above one's own word",
      'const zone = preferences.timeZone ?? conversation.timeZone;',
      'const zone = conversation.timeZone ?? preferences.timeZone;',
    ],
  ]),
  ...inFile('shared/kinds/reminders/model/reminder.ts', reminders, [
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
  ...inFile('shared/kinds/reminders/fire-reminders.ts', reminders, [
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
  ...inFile(
    'shared/calendar/recurrence.ts',
    [['test/calendar/recurrence.test.ts'], ['test/calendar'], all.reminders],
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
  ...inFile(
    'shared/domain/identity/vouching.ts',
    [
      ['test/domain/identity', 'test/chat/impersonation.test.ts'],
      ['test/domain', 'test/use-cases/conversation'],
    ],
    [
      ['whoever writes on Web Chat is believed', "channels === 'all' || channels.has(channelId);", 'true;'],
      ['an Entra id is believed from any channel', 'channelId === ENTRA_CHANNEL && vouchesFor', 'vouchesFor'],
      [
        'the local stack believes nobody',
        "channels === 'all' || channels.has(channelId);",
        "channels !== 'all' && channels.has(channelId);",
      ],
    ],
  ),
  ...inFile('shared/domain/conversation/dialog-status.ts', holding, [
    ['a dialog that was left alone holds back for ever', 'now < status.lastSpokenAt + idle', 'true'],
    ['no dialog holds anything back', 'status?.active === true', 'false'],
  ]),
];
