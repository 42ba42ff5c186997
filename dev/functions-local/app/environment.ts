/**
 * Sets environment variables for as long as a host runs in this process: the app reads `process.env`.
 *
 * @param always set, whatever was there; undefined removes a variable.
 * @param defaults set only where nothing is set.
 * @returns puts back what was there before.
 */
export function applyEnvironment(
  always: Record<string, string | undefined>,
  defaults: Record<string, string>,
): () => void {
  const before = new Map<string, string | undefined>();
  const set = (name: string, value: string | undefined): void => {
    if (!before.has(name)) before.set(name, process.env[name]);
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  };
  for (const [name, value] of Object.entries(always)) set(name, value);
  for (const [name, value] of Object.entries(defaults)) if (process.env[name] === undefined) set(name, value);
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
}
