import { type Conversation, keyOf } from '../../../shared/domain/conversation/conversation.ts';
import { defined } from '../../../shared/domain/defined.ts';
import { type TenantKey, tenantKey } from '../../../shared/domain/ids.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** Of each hour of the world one. */
const ZONES =
  'Pacific/Pago_Pago Pacific/Honolulu America/Anchorage America/Los_Angeles America/Denver America/Chicago America/New_York America/Halifax America/Sao_Paulo America/Noronha Atlantic/Azores Europe/London Europe/Berlin Europe/Athens Europe/Moscow Asia/Dubai Asia/Karachi Asia/Dhaka Asia/Bangkok Asia/Shanghai Asia/Tokyo Australia/Brisbane Pacific/Noumea Pacific/Fiji'.split(
    ' ',
  );

/**
 * `count` people with a personal conversation each, dealt out to the tenants and to the first `zones` zones, if any; of each tenant in
 * key order.
 */
export function peopleOf(
  count: number,
  { tenants, zones = 0, at }: { readonly tenants: number; readonly zones?: number; readonly at: Instant },
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
      ...defined({ timeZone: zones === 0 ? undefined : ZONES[Math.floor(index / tenants) % zones] }),
    } as const;
    const tenant = tenantKey(reference);
    const list = byTenant.get(tenant) ?? [];
    byTenant.set(tenant, list);
    list.push({ ...reference, key: keyOf(reference), tenant, capturedAt: at, changedAt: at });
  }
  for (const list of byTenant.values()) list.sort((a, b) => (a.key < b.key ? -1 : 1));
  return byTenant;
}
