/**
 * JSON that is nested deeper than this is no message of anybody's: cards nest about twenty levels. Reading it is
 * harmless; writing it out again overflows the stack some thousand levels further down.
 */
export const DEEPEST_JSON = 64;

/** What is written of deeper JSON. More than the limit, so that what was too deep stays so when it is read again. */
const WRITTEN_LEVELS = DEEPEST_JSON + 16;

/** Whether a value read from JSON is nested deeper than `levels`. Itself goes no deeper than that. */
export function isTooDeep(value: unknown, levels: number = DEEPEST_JSON): boolean {
  if (value === null || typeof value !== 'object') return false;
  return levels === 0 || Object.values(value).some((inner) => isTooDeep(inner, levels - 1));
}

/** JSON text of a value read from JSON; what is nested too deeply to be written is left out. */
export function toJsonText(value: unknown): string {
  return JSON.stringify(isTooDeep(value, WRITTEN_LEVELS) ? pruned(value, WRITTEN_LEVELS) : value) ?? '';
}

function pruned(value: unknown, levels: number): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (levels === 0) return '(nested too deeply)';
  if (Array.isArray(value)) return value.map((inner) => pruned(inner, levels - 1));
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, pruned(inner, levels - 1)]));
}
