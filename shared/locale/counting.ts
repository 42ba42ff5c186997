/** A count in words: `one` alone, or the number as the language writes it among other words. */
export type Counting = (
  count: number,
  forms: { readonly one: string; readonly other: (count: string) => string },
) => string;

/** Chooses between one and many as the language does; for languages that tell these two apart. */
export function counting(language: string): Counting {
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  return (count, { one, other }) => (rules.select(count) === 'one' ? one : other(numbers.format(count)));
}
