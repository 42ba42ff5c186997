/** Every text of a card that a person reads. */
export function textsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    typeof inner === 'string' && /^(text|title|value|summary|fallbackText)$/.test(name)
      ? [inner]
      : name === 'data'
        ? []
        : textsOf(inner),
  );
}
