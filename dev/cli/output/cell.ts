import { isJsonObject } from '../../../shared/domain/json-object.ts';
import { toIso } from '../../../shared/domain/time.ts';

/** No stored time is older. */
const MILLENNIUM = Date.UTC(2000);

/** A value as people read it; what is not given, or not so, is left out. */
export function cellOf(value: unknown, name: string): string {
  if (value === undefined || value === null || value === false) return '';
  if (value === true) return 'yes';
  if (isInstant(value, name)) return toIso(value);
  if (Array.isArray(value)) return value.map((one) => cellOf(one, name)).join('; ');
  if (!isJsonObject(value)) return String(value);
  const parts = Object.entries(value).map(([part, one]) => [inWords(part), cellOf(one, part)] as const);
  return parts.flatMap(([part, text]) => (text === '' ? [] : [`${part}: ${text}`])).join(', ');
}

/** Records of one's own kinds are shown as they are stored: there a time is a number under a name that says so. */
function isInstant(value: unknown, name: string): value is number {
  return typeof value === 'number' && value >= MILLENNIUM && /(^at|^since|At|Until|Since)$/.test(name);
}

/** `lastUsedAt` is `last used at`. */
export function inWords(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
