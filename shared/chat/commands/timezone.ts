import { describeTime } from '../../calendar/describe-time.ts';
import { findZone } from '../../calendar/zones.ts';
import { repeats } from '../../kinds/reminders/model/reminder.ts';
import type { ReminderStore } from '../../kinds/reminders/stores/reminder-store.ts';
import { wordsFor } from '../../locale/words.ts';
import type { PreferenceStore } from '../../ports/conversation/preference-store.ts';
import { StoreUnavailable } from '../../ports/store-errors.ts';
import type { ReleaseDeferred } from '../../use-cases/holding-back/release-deferred.ts';
import type { FindPersonZone } from '../person-zone.ts';
import type { Reply, Turn } from '../turn.ts';
import type { Command } from './command.ts';

/** Others who change the preferences at the same moment. */
const MOST_RACES = 5;

/**
 * `timezone <IANA name or city>`: whose clock is meant from now on. Reminders that were made keep their instants, and
 * those that repeat keep the clock that they were made by: somebody who travels for a week should not have them move.
 */
export function timezone(deps: {
  readonly preferences: PreferenceStore;
  readonly reminders: Pick<ReminderStore, 'of'>;
  readonly personZone: FindPersonZone;
  readonly releaseDeferred: ReleaseDeferred;
}): Command {
  return {
    name: 'timezone',
    usage: 'timezone <IANA name or city>',
    async run(turn, argument) {
      const words = wordsFor(turn.locale).times;
      if (argument === '') return show(turn);
      const found = findZone(argument);
      if ('suggestions' in found) return whichZone(found.suggestions, turn.locale);
      const { zone } = found;
      await save(turn, zone);
      // Quiet hours may be over by the other clock.
      await deps.releaseDeferred(turn.conversation.key);
      const elsewhere = await othersClocks(turn, zone);
      const kept = elsewhere.length === 0 ? '' : `\n\n${words.remindersKeep(elsewhere)}`;
      return {
        text: `${words.zoneSet(zone, timeIn(turn, zone))}${kept}`,
        suggestions: ['reminders'],
      };
    },
  };

  async function show(turn: Turn): Promise<Reply> {
    const { zone, isGuessed } = await deps.personZone(turn.conversation);
    const words = wordsFor(turn.locale).times;
    return { text: isGuessed ? words.zoneIsGuessed(zone) : words.zone(zone, timeIn(turn, zone)) };
  }

  async function save({ conversation }: Turn, timeZone: string): Promise<void> {
    for (let race = 0; race < MOST_RACES; race += 1) {
      const { preferences, tag } = await deps.preferences.find(conversation.key);
      if ((await deps.preferences.save(conversation.key, { ...preferences, timeZone }, tag)) === 'saved')
        return;
    }
    // The activity comes again.
    throw new StoreUnavailable('save time zone', new Error(`lost ${MOST_RACES} races in a row`));
  }

  /** Zones on whose clocks open reminders repeat, other than this one. */
  async function othersClocks({ conversation }: Turn, zone: string): Promise<readonly string[]> {
    const { reminders } = await deps.reminders.of(conversation.key);
    const zones = reminders.flatMap(({ reminder: { state, schedule } }) =>
      state === 'open' && repeats(schedule) && schedule.zone !== zone ? [schedule.zone] : [],
    );
    return [...new Set(zones)];
  }
}

function whichZone(likely: readonly string[], locale: string): Reply {
  const names = likely.length === 0 ? ['Berlin', 'America/New_York'] : likely;
  const commands = names.map((name) => `timezone ${name}`);
  return {
    text: wordsFor(locale).times.whichZone(commands, likely.length > 0),
    suggestions: commands,
  };
}

function timeIn({ at, locale }: Turn, zone: string): string {
  return describeTime(at, { now: at, zone, locale, isRelative: false });
}
