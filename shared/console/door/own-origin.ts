import type { Arrived } from './arrived.ts';

/** Names of this machine, each with its port, that no other site can have: a site of its own name may lead here. */
const HERE = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i;

/** Whether the request is for this machine by one of its own names. */
export function isForThisMachine({ header }: Pick<Arrived, 'header'>): boolean {
  return HERE.test(header('host') ?? '');
}

/**
 * Whether a page of another origin asks. `Origin` and `Sec-Fetch-Site` are the browser's word, which no page can forge;
 * programs send neither, and come in by what they know.
 */
export function isForeign({ header, scheme }: Pick<Arrived, 'header' | 'scheme'>): boolean {
  const origin = header('origin');
  if (origin !== undefined && origin.toLowerCase() !== `${scheme}://${header('host')?.toLowerCase()}`)
    return true;
  const site = header('sec-fetch-site');
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}
