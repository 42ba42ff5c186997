import { editDistance } from '../domain/edit-distance.ts';

/** The names most like the beginning of what was said, best first; none that is unlike. */
export function nearest(said: string, names: readonly string[], most: number): readonly string[] {
  const words = said.toLowerCase().split(/\s+/);
  return names
    .map((name) => {
      const beginning = words.slice(0, name.split(' ').length).join(' ').slice(0, 40);
      return { name, distance: editDistance(beginning, name) };
    })
    .filter(({ name, distance }) => distance <= Math.max(1, Math.floor(name.length / 3)))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, most)
    .map(({ name }) => name);
}
