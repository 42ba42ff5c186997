import { withoutTail } from '../../domain/text.ts';
import { withoutPoliteness, withoutThanks } from './politeness.ts';

/** Short answers in every language that is understood: each is all that somebody says. */
const YES = words(
  'yes, y, yep, yeah, yup, sure, do it, ok, okay, yes please, of course, confirm, go ahead, ' +
    'ja, jo, jap, klar, gerne, ja bitte, ja gerne, natürlich, mach das, na klar, einverstanden',
);
const NO = words(
  'no, n, nope, nah, never mind, nevermind, not now, forget it, no thanks, cancel, back, skip, leave it, ' +
    'nein, nö, ne, nee, lieber nicht, doch nicht, egal, vergiss es, nein danke, abbrechen, zurück, lass es',
);
const CANCEL = words('cancel, abbrechen, abbruch, brich ab');
const BACK = words('back, go back, zurück, geh zurück');
const HELP = words('help, hilfe');
const DONE = words(
  'done, seen, got it, skip, cancel, back, go back, read, noted, ' +
    'fertig, erledigt, gesehen, gelesen, verstanden, zurück, abbrechen, weiter',
);

/** A longer text is no short answer. */
const LONGEST = 60;

export function isYes(text: string): boolean {
  return isOne(text, YES);
}

export function isNo(text: string): boolean {
  return isOne(text, NO);
}

/** Leaves what is open. */
export function isCancel(text: string): boolean {
  return isOne(text, CANCEL);
}

export function isBack(text: string): boolean {
  return isOne(text, BACK);
}

export function isHelp(text: string): boolean {
  return isOne(text, HELP);
}

/** It has been seen, or shall not be answered. */
export function isDone(text: string): boolean {
  return isOne(text, DONE);
}

function isOne(text: string, known: ReadonlySet<string>): boolean {
  if (text.length > LONGEST) return false;
  const said = withoutTail(text.trim().toLowerCase(), /[\s.!,]/);
  if (known.has(said)) return true;
  const bare = withoutTail(withoutPoliteness(withoutThanks(said)), /[\s.!,]/);
  return bare !== '' && known.has(bare);
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(', '));
}
