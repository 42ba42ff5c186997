/** A name as Markdown that shows it as it is, cut to a sensible length. */
export function plain(name: string, longest = 160): string {
  return name.replace(/[\\`*_{}[\]()<>#+!|~]/g, '\\$&').slice(0, longest);
}

/** A usage such as `watch <hotel>`, whose brackets would be taken for an HTML tag. */
export function withBrackets(usage: string): string {
  return usage.replaceAll('<', '\\<').replaceAll('>', '\\>');
}
