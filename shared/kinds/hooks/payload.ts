import { isJsonObject } from '../../domain/json-object.ts';

type JsonObject = { readonly [name: string]: unknown };

/** The value at a path of names parted by dots, own properties only: `alert.labels.severity`, `conditions.0.status`. */
export function at(value: unknown, path: string): unknown {
  let found: unknown = value;
  for (const name of path.split('.')) {
    if (found === null || typeof found !== 'object' || !Object.hasOwn(found, name)) return undefined;
    found = (found as JsonObject)[name];
  }
  return found;
}

/** A text, number or truth value as text; `undefined` for anything else and for what is empty. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return undefined;
}

/** The first of some paths at which there is a text. */
export function textAt(value: unknown, ...paths: readonly string[]): string | undefined {
  for (const path of paths) {
    const text = textOf(at(value, path));
    if (text !== undefined) return text;
  }
  return undefined;
}

export function objectAt(value: unknown, path: string): JsonObject | undefined {
  const found = at(value, path);
  return isJsonObject(found) ? found : undefined;
}

/** The objects of a list; an object that stands alone counts as a list of one. */
export function objectsAt(value: unknown, path: string): readonly JsonObject[] {
  const found = at(value, path);
  if (isJsonObject(found)) return [found];
  return Array.isArray(found) ? found.filter(isJsonObject) : [];
}

/** Whether an object has all of these. */
export function has(value: unknown, ...paths: readonly string[]): boolean {
  return paths.every((path) => at(value, path) !== undefined);
}

/** A value as text, empty for what is none: an object of somebody else's may refuse to become one. */
export function wordOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
}
