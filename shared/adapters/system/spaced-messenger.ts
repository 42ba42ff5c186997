import { type TenantKey, tenantKey } from '../../domain/ids.ts';
import type { Messenger } from '../../ports/delivery/messenger.ts';
import type { SpacedWindows } from './spaced-windows.ts';

/**
 * Keeps the requests of this process within the channel's sliding window, at the last moment before each is made.
 *
 * A slot is asked for before the claim is written, and that write takes now five milliseconds and now fifty: what
 * went in at the rate comes out in bunches. Here each request waits for a place in its tenant's window.
 */
export function spacedMessenger(messenger: Messenger, windows: SpacedWindows): Messenger {
  async function spaced<Result>(tenant: TenantKey, exchange: () => Promise<Result>): Promise<Result> {
    const answered = await windows.of(tenant).enter();
    try {
      return await exchange();
    } finally {
      answered();
    }
  }

  return {
    send: (reference, message) => spaced(tenantKey(reference), () => messenger.send(reference, message)),
    createConversation: (person) => spaced(tenantKey(person), () => messenger.createConversation(person)),
  };
}
