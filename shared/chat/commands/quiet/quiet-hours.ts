import { parseTimeOfDayRange } from '../../../calendar/time-of-day-range.ts';
import { clockTime, type QuietHours, withWish } from '../../../domain/conversation/preferences.ts';
import { type Words, wordsFor } from '../../../locale/words.ts';
import type { PreferenceStore } from '../../../ports/conversation/preference-store.ts';
import type { ReleaseDeferred } from '../../../use-cases/holding-back/release-deferred.ts';
import { plain } from '../../markdown.ts';
import type { FindPersonZone } from '../../person-zone.ts';
import type { Reply, Turn } from '../../turn.ts';
import type { Command } from '../command.ts';
import { changePreferences } from './change-preferences.ts';

/** What is said in the place of hours to have none. */
const OFF = /^(?:off|none|no|never|aus|keine|nie)$/i;
/** The words by which the command is known where they say that there shall be none. */
const ENDS =
  /^(?:turn off|end|remove|cancel|delete|disable|stop|keine)\s|\s(?:aufheben|ausschalten|beenden|löschen|abschalten|auf|aus)$/;
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
        'what are my quiet hours',
        'turn quiet hours <off>',
        'turn off quiet hours',
        'end quiet hours',
        'remove quiet hours',
        'cancel quiet hours',
        'delete quiet hours',
        'disable quiet hours',
        'stop quiet hours',
      ],
      de: [
        'ruhezeit <von>-<bis>',
        'ruhezeiten <von>-<bis>',
        'ruhezeit von <von>',
        'meine ruhezeit',
        'was ist meine ruhezeit',
        'wann ist meine ruhezeit',
        'meine ruhezeit ist <von>-<bis>',
        'keine ruhezeit',
        'keine ruhezeiten',
        'ruhezeit aufheben',
        'ruhezeit ausschalten',
        'ruhezeit beenden',
        'ruhezeit löschen',
        'ruhezeit abschalten',
        'hebe die ruhezeit auf',
        'hebe meine ruhezeit auf',
        'schalte die ruhezeit aus',
        'schalte meine ruhezeit aus',
        'ändere ruhezeit <von>-<bis>',
        'ändere meine ruhezeit <von>-<bis>',
        'ruhezeit ändern <von>-<bis>',
        'nachtruhe <von>-<bis>',
      ],
    },
    async run(turn, argument, by = '') {
      const words = wordsFor(turn.locale).quiet;
      const isOver = argument === '' ? ENDS.test(by) : OFF.test(argument);
      if (argument === '' && !isOver) return show(turn);
      if (isOver) {
        const { key } = turn.conversation;
        await changePreferences(deps.preferences, key, (was) =>
          withWish(was, { quietHours: undefined }, turn.at),
        );
        await deps.releaseDeferred(key);
        return { text: words.noHours, suggestions: ['status'] };
      }
      const range = parseTimeOfDayRange(argument.replace(/^(?:auf|to) /i, ''));
      if (range === undefined) {
        return {
          text: words.notHours(plain(argument, 60)),
          ...asking(words),
        };
      }
      await changePreferences(deps.preferences, turn.conversation.key, (was) =>
        withWish(was, { quietHours: range }, turn.at),
      );
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
      ? { text: wordsFor(turn.locale).quiet.noneYet, ...asking(wordsFor(turn.locale).quiet) }
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
