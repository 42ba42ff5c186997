import {
  asksToBeReminded,
  describeRefusal,
  type UnderstoodWhen,
  understand,
  understandWhen,
} from '../../../calendar/understand.ts';
import type { Command } from '../../../chat/commands/command.ts';
import type { FindPersonZone, PersonZone } from '../../../chat/person-zone.ts';
import type { Reply, Turn } from '../../../chat/turn.ts';
import { withoutFullStop, withoutTail } from '../../../domain/text.ts';
import { confirmation } from '../cards/reminder-card.ts';
import type { CreateReminder } from '../create-reminder.ts';
import { LONGEST_REMINDER, type Occurrences } from '../model/reminder.ts';
import { wordsFor } from '../words/words.ts';
import { crowded } from './outcome.ts';
import { askWhen, isPlace, remarksOn, toSchedule, whyNot } from './when.ts';
import type { WhoAsks } from './who-asks.ts';

/** What a request begins with, behind its time or its subject: `tomorrow at 9 remind me to call Ann`. */
const REQUEST_BEHIND = /[\s,:](?:and |und )?(?:please |bitte )?(remind me|erinnere? mich)(?:\s|$)/i;
/** No time that stands before it is longer. */
const LONGEST_TIME = 80;
/** What people put between `remind me` and the subject. */
const BEFORE_SUBJECT = /^(?:to|that|about|of|daran,?|an|dass)\s+/i;
/** The subject of `set reminder`, as JSON, and behind it when it shall come. */
const SUBJECT_FIRST = /^("(?:[^"\\]|\\.)*")\s*(.*)$/s;
const SET_REMINDER = 'set reminder';

interface Deps {
  readonly createReminder: CreateReminder;
  readonly personZone: FindPersonZone;
  readonly occurrences: Occurrences;
  readonly whoAsks: WhoAsks;
}

/** `remind me [to] <what> <when>`, in either order; what is missing is asked for. */
export function remindMe(deps: Deps): Command {
  return {
    name: 'remind me',
    does: (locale) => wordsFor(locale).commands['remind me'],
    usage: 'remind me [to] <what> <when>',
    group: 'reminders',
    example: {
      en: 'remind me to stretch in 20 minutes',
      de: 'erinnere mich in 20 Minuten an die Pause',
    },
    said: {
      en: ['reminder <what>', 'set a reminder <what>', 'set me a reminder <what>', 'remember <what>'],
      de: [
        'erinnere mich <was>',
        'erinner mich <was>',
        'erinnere mich bitte <was>',
        'erinner mich bitte <was>',
        'erinnerung <was>',
      ],
    },
    takesWords: true,
    // `Kannst du mich morgen an Jo erinnern?`
    alsoSaid: (text) => asksToBeReminded(text) || inOrder(text) !== undefined,
    async run(turn, given, by = 'remind me') {
      const argument = by === '' ? (inOrder(given) ?? given) : given;
      const { locale } = turn;
      const words = wordsFor(locale).reminders;
      const person = await deps.personZone(turn.conversation);
      const said = { now: turn.at, zone: person.zone, locale };
      const read = understand(by === '' ? argument : `${beginning(by)} ${argument}`, said);
      if (read.understood) {
        const forSeveral = 'isForSeveral' in read && read.isForSeveral === true;
        const remarks = forSeveral && !isPlace(turn) ? [words.onlyYou] : [];
        return set(deps, turn, { person, what: read.what, when: read, remarks });
      }
      if (argument === '') return { text: words.whatAndWhen, asks: { completes: 'remind me {}' } };
      if (read.reason === 'somebody-else') return { text: describeRefusal(read, locale) };
      if (read.reason === 'nothing-to-remind-of') {
        const said = by === '' ? argument : `remind me ${argument}`;
        return { text: words.what, asks: { completes: `${said} to {}` } };
      }
      if (read.reason === 'no-such-clock' && read.what === undefined) {
        const text = `${describeRefusal(read, locale)} ${words.whatAndWhen}`;
        return { text, asks: { completes: 'remind me {}' } };
      }
      const what = 'what' in read && typeof read.what === 'string' ? read.what : subjectOf(argument);
      const text = read.reason === 'no-time' ? words.whenOf(what) : whyNot(read, locale);
      return askWhen(text, `${SET_REMINDER} ${JSON.stringify(what)} {}`, said);
    },
  };
}

/** `set reminder "<what>" <when>`: what an answer to "When?" says. The subject is taken as it is. */
export function setReminder(deps: Deps): Command {
  return {
    name: SET_REMINDER,
    does: (locale) => wordsFor(locale).commands['remind me'],
    usage: 'set reminder "<what>" <when>',
    takesWords: true,
    isForButtons: true,
    async run(turn, argument) {
      const { locale } = turn;
      const words = wordsFor(locale).reminders;
      const [, quoted = '', time = ''] = SUBJECT_FIRST.exec(argument) ?? [];
      const what = unquoted(quoted);
      if (what === undefined) return { text: words.whatAndWhen, asks: { completes: 'remind me {}' } };
      const person = await deps.personZone(turn.conversation);
      const said = { now: turn.at, zone: person.zone, locale };
      const when = understandWhen(time, said);
      if (when.understood) return set(deps, turn, { person, what, when, remarks: [] });
      const text = time === '' ? words.whenOf(what) : whyNot(when, locale);
      return askWhen(text, `${SET_REMINDER} ${JSON.stringify(what)} {}`, said);
    },
  };
}

/**
 * A request before which its time stands, or its subject, with what it begins with first: `stop the oven, remind me at 9` is
 * `remind me at 9: stop the oven`. `undefined` for any other text.
 */
function inOrder(text: string): string | undefined {
  const begins = REQUEST_BEHIND.exec(text);
  if (begins === null) return undefined;
  const [opening, request = ''] = begins;
  const before = withoutTail(text.slice(0, begins.index), /[\s,:]/);
  const behind = withoutFullStop(text.slice(begins.index + opening.length));
  if (before.length <= LONGEST_TIME && isTime(before)) return `${request} ${before} ${behind}`;
  return isTime(behind) ? `${request} ${behind}: ${before}` : undefined;
}

/** Also one that no clock shows. */
function isTime(text: string): boolean {
  const read = understandWhen(text, { now: 0, zone: 'UTC' });
  return read.understood || read.reason !== 'no-time';
}

async function set(
  deps: Deps,
  turn: Turn,
  asked: {
    readonly person: PersonZone;
    readonly what: string;
    readonly when: UnderstoodWhen;
    readonly remarks: readonly string[];
  },
): Promise<Reply> {
  const { at: now, locale } = turn;
  const { person, what, when } = asked;
  const words = wordsFor(locale).reminders;
  if (what.length > LONGEST_REMINDER) return { text: words.tooLong(LONGEST_REMINDER, what.length) };
  const created = await deps.createReminder({
    conversation: turn.conversation.key,
    id: turn.id,
    text: what,
    schedule: toSchedule(when),
    isPlace: isPlace(turn),
    ...deps.whoAsks.asked(turn),
  });
  if (created.kind === 'too-many') {
    return { text: words.tooMany(created.most), suggestions: ['reminders'] };
  }
  if (created.kind !== 'created') return crowded(created, { now, zone: person.zone, locale });
  return confirmation(created.reminder, {
    now,
    person,
    occurrences: deps.occurrences,
    locale,
    what: 'set',
    more: [...remarksOn(when, locale), ...asked.remarks],
  });
}

/** As the calendar knows a request, in the language in which it was made. */
function beginning(by: string): string {
  return by.startsWith('erinner') ? 'erinnere mich' : 'remind me';
}

function subjectOf(argument: string): string {
  return argument.replace(BEFORE_SUBJECT, '').trim();
}

function unquoted(json: string): string | undefined {
  if (json === '') return undefined;
  try {
    const text: unknown = JSON.parse(json);
    return typeof text === 'string' && text.trim() !== '' ? text : undefined;
  } catch {
    // Somebody typed it: they are asked what they want.
    return undefined;
  }
}
