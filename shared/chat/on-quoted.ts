import type { Notification } from '../domain/event/notification.ts';
import { withoutFullStop } from '../domain/text.ts';
import { choiceNamed } from '../use-cases/conversation/find-told.ts';
import { answerCommand } from '../use-cases/conversation/interruption-words.ts';
import type { AllKinds } from '../use-cases/kinds/all-kinds.ts';
import { withoutPoliteness } from './understanding/politeness.ts';
import { isDone } from './understanding/short-answers.ts';

/** What people say of the message that they quote, and what it says then. */
const SNOOZE =
  /^(?:snooze|remind me again|remind me|again|later|verschieb(?:e)?|schieb(?:e)?|später|erinnere mich(?: noch ?mal| wieder)?|noch ?mal)(?:\s+(?:this|it|that|das|es|diese|dies))?(?=\s|$)/i;
const MUTE =
  /^(?:mute|silence|stumm|stummschalten|schalte? (?:das|dies|es) stumm)(?:\s+(?:this|it|that|das|dies|es))?(?=\s|$)/i;
const UNSUBSCRIBE =
  /^(?:unsubscribe|stop|abbestellen|bestell(?:e)? (?:das|dies|es) ab)(?:\s+(?:from|this|it|that|das|dies|es)){0,2}$/i;
/** Without a time it comes again in an hour, as the button says. */
const AN_HOUR = '1 hour';
/** A longer text is no word about a message. */
const LONGEST = 400;

/**
 * What somebody says of a message that they quote, as a command about it: `done` to a reminder is that reminder's `done`.
 * `undefined` for what is said beside it, and is meant as it is.
 */
export function onQuoted(
  text: string,
  { id, type, data }: Pick<Notification, 'id' | 'type' | 'data'>,
  kinds: Pick<AllKinds, 'entryOf'>,
): string | undefined {
  if (text.length > LONGEST) return undefined;
  const entry = kinds.entryOf(type);
  const said = withoutFullStop(withoutPoliteness(text.trim()));
  const choice = choiceNamed(said, entry?.question?.(data)?.choices ?? []);
  if (choice >= 0) return answerCommand(id, choice);
  const own = entry?.onQuote?.(data);
  if (isDone(said)) return own?.done ?? answerCommand(id, 'done');
  const time = behind(SNOOZE, said);
  if (time !== undefined) return `${own?.snooze ?? `snooze notification ${id}`} ${time || AN_HOUR}`;
  const topic = entry?.topicOf?.(data);
  const span = behind(MUTE, said);
  if (span !== undefined)
    return ['mute', topic, span].filter((part) => part !== undefined && part !== '').join(' ');
  return topic !== undefined && UNSUBSCRIBE.test(said) ? `unsubscribe ${topic}` : undefined;
}

/** What follows the words, empty where nothing does; `undefined` where it begins with other words. */
function behind(words: RegExp, said: string): string | undefined {
  const found = words.exec(said)?.[0];
  return found === undefined ? undefined : said.slice(found.length).trim();
}
