/** One colour for each person; the bot's is the page's own. */
const COLORS = ['#0d9488', '#c2410c', '#7c3aed', '#be185d', '#1d4ed8', '#4d7c0f'];

export function initialsOf(name) {
  const words = name.split(/\s+/).filter(Boolean);
  return (words.length > 1 ? words[0][0] + words.at(-1)[0] : name.slice(0, 2)).toUpperCase();
}

/** `people` is everybody the channel knows, in its order. */
export function colorOf(people, id) {
  const place = people.findIndex((person) => person.id === id || person.key === id);
  return COLORS[Math.max(place, 0) % COLORS.length];
}
