/** On every answer: nothing from elsewhere, nothing inline, in no frame, and nobody is told where one came from. */
export const SAFE = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

/** Data is for whoever asked, now. */
export const NEVER_KEPT = { 'cache-control': 'no-store' } as const;

/** Whether a text can be the value of a header: nothing in it ends the line. */
export function isHeaderText(text: string): boolean {
  return /^[\x20-\x7e]{1,256}$/.test(text);
}
