import { cut } from '../domain/text.ts';

/** A name as Markdown that shows it as it is, cut to a sensible length. */
export function plain(name: string, longest = 160): string {
  return cut(name, longest).replace(/[\\`*_{}[\]()<>#+!|~]/g, '\\$&');
}

/** A usage such as `watch <hotel>`, whose brackets would be taken for an HTML tag. */
export function withBrackets(usage: string): string {
  return usage.replaceAll('<', '\\<').replaceAll('>', '\\>');
}
