/** How many letters have to be added, dropped, changed or swapped with a neighbour to make `a` from `b`. */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (before[j - 2] ?? 0) + 1);
      row.push(best);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

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
