/** So many requests in any stretch of so much time. */
export interface Rule {
  readonly count: number;
  readonly windowMs: number;
}

/** A text that is no list of rules; the message says how one looks. */
export class RuleError extends Error {}

/**
 * Reads `7/1s,8/2s,60/30s`: count, slash, window in seconds (`s`) or milliseconds (`ms`).
 *
 * Throws RuleError.
 */
export function parseRules(text: string): Rule[] {
  return text.split(',').map((part) => {
    const [, count, length, unit] = /^\s*(\d+)\/(\d+)(ms|s)\s*$/.exec(part) ?? [];
    const rule = { count: Number(count), windowMs: Number(length) * (unit === 's' ? 1000 : 1) };
    if (!(rule.count >= 1 && rule.count <= MAX_COUNT && rule.windowMs >= 1)) {
      throw new RuleError(
        `"${part.trim()}" is no limit: write <count>/<length>s with a count from 1 to ${MAX_COUNT}, such as 7/1s,60/30s.`,
      );
    }
    return rule;
  });
}

/** The text that `parseRules` reads. */
export function formatRules(rules: readonly Rule[]): string {
  return rules
    .map(
      ({ count, windowMs }) => `${count}/${windowMs % 1000 === 0 ? `${windowMs / 1000}s` : `${windowMs}ms`}`,
    )
    .join(',');
}

/** A window remembers as many times as its count. */
const MAX_COUNT = 100_000;
