import type { ForgetRequest } from '../../domain/conversation/forgetting.ts';
import { defined } from '../../domain/defined.ts';
import { parseDeliveryId } from '../../domain/delivery/delivery.ts';
import { isTooDeep } from '../../domain/event/json-depth.ts';
import { isNameOf } from '../../domain/identity/proofs.ts';
import { isJsonObject } from '../../domain/json-object.ts';
import type { ParkedItem, Parking } from '../../ports/event/parking.ts';

const PAGE = 100;

/** Stands where the person was named. Nobody is called so, and a replay says that nobody is. */
const NOBODY = 'forgotten';

export type ForgetParked = (request: ForgetRequest) => Promise<void>;

/**
 * Takes a person out of what is parked: drops what was for them alone, and what cannot be read but names them, and
 * blots their name out of what others wait for too. Throws `StoreUnavailable`; repeating it is harmless.
 */
export function forgetParked(deps: { readonly parking: Parking }): ForgetParked {
  return async (request) => {
    if (request.scope === 'person') return;
    let after: string | undefined;
    do {
      const page = await deps.parking.listParked({ limit: PAGE, ...defined({ after }) });
      for (const item of page.items) await look(item, request);
      after = page.after;
    } while (after !== undefined);
  };

  async function look(item: ParkedItem, request: ForgetRequest): Promise<void> {
    if (item.kind === 'delivery') {
      const isTheirs = parseDeliveryId(item.original)?.conversation === request.conversation;
      if (isTheirs) await deps.parking.dropParked(item.id, item.tag);
      return;
    }
    const named = (text: string) =>
      text === request.conversation || (text !== '' && isNameOf(text, request.persons));
    const parsed = parse(item.original);
    if (parsed === undefined) {
      // No event at all. Whatever stands between quotes or spaces may be a name.
      if (item.original.split(/["'\s,;=<>()[\]{}]+/).some(named))
        await deps.parking.dropParked(item.id, item.tag);
      return;
    }
    const { value, count } = blotted(parsed.value, named);
    if (count === 0) return;
    if (!hasOthers(value)) {
      await deps.parking.dropParked(item.id, item.tag);
      return;
    }
    const { tag: _tag, bytes: _bytes, ...rest } = item;
    await deps.parking.parkItem({ ...rest, original: JSON.stringify(value) });
  }
}

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' && !isTooDeep(value) ? { value } : undefined;
  } catch {
    // Not JSON: looked through as text by the caller, so nothing is left behind by it.
    return undefined;
  }
}

/** The value with every text that names the person blotted out, and how many there were. */
function blotted(
  value: unknown,
  named: (text: string) => boolean,
): { readonly value: unknown; readonly count: number } {
  let count = 0;
  const visit = (inner: unknown): unknown => {
    if (typeof inner === 'string') {
      if (!named(inner)) return inner;
      count += 1;
      return NOBODY;
    }
    if (Array.isArray(inner)) return inner.map(visit);
    if (inner === null || typeof inner !== 'object') return inner;
    return Object.fromEntries(Object.entries(inner).map(([name, field]) => [name, visit(field)]));
  };
  return { value: visit(value), count };
}

/** Whether an event still names anybody to tell. */
function hasOthers(event: unknown): boolean {
  const to = fieldOf(fieldOf(event, 'data'), 'to');
  const entries: readonly unknown[] = Array.isArray(to) ? to : to === undefined ? [] : [to];
  return entries.some(
    (entry) => fieldOf(entry, 'user') !== NOBODY && fieldOf(entry, 'conversation') !== NOBODY,
  );
}

function fieldOf(value: unknown, name: string): unknown {
  return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}
