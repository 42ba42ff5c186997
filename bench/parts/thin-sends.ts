import { createBot } from '../../shared/adapters/bot/bot.ts';
import { TrustedServiceUrls } from '../../shared/domain/conversation/trusted-service-urls.ts';
import { hours, seconds } from '../../shared/domain/time.ts';
import { APP_ID, message, reference, TOKEN } from './message.ts';
import type { Variant } from './slices.ts';

/** The product's own messenger: an adapter's turn with the thin client. */
export function thinSends(serviceUrl: string): Variant {
  const trusted = TrustedServiceUrls.parse(undefined, { loopback: true });
  const ignore = () => undefined;
  const bot = createBot({
    identity: { appId: APP_ID, appType: 'UserAssignedMSI' },
    trustedServiceUrls: trusted.ok ? trusted.value : TrustedServiceUrls.none,
    sendTimeout: seconds(15),
    allowUnauthenticated: false,
    credential: { getToken: async () => ({ token: TOKEN, expiresOnTimestamp: Date.now() + hours(1) }) },
    clock: { now: () => Date.now() },
    log: { info: ignore, warn: ignore, error: ignore },
  });
  return {
    name: 'thin',
    async once() {
      const result = await bot.messenger.sendActivity(reference(serviceUrl), message);
      if (result.kind !== 'sent') throw new Error(`the send failed: ${JSON.stringify(result)}`);
    },
    close: () => bot.close(),
  };
}
