const grouped = new Intl.NumberFormat('en');

/** `12,345` */
export function count(value: number): string {
  return grouped.format(value);
}

/** `1 event`, `3 events` */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** `340 ms`, `12.3 s`, `4 min 5 s`, `2 h 10 min`, `3 days` */
export function span(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${Number(seconds.toFixed(1))} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return `${Math.floor(minutes / 1440)} days`;
}

/** `13,512 bytes (47 % of 28,672)` */
export function share(value: number, whole: number): string {
  return `${count(value)} bytes (${Math.ceil((value / whole) * 100)} % of ${count(whole)})`;
}
