import type { RpcTypedData } from '../core/rpc.ts';

/**
 * Copies the top-level properties of a JSON object body into the trigger metadata, over what the broker says:
 * the real host does so (`Utility.ApplyBindingData`), which lets a producer forge `deliveryCount`,
 * `messageId`, `subject` and the like. Names match whatever their case. Arrays and nulls are left out; all
 * other values but objects become text the way .NET writes it.
 *
 * @param canonicalNames the metadata's own names by their lower case.
 */
export function applyBodyProperties(
  metadata: Record<string, RpcTypedData>,
  body: string,
  canonicalNames: ReadonlyMap<string, string>,
): void {
  const parsed = parseObject(body);
  if (!parsed) return;
  const seen = new Map<string, string>();
  for (const [name, value] of Object.entries(parsed)) {
    if (value === null || Array.isArray(value)) continue;
    const lower = name.toLowerCase();
    const key = canonicalNames.get(lower) ?? seen.get(lower) ?? name;
    seen.set(lower, key);
    metadata[key] =
      typeof value === 'object' ? { json: JSON.stringify(value) } : { string: dotnetText(value) };
  }
}

function parseObject(body: string): object | undefined {
  const text = body.trim();
  if (!text.startsWith('{') || !text.endsWith('}')) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !isTooDeep(parsed, DEEPEST) ? parsed : undefined;
  } catch {
    return undefined; // A body that only looks like JSON is not an error.
  }
}

/** The host's JSON reader gives up on deeper ones, and takes nothing from them. */
const DEEPEST = 64;

function isTooDeep(value: unknown, levels: number): boolean {
  if (value === null || typeof value !== 'object') return false;
  return levels === 0 || Object.values(value).some((inner) => isTooDeep(inner, levels - 1));
}

const isoDate = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}:\d{2}:\d{2})(?:\.\d{1,7})?(Z|[+-]\d{2}:\d{2})?$/;

/**
 * A scalar as the host's JSON reader (Newtonsoft) turns it into text: `True` and `False`, and a string that
 * holds an ISO date and time as `MM/dd/yyyy HH:mm:ss` in the host's time zone, UTC.
 */
function dotnetText(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value !== 'string') return String(value).replace('e', 'E');
  const match = isoDate.exec(value);
  if (!match || Number.isNaN(Date.parse(value))) return value;
  const [, year, month, day, time, zone] = match;
  if (zone === undefined || zone === 'Z') return `${month}/${day}/${year} ${time}`;
  const utc = new Date(value).toISOString();
  return `${utc.slice(5, 7)}/${utc.slice(8, 10)}/${utc.slice(0, 4)} ${utc.slice(11, 19)}`;
}
