import { describeTime } from '../../calendar/describe-time.ts';
import { understandDuration, understandWhen } from '../../calendar/understand.ts';
import { isNotificationId } from '../../domain/ids.ts';
import { days, type Instant } from '../../domain/time.ts';
import { wordsFor } from '../../locale/words.ts';
import type { SnoozeNotification } from '../../use-cases/intake/snooze-notification.ts';
import { ofNotification } from '../../use-cases/living/things-of.ts';
import type { FindPersonZone } from '../person-zone.ts';
import type { Command } from './command.ts';

/** As long as a notification is kept at least; nobody means longer. */
const LONGEST = days(30);

/** `snooze notification <id> for <duration>`: what the button below a notification says. */
export function snoozeNotificationCommand(deps: {
  readonly snoozeNotification: SnoozeNotification;
  readonly personZone: FindPersonZone;
}): Command {
  return {
    name: 'snooze notification',
    does: (locale) => wordsFor(locale).commands['snooze notification'],
    usage: 'snooze notification <id> [for] <duration> | until <when>',
    isForButtons: true,
    async run({ at, conversation, locale }, argument) {
      const words = wordsFor(locale).why;
      const [, id = '', time = ''] = /^(\S+)(.*)$/s.exec(argument) ?? [];
      const { zone } = await deps.personZone(conversation);
      const until = readUntil(time, { now: at, zone, locale });
      if (!isNotificationId(id)) return { text: words.noSuchNotification };
      if (until === undefined || until > at + LONGEST) return { text: words.untilWhen };
      const snoozing = await deps.snoozeNotification({
        notification: id,
        conversation: conversation.key,
        until,
      });
      switch (snoozing.kind) {
        case 'snoozed':
          return {
            text: words.putOff(describeTime(snoozing.until, { now: at, zone, locale })),
            settles: { things: [ofNotification(id)] },
          };
        case 'snoozed-before':
          return {
            text: words.putOffBefore(describeTime(snoozing.until, { now: at, zone, locale })),
            settles: { things: [ofNotification(id)] },
          };
        case 'question':
          return { text: words.isQuestion };
        case 'no-such':
          return { text: words.noSuchNotification };
      }
    },
  };
}

/** `for 1 hour`, `20 minutes`, `until tomorrow 9:00`; `undefined` for what is no time to come. */
function readUntil(
  text: string,
  said: { readonly now: Instant; readonly zone: string; readonly locale: string },
): Instant | undefined {
  const time = text.replace(/^(for|until|till)\s+/i, '');
  const span = understandDuration(time);
  if (span !== undefined) return said.now + span;
  const when = understandWhen(time, said);
  return when.understood && when.rrule === undefined && when.at > said.now ? when.at : undefined;
}
