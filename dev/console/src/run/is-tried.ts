/** It was asked what it would do, and nothing was done: `people/<key>?dryRun=1`, `parked/replay dryRun reason=exhausted`. */
export function isTried(what: unknown): boolean {
  return typeof what === 'string' && (/\?dryRun=1\b/.test(what) || /^parked\/\w+ dryRun\b/.test(what));
}
