/** A count in words: `one` alone, or the number as the language writes it among other words. */
export type Counting = (
  count: number,
  forms: { readonly one: string; readonly other: (count: string) => string },
) => string;

/** Chooses between one and many as the language does; for languages that tell these two apart. */
export function counting(language: string): Counting {
  return (count, { one, other }) => {
    const { rules, numbers } = grammarOf(language);
    return rules.select(count) === 'one' ? one : other(numbers.format(count));
  };
}

interface Grammar {
  readonly rules: Intl.PluralRules;
  readonly numbers: Intl.NumberFormat;
}

/** Made when something is first counted: it takes longer than all else that loading the words does. */
const grammars = new Map<string, Grammar>();

function grammarOf(language: string): Grammar {
  const known = grammars.get(language);
  if (known !== undefined) return known;
  const made = { rules: new Intl.PluralRules(language), numbers: new Intl.NumberFormat(language) };
  grammars.set(language, made);
  return made;
}
