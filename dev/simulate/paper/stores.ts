import type { Conversation } from '../../../shared/domain/conversation/conversation.ts';
import { noPreferences } from '../../../shared/domain/conversation/preferences.ts';
import { defined } from '../../../shared/domain/defined.ts';
import type { DeliveryResult, DeliveryRow } from '../../../shared/domain/delivery/delivery.ts';
import { type Line, lineUp, noSends, type SendWindows } from '../../../shared/domain/delivery/pace.ts';
import { FIRST_SLACK, isSameSlack, type Slack } from '../../../shared/domain/delivery/slack.ts';
import { spacingOf } from '../../../shared/domain/delivery/tenant-window.ts';
import { walkName } from '../../../shared/domain/event/job.ts';
import type { Notification } from '../../../shared/domain/event/notification.ts';
import type { ConversationKey, NotificationId, TenantKey } from '../../../shared/domain/ids.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import type { AskedForMoment } from '../../../shared/ports/delivery/ledger.ts';
import type { Behind, LateRequest, Pacer } from '../../../shared/ports/delivery/pacer.ts';
import type { Walk } from '../../../shared/ports/event/notification-store.ts';
import type { Chance } from './chance.ts';
import type { VirtualTime } from './virtual-time.ts';

interface People {
  /** Of each tenant, in key order. */
  readonly byTenant: ReadonlyMap<TenantKey, readonly Conversation[]>;
}

/** Waits as long as so many requests to the tables take, and counts them. */
type Cost = (requests: number) => Promise<void>;

/**
 * The stores in memory, as far as a broadcast uses them. Each call costs the requests that the table adapters make for
 * it.
 */
export function paperStores(
  { byTenant }: People,
  deps: {
    readonly time: VirtualTime;
    readonly chance: Chance;
    readonly cost: Cost;
    readonly requestsPerSecond: number;
    readonly onRecord: OnRecord;
  },
) {
  const { cost, time } = deps;
  const people = new Map([...byTenant.values()].flat().map((person) => [person.key, person]));
  const positions = new Map([...byTenant.values()].flatMap((list) => list.map(({ key }, at) => [key, at])));
  const notifications = new Map<NotificationId, Notification>();
  const walks = new Map<string, Walk>();
  const rows = new Map<string, DeliveryRow>();
  const windows = new Map<ConversationKey, { readonly sent: SendWindows; readonly tag: string }>();
  const lines = new Map<ConversationKey, Line>();
  const looks = new Map<ConversationKey, number>();
  const cursors = new Map<TenantKey, Instant>();
  const slacks = new Map<TenantKey, Slack>();
  const toldOf = new Map<TenantKey, Map<string, readonly LateRequest[]>>();
  const addressed = new Map<NotificationId, Set<ConversationKey>>();
  let tag = 0;
  const nameOf = (walk: Walk) => `${walk.notification}:${walkName(walk)}`;
  const rowName = ({ notification, conversation }: DeliveryRow['id']) => `${notification}:${conversation}`;

  const pacer: Pacer = {
    async reserve(tenant, count, now, ahead) {
      const next = cursors.get(tenant) ?? Number.NEGATIVE_INFINITY;
      const first = Math.max(next, now);
      if (first > now + ahead) return { laterAt: Math.ceil(first - ahead / 2) };
      const spacing = spacingOf(deps.requestsPerSecond, slacks.get(tenant)?.span ?? FIRST_SLACK);
      cursors.set(tenant, first + count * spacing);
      await cost(1);
      return { slots: { first, spacing, count }, idle: first - next };
    },
    async holdBack(tenant, until) {
      cursors.set(tenant, Math.max(cursors.get(tenant) ?? until, until));
      await cost(1);
    },
    async compareLate(tenant, instance, late, now) {
      const told = toldOf.get(tenant) ?? new Map<string, readonly LateRequest[]>();
      toldOf.set(tenant, told);
      let behind: Behind | undefined;
      if (late !== undefined) {
        const began = time.exactly();
        await cost(1);
        told.set(instance, late);
        // Where the tables lie on the way is anybody's guess.
        const took = time.exactly() - began;
        const writtenAt = began + took * deps.chance.next();
        behind = { least: writtenAt - now - took, most: writtenAt - now };
      }
      await cost(1);
      const others = [...told].flatMap(([teller, requests]) => (teller === instance ? [] : [requests]));
      return {
        late: others.flat(),
        others: others.length,
        ...defined({ slack: slacks.get(tenant), behind }),
      };
    },
    async adjust(tenant, { known, next }) {
      await cost(1);
      if (isSameSlack(slacks.get(tenant), known)) slacks.set(tenant, next);
      return slacks.get(tenant);
    },
  };

  return {
    /** How many people were addressed, each counted once. */
    countAddressed: (id: NotificationId) => addressed.get(id)?.size ?? 0,
    /** How often the desk of a conversation was looked at. */
    countLooks: (key: ConversationKey) => looks.get(key) ?? 0,
    pacer,
    /** As the event's function: stored, then looked whether it was planned already. */
    async accept(notification: Notification): Promise<void> {
      notifications.set(notification.id, notification);
      await cost(1);
    },
    audience: {
      async tenants() {
        await cost(1);
        return [...byTenant.keys()];
      },
      async members(
        _group: unknown,
        tenant: TenantKey,
        page: { readonly limit: number; readonly after?: ConversationKey },
      ) {
        await cost(1);
        const all = byTenant.get(tenant) ?? [];
        const start = page.after === undefined ? 0 : (positions.get(page.after) ?? all.length) + 1;
        const keys = all.slice(start, start + page.limit).map(({ key }) => key);
        return { keys, done: start + keys.length >= all.length };
      },
      membersAmong: async () => new Set<ConversationKey>(),
    },
    notifications: {
      // The app keeps what it read.
      findNotification: async (id: NotificationId) => notifications.get(id),
      // Nobody cancels on paper, and the app reads the mark once a second at most.
      findCancellation: async () => undefined,
      isPlanned: async () => false,
      async markPlanned() {
        await cost(1);
        return true;
      },
      async beginWalk(walk: Walk) {
        if (!walks.has(nameOf(walk))) walks.set(nameOf(walk), walk);
        await cost(1);
      },
      async advanceWalk(walk: Walk) {
        await cost(2);
        const stored = walks.get(nameOf(walk));
        if (stored?.done === true) return;
        if (walk.done || (walk.after ?? '') > (stored?.after ?? '')) walks.set(nameOf(walk), walk);
      },
      async walksOf(id: NotificationId) {
        await cost(1);
        return [...walks.values()].filter(({ notification }) => notification === id);
      },
    },
    dueIndex: { addDue: () => cost(1) },
    conversations: {
      async findConversation(key: ConversationKey) {
        await cost(1);
        return people.get(key);
      },
    },
    ledger: {
      async findDesk(key: ConversationKey) {
        await cost(1);
        looks.set(key, (looks.get(key) ?? 0) + 1);
        const known = windows.get(key);
        const line = lines.get(key);
        return {
          conversation: people.get(key),
          windows: known?.sent ?? noSends,
          preferences: noPreferences,
          ...defined({ windowsTag: known?.tag, line }),
        };
      },
      async findDelivery(id: DeliveryRow['id']) {
        await cost(1);
        return rows.get(rowName(id));
      },
      async claimDelivery(row: DeliveryRow, sends?: { readonly next: SendWindows; readonly tag?: string }) {
        await cost(1);
        const { conversation } = row.id;
        if (rows.get(rowName(row.id))?.etag !== row.etag) return 'lost' as const;
        if (sends !== undefined) {
          if (windows.get(conversation)?.tag !== sends.tag) return 'lost' as const;
          windows.set(conversation, { sent: sends.next, tag: String(++tag) });
        }
        return write(row);
      },
      /** As if each asked alone: those who ask together share a write in a process. */
      async lineUp(conversation: ConversationKey, { now, ...asked }: AskedForMoment) {
        await cost(2);
        const { at, line } = lineUp({ ...asked, line: lines.get(conversation) }, now);
        lines.set(conversation, line);
        return at;
      },
      async changeDelivery(row: DeliveryRow) {
        await cost(1);
        return rows.get(rowName(row.id))?.etag === row.etag ? write(row) : ('lost' as const);
      },
      async uncountBurst() {
        await cost(2);
      },
      async addressRecipients(notification: NotificationId, keys: readonly ConversationKey[]) {
        await cost(1);
        const known = addressed.get(notification) ?? new Set();
        addressed.set(notification, known);
        for (const key of keys) known.add(key);
      },
      async recordOutcome(id: DeliveryRow['id'], result: DeliveryResult) {
        await cost(1);
        deps.onRecord(id, result);
      },
      async recordPending() {
        await cost(1);
      },
      async findOutcome() {
        await cost(1);
        return undefined;
      },
    },
  };

  function write(row: DeliveryRow): DeliveryRow {
    const written = { ...row, etag: String(++tag) };
    rows.set(rowName(row.id), written);
    return written;
  }
}

export type OnRecord = (id: DeliveryRow['id'], result: DeliveryResult) => void;
