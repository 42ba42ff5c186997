/** `UTC+2`, `GMT-05:00`, `+0530`: a zone without daylight saving; `undefined` where no zone keeps that distance all year. */
export function zoneOfOffset(written: string): string | undefined {
  const match = /^(?:utc|gmt)?\s*([+\u2212-])\s*(\d{1,2})(?::?(\d{2}))?$/i.exec(written.trim());
  if (match === null) return undefined;
  const hours = Number(match[2]);
  const minutes = Number(match[3] ?? 0);
  const isAhead = match[1] === '+';
  if (minutes !== 0) return halfHours[`${isAhead ? '+' : '-'}${hours}:${minutes}`];
  if (hours === 0) return 'UTC';
  // The signs of these names are those of POSIX: what is ahead of UTC has a minus.
  if (hours > (isAhead ? 14 : 12)) return undefined;
  return `Etc/GMT${isAhead ? '-' : '+'}${hours}`;
}

/** Zones that keep such a distance from UTC all year. */
const halfHours: { readonly [offset: string]: string } = {
  '+3:30': 'Asia/Tehran',
  '+4:30': 'Asia/Kabul',
  '+5:30': 'Asia/Kolkata',
  '+5:45': 'Asia/Kathmandu',
  '+6:30': 'Asia/Yangon',
  '+8:45': 'Australia/Eucla',
  '+9:30': 'Australia/Darwin',
  '-9:30': 'Pacific/Marquesas',
};
