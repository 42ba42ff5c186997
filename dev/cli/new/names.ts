import { UsageError } from '../arguments/usage-error.ts';

/** One name, in each form that a file needs it in. */
export interface Names {
  /** `stock-alert`: the file's. */
  readonly file: string;
  /** `stockAlert` */
  readonly camel: string;
  /** `stock.alert`: the type of the events. */
  readonly dotted: string;
  /** `stock alert`: what people say. */
  readonly said: string;
  /** `Stock alert` */
  readonly title: string;
}

/** Reads `stock-alert`, `stock.alert` or `stockAlert`. Throws `UsageError` for what is no name. */
export function namesOf(text: string): Names {
  const words = text
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[-._ ]/);
  if (text.length > 40 || !words.every((word) => /^[a-z][a-z0-9]*$/.test(word))) {
    throw new UsageError(
      `"${text}" is no name: use up to 40 letters and digits, words parted by "-", as in stock-alert`,
    );
  }
  const capital = (word: string) => word.slice(0, 1).toUpperCase() + word.slice(1);
  const said = words.join(' ');
  return {
    file: words.join('-'),
    camel: [words[0], ...words.slice(1).map(capital)].join(''),
    dotted: words.join('.'),
    said,
    title: capital(said),
  };
}
