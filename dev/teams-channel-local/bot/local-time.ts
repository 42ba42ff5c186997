/** A moment as the person's own clock shows it: `2026-11-22T18:04:05.678+01:00`. `at` is in milliseconds since 1970. */
export function isoWithOffset(at: number, timeZone: string): string {
  const moment = new Date(at);
  const fields = new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'longOffset' }).formatToParts(
    moment,
  );
  const name = fields.find((field) => field.type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign = '+', hours = '00', minutes = '00'] = /^GMT([+-])(\d\d):(\d\d)$/.exec(name) ?? [];
  const offsetMs = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  return `${new Date(at + offsetMs).toISOString().slice(0, -1)}${sign}${hours}:${minutes}`;
}
