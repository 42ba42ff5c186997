import { skip, skipAny, textAt } from './read.ts';
import { type Token, UNKNOWN } from './tokens.ts';

const politeness = ['please', ',', '!', '/', '@'];
const leads = ['remind me', 'remind us', 'remind'];

/** Between when and what, and before what. */
export const links = ['to', 'that', 'about', 'of', ':', ',', '-', ';', '\u2013', '\u2014'];

/** What ends a request and belongs to nothing. */
const endings = ['please', 'thanks', '.', '!', '?', ',', ';', ':'];

export function skipLead(tokens: readonly Token[], at: number, isOptional = false): number {
  let next = at;
  for (let words = 0; words < 8; words += 1) {
    const polite = skipAny(tokens, next, politeness);
    if (polite === next) break;
    next = polite;
  }
  const lead = skipAny(tokens, next, leads);
  if (lead > next) return lead;
  return isOptional ? at : next;
}

/** Whether the words open a request, and do not merely lead to something else. */
export function opensRequest(tokens: readonly Token[]): boolean {
  return /^(?:me|us|remind|other)$/.test(textAt(tokens, skipLead(tokens, 0) - 1));
}

export function skipLinks(tokens: readonly Token[], at: number): number {
  let next = at;
  for (let words = 0; words < 3; words += 1) {
    const link = skipAny(tokens, skipAny(tokens, next, ['please']), links);
    if (link === next) break;
    next = link;
  }
  return next;
}

/** Whom a request names behind its lead, if not whoever asks. */
export function addressee(tokens: readonly Token[], lead: number): 'several' | 'somebody-else' | undefined {
  if (textAt(tokens, lead - 1) === 'us' && textAt(tokens, lead - 2) === 'remind') return 'several';
  if (skip(tokens, lead, 'other') !== undefined || textAt(tokens, lead - 1) === 'other')
    return 'somebody-else';
  const named = tokens[lead + 1];
  const isMention = /^[@#]$/.test(textAt(tokens, lead)) && named?.kind === 'word' && named.glued;
  if (isMention && named.text === UNKNOWN) return 'somebody-else';
  const isName = textAt(tokens, lead - 1) === 'remind' && textAt(tokens, lead) === UNKNOWN;
  return isName && /^(?:to|that|about|of)$/.test(textAt(tokens, lead + 1)) ? 'somebody-else' : undefined;
}

/** The index behind the last token that says something. */
export function lastBefore(tokens: readonly Token[]): number {
  let end = tokens.length;
  for (let words = 0; words < 12 && end > 0; words += 1) {
    const ending = endings.find((word) => textAt(tokens, end - 1) === word);
    if (ending === undefined) break;
    // The dots of `p.m.` and `5.6.` belong to the time.
    if (ending === '.' && endsTime(tokens, end - 1)) break;
    end -= 1;
  }
  return end;
}

/** Whether the dot at an index is one of `p.m.`, `5.6.` or `5. 6.`. */
export function endsTime(tokens: readonly Token[], at: number): boolean {
  if (/^[apm]$/.test(textAt(tokens, at - 1))) return true;
  const [day, dot, month, end] = tokens.slice(Math.max(0, at - 3), at + 1);
  return (
    day?.kind === 'number' &&
    dot?.text === '.' &&
    dot.glued &&
    month?.kind === 'number' &&
    month.text.length <= 2 &&
    (month.glued || (Number(day.text) <= 31 && Number(month.text) <= 12)) &&
    end?.glued === true
  );
}
