import { parseTimeOfDayRange } from '../../../calendar/time-of-day-range.ts';
import { clockTime, type QuietHours } from '../../../domain/conversation/preferences.ts';
import { cut } from '../../../domain/text.ts';
import { type Words, wordsFor } from '../../../locale/words.ts';
import type { PreferenceStore } from '../../../ports/conversation/preference-store.ts';
import type { ReleaseDeferred } from '../../../use-cases/holding-back/release-deferred.ts';
import type { FindPersonZone } from '../../person-zone.ts';
import type { Reply, Turn } from '../../turn.ts';
import type { Command } from '../command.ts';
import { changePreferences } from './change-preferences.ts';

const EXAMPLE = 'quiet hours 22:00-07:00';
/** What most people take. */
const USUAL = ['22:00-07:00', '20:00-08:00', '18:00-09:00'];

/** `quiet hours <from>-<to>` and `quiet hours off` */
export function quietHours(deps: {
  readonly preferences: PreferenceStore;
  readonly personZone: FindPersonZone;
  readonly releaseDeferred: ReleaseDeferred;
}): Command {
  return {
    name: 'quiet hours',
    does: (locale) => wordsFor(locale).commands['quiet hours'],
    usage: 'quiet hours <from>-<to> | off',
    group: 'quiet',
    said: {
      en: [
        'set quiet hours <from>-<to>',
        'set quiet hours to <from>-<to>',
        'my quiet hours',
        'turn quiet hours <off>',
      ],
      de: [
        'ruhezeit <von>-<bis>',
        'ruhezeiten <von>-<bis>',
        'ruhezeit von <von>',
        'meine ruhezeit',
        'meine ruhezeit ist <von>-<bis>',
        '<keine> ruhezeit',
        'nachtruhe <von>-<bis>',
      ],
    },
    async run(turn, argument) {
      const words = wordsFor(turn.locale).quiet;
      if (argument === '') return show(turn);
      if (/^(off|none|no|never|aus|keine|nie)$/i.test(argument)) {
        const { key } = turn.conversation;
        await changePreferences(deps.preferences, key, ({ quietHours: _over, ...rest }) => rest);
        await deps.releaseDeferred(key);
        return { text: words.noHours, suggestions: ['status'] };
      }
      const range = parseTimeOfDayRange(argument);
      if (range === undefined) {
        return {
          text: words.notHours(cut(argument, 60), EXAMPLE),
          ...asking(words),
        };
      }
      await changePreferences(deps.preferences, turn.conversation.key, (preferences) => ({
        ...preferences,
        quietHours: range,
      }));
      await deps.releaseDeferred(turn.conversation.key);
      return {
        text: words.hoursSet(await sentence(turn, range)),
        suggestions: [words.off, 'status'],
      };
    },
  };

  async function show(turn: Turn): Promise<Reply> {
    const { preferences } = await deps.preferences.findPreferences(turn.conversation.key);
    return preferences.quietHours === undefined
      ? { text: wordsFor(turn.locale).quiet.noneYet(EXAMPLE), ...asking(wordsFor(turn.locale).quiet) }
      : {
          text: await sentence(turn, preferences.quietHours),
          suggestions: [wordsFor(turn.locale).quiet.off],
          asks: { completes: 'quiet hours {}' },
        };
  }

  async function sentence({ conversation, locale }: Turn, range: QuietHours): Promise<string> {
    const { zone, isGuessed } = await deps.personZone(conversation);
    const words = wordsFor(locale).quiet;
    const hours = describeQuietHours(range);
    return isGuessed ? words.hoursByGuess(hours, zone) : words.hours(hours, zone);
  }
}

/** The hours are asked for: an answer sets them. */
function asking(words: Words['quiet']): Pick<Reply, 'buttons' | 'asks'> {
  return {
    buttons: [
      ...USUAL.map((hours) => ({ title: hours, command: `quiet hours ${hours}` })),
      { title: words.noHoursButton, command: 'quiet hours off' },
    ],
    asks: { completes: 'quiet hours {}' },
  };
}

/** `22:00-07:00` */
export function describeQuietHours({ from, to }: QuietHours): string {
  return `${clockTime(from)}-${clockTime(to)}`;
}
