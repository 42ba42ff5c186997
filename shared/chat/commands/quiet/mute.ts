import { describeTime } from '../../../catalog/reminder-time.ts';
import { mutesAt, withMute, withoutMute } from '../../../domain/preferences.ts';
import type { PreferenceStore } from '../../../ports/preference-store.ts';
import type { FindPersonZone } from '../../person-zone.ts';
import type { Command } from '../command.ts';
import { changePreferences } from './change-preferences.ts';
import { readMute, readTopic } from './mute-phrase.ts';

/** More topics than this nobody keeps apart; the stored preferences stay small. */
const MOST_MUTES = 100;

interface Deps {
  readonly preferences: PreferenceStore;
  readonly personZone: FindPersonZone;
}

/** `mute [<topic>] [for <duration> | until <when>]` */
export function mute(deps: Deps): Command {
  return {
    name: 'mute',
    usage: 'mute [<topic>] [for <duration> | until <when>]',
    summary: 'Keeps everything, or a topic, from you for a time; urgent messages still come',
    async run({ at, conversation }, argument) {
      const { zone, isGuessed } = await deps.personZone(conversation);
      const read = readMute(argument, { now: at, zone });
      if (!read.ok) {
        return {
          text: `${read.message} Say for example **mute for 2 hours** or **mute builds until tomorrow 9:00**.`,
          suggestions: ['mute for 1 hour', 'mute for 8 hours'],
        };
      }
      const { topic, until } = read;
      const one = { ...(topic === undefined ? {} : { topic }), ...(until === undefined ? {} : { until }) };
      let isFull = false;
      await changePreferences(deps.preferences, conversation.key, (preferences) => {
        const next = withMute(preferences, one, at);
        isFull = next.mutes.length > MOST_MUTES;
        return isFull ? preferences : next;
      });
      if (isFull) {
        return {
          text: `You have muted ${MOST_MUTES} topics already. **mute** without a topic mutes everything.`,
        };
      }
      const what = topic === undefined ? 'everything' : `**${topic}** and all below it`;
      const end =
        until === undefined
          ? 'until you say **unmute**'
          : `until **${describeTime(until, { now: at, zone })}**`;
      const guess = until !== undefined && isGuessed ? ` I take **${zone}** for your time zone.` : '';
      return {
        text: `Done. I keep ${what} from you ${end}, and do not tell it later. Urgent messages and what you asked for still come.${guess}`,
        suggestions: [topic === undefined ? 'unmute' : `unmute ${topic}`, 'status'],
      };
    },
  };
}

/** `unmute [<topic>]` */
export function unmute(deps: Pick<Deps, 'preferences'>): Command {
  return {
    name: 'unmute',
    usage: 'unmute [<topic>]',
    summary: 'Ends a mute, or all of them',
    async run({ at, conversation }, argument) {
      const read = readTopic(argument);
      if (!read.ok)
        return { text: `${read.message} Say for example **unmute builds**.`, suggestions: ['unmute'] };
      const { topic } = read;
      let were = 0;
      const { mutes } = await changePreferences(deps.preferences, conversation.key, (preferences) => {
        const next = withoutMute(preferences, topic, at);
        were = mutesAt(preferences.mutes, at).length - next.mutes.length;
        return were === 0 ? preferences : next;
      });
      const left = mutesAt(mutes, at);
      if (were === 0) return { text: nothingWasMuted(topic, left.length), suggestions: ['status'] };
      const rest = left.some((other) => other.topic === undefined)
        ? ' Everything is still muted; **unmute** ends that.'
        : '';
      const what = topic === undefined ? 'Nothing is muted any more.' : `**${topic}** is no longer muted.`;
      return { text: `Done. ${what}${rest}`, suggestions: rest === '' ? ['status'] : ['unmute', 'status'] };
    },
  };
}

function nothingWasMuted(topic: string | undefined, others: number): string {
  if (topic === undefined) return 'Nothing was muted.';
  return others === 0
    ? `**${topic}** was not muted, and nothing else is.`
    : `**${topic}** was not muted by itself. **status** shows what is, and **unmute** ends all of it.`;
}
