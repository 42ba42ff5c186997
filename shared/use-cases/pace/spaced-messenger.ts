import { type TenantKey, tenantKey } from '../../domain/ids.ts';
import type { CreateResult, Messenger, SendResult } from '../../ports/delivery/messenger.ts';
import type { AllDepartures } from './departures.ts';
import type { TenantWaves } from './tenant-waves.ts';

/**
 * Keeps the requests of this process within the channel's sliding window, at the last moment before each is made.
 *
 * A slot is asked for before the claim is written, and that write takes now five milliseconds and now fifty: what
 * went in at the rate comes out in bunches. Here each request waits for a place in its tenant's window. What it is
 * answered is told to the tenant's wave.
 */
export function spacedMessenger(
  messenger: Messenger,
  { departures, waves }: { readonly departures: AllDepartures; readonly waves?: TenantWaves },
): Messenger {
  async function spaced<Result extends SendResult | CreateResult>(
    tenant: TenantKey,
    whom: string,
    exchange: () => Promise<Result>,
  ): Promise<Result> {
    const answered = await departures.to(tenant).enter();
    try {
      const result = await exchange();
      if (result.kind !== 'untrusted') {
        waves?.note(tenant, whom, result.kind === 'failed' ? result : undefined);
      }
      return result;
    } finally {
      answered();
    }
  }

  return {
    send: (reference, message) =>
      spaced(tenantKey(reference), reference.conversationId, () => messenger.send(reference, message)),
    createConversation: (person) =>
      spaced(tenantKey(person), person.user.id, () => messenger.createConversation(person)),
  };
}
