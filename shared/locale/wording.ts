/**
 * The form of the messages of one language, for another one to have: the same names, the same parameters, other texts.
 * A message that is missing, or is not known in the first language, is a type error.
 */
export type Wording<Messages> = Messages extends string
  ? string
  : Messages extends (...parameters: infer Parameters) => string
    ? (...parameters: Parameters) => string
    : { readonly [name in keyof Messages]: Wording<Messages[name]> };
