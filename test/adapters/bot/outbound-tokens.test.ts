import type { AccessToken, TokenCredential } from '@azure/identity';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBot } from '../../../shared/adapters/bot/bot.ts';
import { TokenUnavailable } from '../../../shared/adapters/bot/token/authentication-errors.ts';
import { botCredential, InvalidBotIdentity } from '../../../shared/adapters/bot/token/bot-credential.ts';
import { publicCloud } from '../../../shared/adapters/bot/token/channel-cloud.ts';
import { OutboundTokens } from '../../../shared/adapters/bot/token/outbound-tokens.ts';
import { hours, minutes, seconds } from '../../../shared/domain/time.ts';
import { startConnector } from '../../support/connector.ts';
import { APP_ID, aReference, localBot } from '../../support/connector-bot.ts';
import { startIdentityEndpoint } from '../../support/openid-identity-endpoint.ts';

const AUDIENCE = 'https://api.botframework.com';

let now: number;
const clock = { now: () => now };
beforeEach(() => {
  now = Date.parse('2026-11-22T10:00:00Z');
});

/** Gives token-1, token-2 ... each good for `lifetime`; fails while `away`. */
class CountedCredential implements TokenCredential {
  asked = 0;
  away = false;
  lifetime = hours(1);

  async getToken(): Promise<AccessToken> {
    this.asked += 1;
    if (this.away) throw new Error('Microsoft Entra ID is away');
    return { token: `token-${this.asked}`, expiresOnTimestamp: now + this.lifetime };
  }
}

/** Lets what was begun without anybody waiting for it come to its end. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('a token', () => {
  it('is asked for once, and held', async () => {
    const credential = new CountedCredential();
    const tokens = new OutboundTokens(() => credential, clock);
    const all = await Promise.all(Array.from({ length: 64 }, async () => tokens.get(AUDIENCE)));
    now += minutes(54);
    expect(new Set([...all, await tokens.get(AUDIENCE)])).toEqual(new Set(['token-1']));
    expect(credential.asked).toBe(1);
  });

  it('is renewed before it ends, and nobody waits for the new one', async () => {
    const credential = new CountedCredential();
    const tokens = new OutboundTokens(() => credential, clock);
    await tokens.get(AUDIENCE);
    now += minutes(56);
    expect([tokens.get(AUDIENCE), tokens.get(AUDIENCE)]).toEqual(['token-1', 'token-1']);
    await settled();
    expect(tokens.get(AUDIENCE)).toBe('token-2');
    expect(credential.asked).toBe(2);
  });

  it('serves to its end while no new one can be had, which is tried every half a minute', async () => {
    const credential = new CountedCredential();
    const tokens = new OutboundTokens(() => credential, clock);
    await tokens.get(AUDIENCE);
    credential.away = true;
    now += minutes(56);
    for (let i = 0; i < 5; i += 1) {
      expect(tokens.get(AUDIENCE)).toBe('token-1');
      await settled();
    }
    expect(credential.asked).toBe(2);
    now += seconds(31);
    expect(tokens.get(AUDIENCE)).toBe('token-1');
    await settled();
    expect(credential.asked).toBe(3);
  });

  it('that is spent is not used: the failure to renew it is reported', async () => {
    const credential = new CountedCredential();
    const tokens = new OutboundTokens(() => credential, clock);
    await tokens.get(AUDIENCE);
    credential.away = true;
    now += minutes(59) + 1;
    await expect(tokens.get(AUDIENCE)).rejects.toThrow(TokenUnavailable);
    credential.away = false;
    expect(await tokens.get(AUDIENCE)).toBe('token-3');
  });

  it('that lives shortly is not asked for with each send', async () => {
    const credential = new CountedCredential();
    credential.lifetime = minutes(2);
    const tokens = new OutboundTokens(() => credential, clock);
    for (let i = 0; i < 5; i += 1) expect(await tokens.get(AUDIENCE)).toBe('token-1');
    expect(credential.asked).toBe(1);
  });

  it('that could not be had is asked for again', async () => {
    const credential = new CountedCredential();
    credential.away = true;
    const tokens = new OutboundTokens(() => credential, clock);
    await expect(tokens.get(AUDIENCE)).rejects.toThrow(TokenUnavailable);
    credential.away = false;
    expect(await tokens.get(AUDIENCE)).toBe('token-2');
  });

  it('that the channel refused is dropped and asked for anew, once in half a minute', async () => {
    const credentials: CountedCredential[] = [];
    const tokens = new OutboundTokens(() => {
      // What a credential keeps by itself would be the refused one again.
      const credential = new CountedCredential();
      credential.asked = credentials.length * 10;
      credentials.push(credential);
      return credential;
    }, clock);
    expect(await tokens.get(AUDIENCE)).toBe('token-1');
    tokens.refused(AUDIENCE, 'token-1');
    expect(await tokens.get(AUDIENCE)).toBe('token-1');
    now += seconds(30);
    for (let request = 0; request < 64; request += 1) tokens.refused(AUDIENCE, 'token-1');
    expect(await tokens.get(AUDIENCE)).toBe('token-11');
    for (let request = 0; request < 64; request += 1) tokens.refused(AUDIENCE, 'token-1');
    for (let request = 0; request < 64; request += 1) tokens.refused(AUDIENCE, 'token-11');
    expect(await tokens.get(AUDIENCE)).toBe('token-11');
    expect(credentials).toHaveLength(2);
  });

  it('is one an audience', async () => {
    const tokens = new OutboundTokens(() => new CountedCredential(), clock);
    expect(await tokens.get(AUDIENCE)).not.toBe(await tokens.get('https://api.botframework.us'));
  });
});

describe('a request that is answered 401', () => {
  it('is made once, and the next one carries another token', async () => {
    const connector = await startConnector();
    const credential = new CountedCredential();
    const bot = createBot(
      localBot({
        identity: { appId: APP_ID, appType: 'UserAssignedMSI' },
        allowUnauthenticated: false,
        credential,
        clock,
      }),
    );
    const send = () => bot.messenger.sendActivity(aReference(connector.url), { text: 'Hello' });
    await send();
    now += minutes(1);
    connector.next({ status: 401, body: { message: 'Authorization has been denied for this request.' } });
    expect(await send()).toEqual({
      kind: 'failed',
      status: 401,
      code: 'http-401',
      meaning: 'token-refused',
      surelyNotSent: true,
    });
    expect(await send()).toMatchObject({ kind: 'sent' });
    expect(connector.requests.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer token-1',
      'Bearer token-1',
      'Bearer token-2',
    ]);
    await connector.close();
    await bot.close();
  });
});

describe('the credential', () => {
  it.each(['SingleTenant', 'MultiTenant'] as const)('of a %s bot needs a password', (appType) => {
    expect(() => botCredential({ appId: APP_ID, appType, tenantId: 'tenant' }, publicCloud)).toThrow(
      InvalidBotIdentity,
    );
  });

  it('of a single-tenant bot needs the tenant', () => {
    const identity = { appId: APP_ID, appType: 'SingleTenant', password: 'secret' } as const;
    expect(() => botCredential(identity, publicCloud)).toThrow(/MicrosoftAppTenantId/);
  });
});

describe('with a managed identity', () => {
  let endpoint: Awaited<ReturnType<typeof startIdentityEndpoint>>;
  beforeEach(async () => {
    endpoint = await startIdentityEndpoint();
  });
  afterEach(() => endpoint.close());

  it('64 first sends make one request to the identity endpoint, and carry its token', async () => {
    const connector = await startConnector();
    const bot = createBot(
      localBot({ identity: { appId: APP_ID, appType: 'UserAssignedMSI' }, allowUnauthenticated: false }),
    );
    const sends = Array.from({ length: 64 }, () =>
      bot.messenger.sendActivity(aReference(connector.url), { text: 'Hello' }),
    );
    expect(new Set((await Promise.all(sends)).map(({ kind }) => kind))).toEqual(new Set(['sent']));
    expect(endpoint.requests.map((query) => [query.get('resource'), query.get('client_id')])).toEqual([
      [AUDIENCE, APP_ID],
    ]);
    expect(
      connector.requests.every(({ headers }) => headers.authorization === 'Bearer managed-token-1'),
    ).toBe(true);
    await connector.close();
    await bot.close();
  });
});
