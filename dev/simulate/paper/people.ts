import { type Conversation, keyOf } from '../../../shared/domain/conversation/conversation.ts';
import { type TenantKey, tenantKey } from '../../../shared/domain/ids.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** `count` people with a personal conversation each, dealt out to the tenants; of each tenant in key order. */
export function peopleOf(
  count: number,
  tenants: number,
  at: Instant,
): ReadonlyMap<TenantKey, readonly Conversation[]> {
  const byTenant = new Map<TenantKey, Conversation[]>();
  for (let index = 0; index < count; index += 1) {
    const reference = {
      channelId: 'msteams',
      serviceUrl: 'https://smba.trafficmanager.net/emea/',
      conversationId: `a:${index}`,
      conversationType: 'personal',
      tenantId: `tenant-${index % tenants}`,
      bot: { id: '28:bot' },
      user: { id: `29:${index}` },
    } as const;
    const tenant = tenantKey(reference);
    const list = byTenant.get(tenant) ?? [];
    byTenant.set(tenant, list);
    list.push({ ...reference, key: keyOf(reference), tenant, capturedAt: at, changedAt: at });
  }
  for (const list of byTenant.values()) list.sort((a, b) => (a.key < b.key ? -1 : 1));
  return byTenant;
}
