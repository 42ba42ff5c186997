import { defined } from '../../domain/defined.ts';
import { parseDeliveryId } from '../../domain/delivery/delivery.ts';
import { isTooDeep } from '../../domain/event/json-depth.ts';
import { isJsonObject } from '../../domain/json-object.ts';
import { toIso } from '../../domain/time.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import { type ParkedItem, type Parking, ParkingReason } from '../../ports/event/parking.ts';
import type { ConsoleAnswer, ConsoleRequest, ConsoleRoute } from '../route.ts';
import { ok, unknown } from './answers.ts';
import { Asked, continuationOf, type Language } from './asked.ts';
import type { ShownDeps } from './shown.ts';
import { type WhoDeps, whoAre } from './who.ts';

export interface ParkedDeps extends ShownDeps, WhoDeps {
  readonly parking: Pick<Parking, 'listParked' | 'findParked'>;
  readonly notifications: Pick<NotificationStore, 'findNotification'>;
}

/** In a list; all of them stand with the item itself. */
const MOST_FAULTS = 5;
const LONGEST_SUMMARY = 200;

export function parkedRoutes(deps: ParkedDeps): readonly ConsoleRoute[] {
  return [
    { method: 'GET', path: 'parked', role: 'reader', answer: list },
    { method: 'GET', path: 'parked/{id}', role: 'reader', answer: one },
  ];

  async function list({ query }: ConsoleRequest): Promise<ConsoleAnswer> {
    const asked = new Asked(query);
    const limit = asked.limit();
    const reason = asked.oneOf('reason', Object.values(ParkingReason));
    const after = asked.continuation(([id]) => id);
    const language = asked.language();
    if (asked.refusal !== undefined) return asked.refusal;
    const page = await asked.page(() => deps.parking.listParked({ limit, ...defined({ after, reason }) }));
    if (page === undefined) return asked.refused();
    const items = await Promise.all(page.items.map((item) => inBrief(item, language)));
    const continuation = page.after === undefined ? undefined : continuationOf(page.after);
    return ok({
      items: items.map((item) => ({ ...item, faults: item.faults.slice(0, MOST_FAULTS) })),
      ...defined({ continuation }),
    });
  }

  async function one({ params, query }: ConsoleRequest): Promise<ConsoleAnswer> {
    const asked = new Asked(query);
    const language = asked.language();
    if (asked.refusal !== undefined) return asked.refusal;
    const item = await deps.parking.findParked(params.id ?? '');
    if (item === undefined) return unknown('parked', { path: 'id', name: params.id });
    const { original, properties, bytes } = item;
    const originalBase64 =
      bytes && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
    const originalJson = readJson(original);
    return ok({
      ...(await inBrief(item, language)),
      original,
      ...defined({ originalJson, originalBase64, properties }),
    });
  }

  async function inBrief(item: ParkedItem, language: Language) {
    const { id, reason, kind, parkedAt, faults } = item;
    const summary = (await summaryOf(item, language)).slice(0, LONGEST_SUMMARY);
    return { id, reason, kind, parkedAt: toIso(parkedAt), summary, faults };
  }

  /** What it is about, in one line. */
  async function summaryOf({ kind, original, properties }: ParkedItem, language: Language): Promise<string> {
    if (kind === 'message') return `queue ${properties?.queue ?? ''}`.trim();
    const delivery = kind === 'delivery' ? parseDeliveryId(original) : undefined;
    if (delivery !== undefined) {
      const [notification, [who]] = await Promise.all([
        deps.notifications.findNotification(delivery.notification),
        whoAre(deps, [delivery.conversation]),
      ]);
      const title = notification && (deps.entryOf(notification.type)?.title(language) ?? notification.type);
      return `${title ?? delivery.notification}: ${who?.name ?? delivery.conversation}`;
    }
    const event = readJson(original);
    if (!isJsonObject(event)) return original;
    const parts = [event.type, event.source, event.id].filter((part) => typeof part === 'string');
    return parts.length === 0 ? original : parts.join(' ');
  }
}

function readJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return isTooDeep(value) ? undefined : value;
  } catch {
    // Not JSON: that may be just what is wrong with it.
    return undefined;
  }
}
