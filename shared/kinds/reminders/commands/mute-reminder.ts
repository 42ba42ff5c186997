import type { Command } from '../../../chat/commands/command.ts';
import { ALL_REMINDERS } from '../model/about.ts';
import { wordsFor } from '../words/words.ts';
import { parseReminderArgument, whichReminder } from './argument.ts';
import type { ReminderDesk } from './desk.ts';
import { unchanged } from './outcome.ts';

/** `mute reminder <n>`: it is not told any more, where everybody who hears it may say so. */
export function muteReminder(desk: ReminderDesk): Command {
  return muting(desk, 'mute reminder', true);
}

/** `unmute reminder <n>` */
export function unmuteReminder(desk: ReminderDesk): Command {
  return muting(desk, 'unmute reminder', false);
}

function muting(desk: ReminderDesk, name: 'mute reminder' | 'unmute reminder', isMuted: boolean): Command {
  return {
    name,
    does: (locale) => wordsFor(locale).commands[name],
    usage: `${name} <n>`,
    group: 'reminders',
    said: { de: [isMuted ? 'erinnerung stumm <n>' : 'erinnerung laut <n>'] },
    async run(turn, argument) {
      const { at: now, locale } = turn;
      const words = wordsFor(locale).reminders;
      const read = parseReminderArgument(argument);
      if (read === undefined) return whichReminder(`${name} {}`, locale);
      const { number } = read;
      const { zone } = await desk.personZone(turn.conversation);
      const outcome = await desk.changeReminder({
        conversation: turn.conversation.key,
        number,
        turn: turn.id,
        wanted: { kind: 'mute', isMuted },
        ...desk.whoAsks.by(turn),
      });
      if (outcome.kind !== 'changed') return unchanged(outcome, { ...desk, number, now, zone, locale });
      const { text } = outcome.reminder;
      return {
        text: isMuted ? words.muted(number, text) : words.unmuted(number, text),
        suggestions: [isMuted ? `unmute reminder ${number}` : `mute reminder ${number}`, 'reminders'],
        settles: { own: [ALL_REMINDERS] },
      };
    },
  };
}
