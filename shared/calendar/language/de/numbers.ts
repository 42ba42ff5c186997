/** Numbers in German words, put together as German does: the ones before the tens. */
const ones = ['', 'ein', 'zwei', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun'];
const small = [
  'null',
  'eins',
  ...ones.slice(2),
  ...[
    'zehn',
    'elf',
    'zwölf',
    'dreizehn',
    'vierzehn',
    'fünfzehn',
    'sechzehn',
    'siebzehn',
    'achtzehn',
    'neunzehn',
  ],
];
const tens = ['zwanzig', 'dreißig', 'vierzig', 'fünfzig', 'sechzig', 'siebzig', 'achtzig', 'neunzig'];

const names: readonly (readonly [name: string, value: number])[] = [
  ...small.map((name, value) => [name, value] as const),
  ['zwo', 2],
  ...tens.flatMap((ten, index) =>
    ones.map((one, value) => [one === '' ? ten : `${one}und${ten}`, 20 + 10 * index + value] as const),
  ),
];

const halves: readonly (readonly [name: string, value: number])[] = [
  ['anderthalb', 1.5],
  ...ones.slice(1).map((one, index) => [`${one}einhalb`, index + 1.5] as const),
];

export const numbers: { readonly [name: string]: number } = Object.fromEntries([...names, ...halves]);

const irregular: { readonly [value: number]: string } = { 1: 'erst', 3: 'dritt', 7: 'siebt', 8: 'acht' };

/** `erste`, `dritten`, `einundzwanzigster`: up to the last day of a month. */
export const ordinals: { readonly [name: string]: number } = Object.fromEntries(
  names
    .filter(([name, value]) => value >= 1 && value <= 31 && name !== 'zwo')
    .flatMap(([name, value]) => {
      const stem = irregular[value] ?? `${name}${value < 20 ? 't' : 'st'}`;
      return ['e', 'en', 'er', 'es', 'em'].map((ending) => [`${stem}${ending}`, value] as const);
    }),
);

/** `dreimal`. */
export const times: { readonly [notation: string]: string } = Object.fromEntries(
  names
    .filter(([, value]) => value >= 3 && value <= 12)
    .map(([name, value]) => [`n${value} times`, `${name}mal|${name} mal`]),
);
