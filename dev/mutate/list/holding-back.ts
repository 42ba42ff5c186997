import { type Mutation, mutationsIn } from '../mutation.ts';

const holding = [
  ['test/use-cases/delivery/decide.test.ts', 'test/use-cases/holding-back/quiet-hours.test.ts'],
  ['test/use-cases/holding-back/holding-back.test.ts', 'test/use-cases/holding-back/muted-and-quiet.test.ts'],
  ['test/use-cases/holding-back'],
];

/** When a person is left in peace. */
export const mutations: readonly Mutation[] = [
  ...mutationsIn('shared/use-cases/holding-back/decide-policy.ts', holding, [
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
  ...mutationsIn('shared/use-cases/holding-back/quiet-hours.ts', holding, [
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
  ...mutationsIn('shared/domain/conversation/dialog-status.ts', holding, [
    ['a dialog that was left alone holds back for ever', 'now < status.lastSpokenAt + idle', 'true'],
    ['no dialog holds anything back', 'status?.active === true', 'false'],
  ]),
];
