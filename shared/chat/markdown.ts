/** A name as Markdown that shows it as it is, cut to a sensible length. */
export function plain(name: string): string {
  return name.replace(/[\\`*_{}[\]()<>#+!|~]/g, '\\$&').slice(0, 160);
}
