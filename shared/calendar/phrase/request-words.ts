import { skipAny, textAt } from './read.ts';
import type { Token } from './tokens.ts';

const politeness = ['please', ',', '!', '/'];
const leads = ['remind me', 'remind us'];

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

export function skipLinks(tokens: readonly Token[], at: number): number {
  let next = at;
  for (let words = 0; words < 3; words += 1) {
    const link = skipAny(tokens, next, links);
    if (link === next) break;
    next = link;
  }
  return next;
}

/** The index behind the last token that says something. */
export function lastBefore(tokens: readonly Token[]): number {
  let end = tokens.length;
  for (let words = 0; words < 12 && end > 0; words += 1) {
    const ending = endings.find((word) => textAt(tokens, end - 1) === word);
    if (ending === undefined) break;
    // The dots of `p.m.` belong to the time.
    if (ending === '.' && /^[apm]$/.test(textAt(tokens, end - 2))) break;
    end -= 1;
  }
  return end;
}
