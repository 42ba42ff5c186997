import { parseTimeOfDayRange } from '../../../calendar/time-of-day-range.ts';
import type { QuietHours } from '../../../domain/preferences.ts';
import type { PreferenceStore } from '../../../ports/preference-store.ts';
import type { ReleaseDeferred } from '../../../use-cases/release-deferred.ts';
import type { FindPersonZone } from '../../person-zone.ts';
import type { Reply, Turn } from '../../turn.ts';
import type { Command } from '../command.ts';
import { changePreferences } from './change-preferences.ts';

const EXAMPLES = ['quiet hours 22:00-07:00', 'quiet hours off'];

/** `quiet hours <from>-<to>` and `quiet hours off` */
export function quietHours(deps: {
  readonly preferences: PreferenceStore;
  readonly personZone: FindPersonZone;
  readonly releaseDeferred: ReleaseDeferred;
}): Command {
  return {
    name: 'quiet hours',
    usage: 'quiet hours <from>-<to> | off',
    summary: 'Holds messages back at these hours and brings them together at their end',
    async run(turn, argument) {
      if (argument === '') return show(turn);
      if (/^(off|none|no|never)$/i.test(argument)) {
        const { key } = turn.conversation;
        await changePreferences(deps.preferences, key, ({ quietHours: _over, ...rest }) => rest);
        await deps.releaseDeferred(key);
        return { text: 'Done. You have no quiet hours.', suggestions: ['status'] };
      }
      const range = parseTimeOfDayRange(argument);
      if (range === undefined) {
        return {
          text: `I do not understand "${argument.slice(0, 60)}" as hours. Say for example **${EXAMPLES[0]}**.`,
          suggestions: EXAMPLES,
        };
      }
      await changePreferences(deps.preferences, turn.conversation.key, (preferences) => ({
        ...preferences,
        quietHours: range,
      }));
      await deps.releaseDeferred(turn.conversation.key);
      return {
        text: `Done. ${await sentence(turn, range)} What comes in these hours I bring together at their end; urgent messages, reminders and what you asked for still come.`,
        suggestions: ['quiet hours off', 'status'],
      };
    },
  };

  async function show(turn: Turn): Promise<Reply> {
    const { preferences } = await deps.preferences.find(turn.conversation.key);
    return preferences.quietHours === undefined
      ? { text: `You have no quiet hours. Say for example **${EXAMPLES[0]}**.`, suggestions: EXAMPLES }
      : { text: await sentence(turn, preferences.quietHours), suggestions: ['quiet hours off'] };
  }

  async function sentence({ conversation }: Turn, range: QuietHours): Promise<string> {
    const { zone, isGuessed } = await deps.personZone(conversation);
    const hours = `Your quiet hours are **${describeQuietHours(range)}**`;
    return isGuessed
      ? `${hours}. I do not know your time zone and take **${zone}**; say for example **timezone Berlin**.`
      : `${hours}, by the clock of **${zone}**.`;
  }
}

/** `22:00-07:00` */
export function describeQuietHours({ from, to }: QuietHours): string {
  return `${clock(from)}-${clock(to)}`;
}

function clock(minuteOfDay: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${two(Math.floor(minuteOfDay / 60))}:${two(minuteOfDay % 60)}`;
}
