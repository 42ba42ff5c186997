import type { Command } from '../../../chat/commands/command.ts';
import { ALL_REMINDERS } from '../model/about.ts';
import { wordsFor } from '../words/words.ts';
import { parseReminderArgument, whichReminder } from './argument.ts';
import type { ReminderDesk } from './desk.ts';
import { unchanged } from './outcome.ts';

/** `mute reminder <n>`: it is not told any more, where everybody who hears it may say so. */
export function muteReminder(desk: ReminderDesk): Command {
  return muting(desk, {
    name: 'mute reminder',
    isMuted: true,
    said: {
      en: [
        'silence reminder <n>',
        'reminder <n> mute',
        'mute reminders',
        'mute my reminders',
        'mute all reminders',
      ],
      de: [
        'erinnerung stumm <n>',
        'erinnerung <n> stumm',
        'erinnerungen stumm',
        'erinnerungen stummschalten',
        'stumm erinnerungen',
        'erinnerung <n> stummschalten',
        'schalte erinnerung <n> stumm',
        'stumm erinnerung <n>',
      ],
    },
  });
}

/** `unmute reminder <n>` */
export function unmuteReminder(desk: ReminderDesk): Command {
  return muting(desk, {
    name: 'unmute reminder',
    isMuted: false,
    said: {
      en: ['reminder <n> unmute'],
      de: [
        'erinnerung laut <n>',
        'erinnerung <n> laut',
        'erinnerung <n> nicht mehr stumm',
        'schalte erinnerung <n> laut',
        'laut erinnerung <n>',
      ],
    },
  });
}

function muting(
  desk: ReminderDesk,
  {
    name,
    isMuted,
    said,
  }: Required<Pick<Command, 'said'>> & {
    readonly name: 'mute reminder' | 'unmute reminder';
    readonly isMuted: boolean;
  },
): Command {
  return {
    name,
    does: (locale) => wordsFor(locale).commands[name],
    usage: `${name} <n>`,
    group: 'reminders',
    said,
    async run(turn, argument) {
      const { at: now, locale } = turn;
      const words = wordsFor(locale).reminders;
      const read = parseReminderArgument(argument);
      if (read === undefined || read.rest !== '') return whichReminder(`${name} {}`, locale);
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
