import { editDistance } from './edit-distance.ts';

/** The name that somebody most likely meant; `undefined` when none is like what they wrote. */
export function nearestName(written: string, names: readonly string[]): string | undefined {
  // So far beyond every name it is near none, however much there is of it to compare.
  if (written.length > 2 * Math.max(0, ...names.map(({ length }) => length))) return undefined;
  const best = names
    .map((name) => ({ name, distance: distanceTo(name, written.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)[0];
  return best !== undefined && best.distance <= Math.max(1, Math.floor(best.name.length / 3))
    ? best.name
    : undefined;
}

/** A beginning or a part that was left out (`--user` for `--to-user`) is as near as one wrong letter. */
function distanceTo(name: string, written: string): number {
  const distance = editDistance(written, name);
  const isPart = written.length >= 3 && (name.startsWith(written) || name.split('-').includes(written));
  return isPart ? Math.min(1, distance) : distance;
}

/** `; did you mean --text?`, or nothing. */
export function didYouMean(written: string, names: readonly string[], prefix = ''): string {
  return meaning(nearestName(written, names), prefix);
}

/** The same of a name that was looked for already. */
export function meaning(name: string | undefined, prefix = ''): string {
  return name === undefined ? '' : `; did you mean ${prefix}${name}?`;
}
