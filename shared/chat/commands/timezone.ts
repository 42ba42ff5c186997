import { describeTime } from '../../calendar/describe-time.ts';
import { findZone } from '../../calendar/zones.ts';
import { withWish } from '../../domain/conversation/preferences.ts';
import { wordsFor } from '../../locale/words.ts';
import type { PreferenceStore } from '../../ports/conversation/preference-store.ts';
import type { ReleaseDeferred } from '../../use-cases/holding-back/release-deferred.ts';
import type { AllKinds } from '../../use-cases/kinds/all-kinds.ts';
import type { FindPersonZone } from '../person-zone.ts';
import type { Reply, Turn } from '../turn.ts';
import type { Command } from './command.ts';
import { changePreferences } from './quiet/change-preferences.ts';

/**
 * `timezone <IANA name or city>`: whose clock is meant from now on. What kinds have arranged by another clock stays as it is,
 * and they say so: somebody who travels for a week should not have it move.
 */
export function timezone(deps: {
  readonly preferences: PreferenceStore;
  readonly kinds: Pick<AllKinds, 'remarksOnZone'>;
  readonly personZone: FindPersonZone;
  readonly releaseDeferred: ReleaseDeferred;
}): Command {
  return {
    name: 'timezone',
    does: (locale) => wordsFor(locale).commands.timezone,
    usage: 'timezone <IANA name or city>',
    group: 'you',
    said: {
      en: [
        'time zone <city>',
        'my timezone',
        'my time zone',
        'what is my time zone',
        'what time zone am i in',
        'set timezone <city>',
        'set timezone to <city>',
        'set my timezone to <city>',
        'set my time zone to <city>',
        'my time zone is <city>',
        'change my timezone to <city>',
        'change my time zone to <city>',
        'change timezone to <city>',
        'timezone to <city>',
        'my timezone is <city>',
        'i am in <city>',
        "i'm in <city>",
      ],
      de: [
        'zeitzone <stadt>',
        'meine zeitzone',
        'welche zeitzone habe ich',
        'was ist meine zeitzone',
        'meine zeitzone ist <stadt>',
        'setze meine zeitzone auf <stadt>',
        'stelle meine zeitzone auf <stadt>',
        'ändere meine zeitzone auf <stadt>',
        'ändere zeitzone auf <stadt>',
        'zeitzone ändern auf <stadt>',
        'zeitzone auf <stadt> ändern',
        'zeitzone auf <stadt> setzen',
        'zeitzone auf <stadt> stellen',
        'zeitzone auf <stadt>',
        'ich bin in <stadt>',
        'ich wohne in <stadt>',
      ],
    },
    async run(turn, argument) {
      const words = wordsFor(turn.locale).times;
      if (argument === '') return show(turn);
      const found = findZone(argument);
      if ('suggestions' in found) return whichZone(found.suggestions, turn.locale);
      const { zone } = found;
      await changePreferences(deps.preferences, turn.conversation.key, (was) =>
        withWish(was, { timeZone: zone }, turn.at),
      );
      // Quiet hours may be over by the other clock.
      await deps.releaseDeferred(turn.conversation.key);
      const remarks = await deps.kinds.remarksOnZone(turn.conversation.key, { zone, locale: turn.locale });
      return {
        text: [words.zoneSet(zone, timeIn(turn, zone)), ...remarks].join('\n\n'),
        suggestions: ['status'],
      };
    },
  };

  async function show(turn: Turn): Promise<Reply> {
    const { zone, isGuessed } = await deps.personZone(turn.conversation);
    const words = wordsFor(turn.locale).times;
    return {
      text: isGuessed ? words.zoneIsGuessed(zone) : words.zone(zone, timeIn(turn, zone)),
      asks: { completes: 'timezone {}' },
    };
  }
}

function whichZone(likely: readonly string[], locale: string): Reply {
  const names = likely.length === 0 ? ['Berlin', 'America/New_York'] : likely;
  return {
    text: wordsFor(locale).times.whichZone(names, likely.length > 0),
    suggestions: names.map((name) => `timezone ${name}`),
    asks: { completes: 'timezone {}' },
  };
}

function timeIn({ at, locale }: Turn, zone: string): string {
  return describeTime(at, { now: at, zone, locale, isRelative: false });
}
