import type { Reader } from './read.ts';

/** Letters that stand for a zone behind a time, by the zone that people mean by them all year round. */
export const zoneLetters: { readonly [letters: string]: string } = {
  utc: 'UTC',
  gmt: 'UTC',
  z: 'UTC',
  cet: 'Europe/Paris',
  cest: 'Europe/Paris',
  bst: 'Europe/London',
  eet: 'Europe/Helsinki',
  eest: 'Europe/Helsinki',
  msk: 'Europe/Moscow',
  est: 'America/New_York',
  edt: 'America/New_York',
  et: 'America/New_York',
  cst: 'America/Chicago',
  cdt: 'America/Chicago',
  ct: 'America/Chicago',
  mst: 'America/Denver',
  mdt: 'America/Denver',
  pst: 'America/Los_Angeles',
  pdt: 'America/Los_Angeles',
  pt: 'America/Los_Angeles',
  jst: 'Asia/Tokyo',
  kst: 'Asia/Seoul',
  sgt: 'Asia/Singapore',
  hkt: 'Asia/Hong_Kong',
  aest: 'Australia/Sydney',
  aedt: 'Australia/Sydney',
  nzst: 'Pacific/Auckland',
  nzdt: 'Pacific/Auckland',
};

/** The IANA zone of `CET` in `4pm CET`. */
export const readZoneName: Reader<string> = (tokens, at) => {
  const word = tokens[at]?.said ?? '';
  const zone = Object.hasOwn(zoneLetters, word) ? zoneLetters[word] : undefined;
  if (zone === undefined || (word === 'z' && tokens[at]?.glued !== true)) return undefined;
  return { value: zone, next: at + 1 };
};
