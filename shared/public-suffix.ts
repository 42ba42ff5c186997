import { getPublicSuffix } from 'tldts';

/**
 * Whether anybody can register a name below this one, by the public suffix list (https://publicsuffix.org), its private
 * part included: `co.uk`, `github.io`, `blob.core.windows.net`. The list is large, and loaded only where a setting names a
 * wildcard.
 */
export function isPublicSuffix(host: string): boolean {
  const suffixOf = (name: string) =>
    getPublicSuffix(name, { allowPrivateDomains: true, extractHostname: false });
  // Of some (`*.ck`) every name below is one.
  return suffixOf(host) === host || suffixOf(`x.${host}`) === `x.${host}`;
}
