const YES = new Set(
  'yes y yep yeah yup ja jo klar gerne sure ok okay alright confirm confirmed perfect fine great correct right absolutely definitely exactly passt stimmt'.split(
    ' ',
  ),
);
/** What may stand beside a yes, and says nothing against it. */
const BESIDE = new Set(
  "book buchen buche it this that trip do go ahead please bitte thanks thank you danke of course good looks sounds all the is i want that's und and es".split(
    ' ',
  ),
);
const ALONE =
  /^(?:please )?(?:book|buchen|buche|do|take)(?: (?:it|this|that|es))?(?: please| bitte)?$|^go ahead$|^please do$|^(?:looks|sounds|all) good$|^of course$/;

/**
 * Whether somebody agrees, and to nothing else: `yes please` does; `yes, but on friday` and `ok, wait` do not. Booking
 * what was not meant is the worse mistake.
 */
export function isYes(text: string): boolean {
  const words = text
    .toLowerCase()
    .replace(/\u2019/g, "'")
    .replace(/[.!,;]+/g, ' ')
    .trim()
    .split(/\s+/);
  if (ALONE.test(words.join(' '))) return true;
  return words.some((word) => YES.has(word)) && words.every((word) => YES.has(word) || BESIDE.has(word));
}
