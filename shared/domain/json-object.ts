/** Whether a value that came over a wire is a JSON object, and neither a list nor null. */
export function isJsonObject(value: unknown): value is { readonly [name: string]: unknown } {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
