/** `Fields` without those that may be undefined, which become optional ones. */
export type Defined<Fields> = {
  [Name in keyof Fields as undefined extends Fields[Name] ? never : Name]: Fields[Name];
} & {
  [Name in keyof Fields as undefined extends Fields[Name] ? Name : never]?: Exclude<Fields[Name], undefined>;
};

/**
 * The properties that have a value, in their order: what is not given is absent then, and no property that holds `undefined`.
 * So nothing is stored, hashed or spread over a default that nobody said.
 *
 * ```ts
 * return { id, ...defined({ name, owner: account.owner }) };
 * ```
 */
export function defined<Fields extends object>(fields: Fields): Defined<Fields> {
  const kept: Partial<Fields> = {};
  for (const name in fields) if (fields[name] !== undefined) kept[name] = fields[name];
  // What is left is what the type says.
  return kept as unknown as Defined<Fields>;
}
