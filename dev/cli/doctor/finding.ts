/** What one look at an installation found. */
export interface Finding {
  readonly check: string;
  /** `unknown`: it could not be looked at, mostly for want of a right. */
  readonly state: 'ok' | 'warns' | 'fails' | 'unknown';
  readonly says: string;
  /** What cures it. */
  readonly remedy?: string;
}

export const ok = (check: string, says: string): Finding => ({ check, state: 'ok', says });
export const warns = (check: string, says: string, remedy: string): Finding => ({
  check,
  state: 'warns',
  says,
  remedy,
});
export const fails = (check: string, says: string, remedy: string): Finding => ({
  check,
  state: 'fails',
  says,
  remedy,
});

/** One finding of the differences of two sets of names; `ok` when there is none. */
export function compared(
  check: string,
  names: { readonly found: readonly string[]; readonly needed: readonly string[] },
  says: { readonly whole: string; readonly missing: string; readonly remedy: string },
): Finding {
  const missing = names.needed.filter((name) => !names.found.includes(name));
  return missing.length === 0
    ? ok(check, says.whole)
    : fails(check, `${says.missing}: ${missing.join(', ')}`, says.remedy);
}
