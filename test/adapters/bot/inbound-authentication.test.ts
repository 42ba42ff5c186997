import { createPublicKey } from 'node:crypto';
import { type JWTPayload, SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Bot, type BotSettings, createBot } from '../../../shared/adapters/bot/bot.ts';
import { hours, minutes } from '../../../shared/domain/time.ts';
import { type FakeConnector, startConnector } from '../../support/connector.ts';
import { APP_ID, aMessage, countedLogic, RecordedLog, securedBot } from '../../support/connector-bot.ts';
import { newSigner, type OpenIdServer, startOpenIdServer, unsignedToken } from '../../support/openid.ts';

let openId: OpenIdServer;
let connector: FakeConnector;
let log: RecordedLog;
let bot: Bot;
const bots: Bot[] = [];

beforeAll(async () => {
  connector = await startConnector();
});
afterAll(() => connector.close());

beforeEach(async () => {
  openId = await startOpenIdServer();
  log = new RecordedLog();
  bot = aBot();
});
afterEach(async () => {
  await Promise.all(bots.splice(0).map((each) => each.close()));
  await openId.close();
});

function aBot(changes: Partial<BotSettings> = {}): Bot {
  const made = createBot(securedBot(openId, { log, ...changes }));
  bots.push(made);
  return made;
}

/** The claims of a good token, an hour long. */
function goodClaims(changes: JWTPayload = {}): JWTPayload {
  const now = Math.floor(Date.now() / 1000);
  return {
    iss: openId.issuer,
    aud: APP_ID,
    serviceurl: connector.url,
    nbf: now - 60,
    exp: now + 3600,
    ...changes,
  };
}

async function post(authorization: string | undefined, body: unknown = aMessage(connector.url), to = bot) {
  const { calls, logic } = countedLogic();
  const headers: { [name: string]: string } = authorization === undefined ? {} : { authorization };
  const answer = await to.gateway.process({ headers, body }, logic);
  return { status: answer.status, body: answer.body, turns: calls.length };
}

const bearer = async (claims: JWTPayload, header?: { kid?: string; alg?: string }) =>
  `Bearer ${await openId.sign(claims, header)}`;

it('lets the Bot Connector in', async () => {
  expect(await post(await bearer(goodClaims()))).toEqual({ status: 200, body: undefined, turns: 1 });
  expect(log.lines).toEqual([]);
});

describe('a request is answered 401, and no turn begins, when its token', () => {
  const seconds = (offset: number) => Math.floor(Date.now() / 1000) + offset;
  const header = { alg: 'RS256', typ: 'JWT' };

  const forgeries: { readonly [what: string]: () => Promise<string | undefined> } = {
    'is missing': async () => undefined,
    'is an empty header': async () => '',
    'is a blank header': async () => '   ',
    'has no scheme': async () => openId.sign(goodClaims()),
    'has another scheme': async () => `Basic ${await openId.sign(goodClaims())}`,
    'is a scheme alone': async () => 'Bearer',
    'is garbage': async () => 'Bearer garbage',
    'is three dots': async () => 'Bearer ...',
    'is followed by something': async () => `${await bearer(goodClaims())} more`,
    'is sent twice': async () => `${await bearer(goodClaims())}, ${await bearer(goodClaims())}`,
    'is not ASCII': async () => 'Bearer \u0000é\ud800',
    'is very long': async () => `Bearer ${'a'.repeat(100_000)}`,
    'is unsigned': async () =>
      `Bearer ${unsignedToken({ ...header, kid: openId.publicJwk.kid }, goodClaims())}`,
    'says alg none': async () => `Bearer ${unsignedToken({ alg: 'none' }, goodClaims())}`,
    'says alg None': async () => `Bearer ${unsignedToken({ alg: 'None' }, goodClaims())}`,
    'is signed by HMAC with the public key': async () => {
      const pem = createPublicKey({ key: { ...openId.publicJwk }, format: 'jwk' }).export({
        type: 'spki',
        format: 'pem',
      });
      const token = new SignJWT(goodClaims()).setProtectedHeader({
        alg: 'HS256',
        kid: openId.publicJwk.kid ?? '',
      });
      return `Bearer ${await token.sign(Buffer.from(pem))}`;
    },
    'ended more than five minutes ago': () => bearer(goodClaims({ exp: seconds(-301) })),
    'ended long ago': () => bearer(goodClaims({ exp: 1 })),
    'has no end': () => bearer(withoutClaim('exp')),
    'has an end that is no number': () =>
      bearer({ ...goodClaims(), exp: `${seconds(3600)}` as unknown as number }),
    'is not valid yet': () => bearer(goodClaims({ nbf: seconds(600) })),
    'is for another bot': () => bearer(goodClaims({ aud: 'another-app' })),
    'is for nobody': () => bearer(withoutClaim('aud')),
    'comes from another issuer': () => bearer(goodClaims({ iss: 'https://sts.windows.net/somebody/' })),
    'comes from nobody': () => bearer(withoutClaim('iss')),
    'was made for another service URL': () => bearer(goodClaims({ serviceurl: 'https://evil.example/' })),
    'names no service URL': () => bearer(withoutClaim('serviceurl')),
    'names the service URL in other letters': () => bearer(goodClaims({ serviceurl: `${connector.url}/` })),
    'is signed by a key that nobody published': async () =>
      `Bearer ${await (await newSigner()).sign(goodClaims())}`,
    'is signed by another key under a published id': async () =>
      `Bearer ${await (await newSigner()).sign(goodClaims(), { kid: openId.publicJwk.kid ?? '' })}`,
    'has a tampered payload': async () => {
      const [head, , signature] = (await openId.sign(goodClaims())).split('.');
      const payload = Buffer.from(JSON.stringify(goodClaims({ exp: seconds(9999) }))).toString('base64url');
      return `Bearer ${head}.${payload}.${signature}`;
    },
    'has a cut signature': async () => (await bearer(goodClaims())).slice(0, -8),
    'is the bot’s own outbound token': () =>
      bearer({
        ...withoutClaim('serviceurl'),
        aud: 'https://api.botframework.com',
        appid: APP_ID,
        ver: '1.0',
      }),
    'is that of another bot': () =>
      bearer({ ...withoutClaim('serviceurl'), appid: 'another-app', azp: 'another-app', ver: '2.0' }),
  };

  function withoutClaim(name: string): JWTPayload {
    const { [name]: _left, ...claims } = goodClaims();
    return claims;
  }

  it.each(Object.keys(forgeries))('%s', async (what) => {
    const answer = await post(await forgeries[what]?.());
    expect(answer).toMatchObject({ status: 401, turns: 0, body: { error: { code: 'Unauthorized' } } });
    expect(log.lines).toMatchObject([{ event: 'activity.refused', status: 401, level: 'warn' }]);
    expect(JSON.stringify(log.lines)).not.toContain('eyJ');
  });

  it('is good, but the activity names no service URL: that is 400', async () => {
    const { serviceUrl: _left, ...body } = aMessage(connector.url);
    expect(await post(await bearer(goodClaims()), body)).toMatchObject({ status: 400, turns: 0 });
  });

  it('is not there and the body is malformed as well', async () => {
    expect(await post(undefined, { nonsense: true })).toMatchObject({ status: 401, turns: 0 });
  });
});

it('allows clocks to differ by less than five minutes', async () => {
  const now = Math.floor(Date.now() / 1000);
  expect(await post(await bearer(goodClaims({ exp: now - 240 })))).toMatchObject({ status: 200 });
  expect(await post(await bearer(goodClaims({ nbf: now + 240 })))).toMatchObject({ status: 200 });
});

it('refuses a channel that the key is not endorsed for', async () => {
  const teamsOnly = await newSigner();
  openId.publish(teamsOnly, ['msteams']);
  const authorization = `Bearer ${await teamsOnly.sign(goodClaims())}`;
  expect(await post(authorization)).toMatchObject({ status: 200 });
  const elsewhere = aMessage(connector.url, { channelId: 'directline' });
  expect(await post(authorization, elsewhere)).toMatchObject({ status: 401, turns: 0 });
});

it('gives no reason to the sender', async () => {
  const answer = await post(await bearer(goodClaims({ aud: 'another-app' })));
  expect(JSON.stringify(answer.body)).not.toContain('audience');
  expect(log.lines).toMatchObject([{ reason: 'audience' }]);
});

describe('the signing keys', () => {
  it('are read once for many requests that come at the same moment', async () => {
    const authorization = await bearer(goodClaims());
    const answers = await Promise.all(Array.from({ length: 64 }, () => post(authorization)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(openId.requests).toEqual(['/.well-known/openidconfiguration', '/keys']);
  });

  it('are read again for a key that is new, but not for each token that names an unknown one', async () => {
    let now = Date.now();
    const patient = aBot({ clock: { now: () => now } });
    await post(await bearer(goodClaims()), aMessage(connector.url), patient);
    const newcomer = await newSigner();
    openId.publish(newcomer);
    now += minutes(6);
    const authorization = `Bearer ${await newcomer.sign(goodClaims())}`;
    expect(await post(authorization, aMessage(connector.url), patient)).toMatchObject({ status: 200 });
    const read = openId.requests.length;
    const stranger = `Bearer ${await (await newSigner()).sign(goodClaims())}`;
    for (let i = 0; i < 5; i += 1) await post(stranger, aMessage(connector.url), patient);
    expect(openId.requests).toHaveLength(read);
  });

  it('serve on for a day and beyond while they cannot be read again', async () => {
    let now = Date.now();
    const patient = aBot({ clock: { now: () => now } });
    const send = async () =>
      post(await bearer(goodClaims({ exp: now / 1000 + 60 })), aMessage(connector.url), patient);
    expect(await send()).toMatchObject({ status: 200 });
    openId.fail(500);
    now += hours(25);
    expect(await send()).toMatchObject({ status: 200 });
    expect(openId.requests).toHaveLength(3);
  });

  it('cannot be read: the channel is told to try again, and then it works', async () => {
    openId.fail(500);
    expect(await post(await bearer(goodClaims()))).toMatchObject({ status: 503, turns: 0 });
    expect(log.lines).toMatchObject([{ event: 'signing-keys.unavailable', level: 'error' }]);
    openId.fail(undefined);
    expect(await post(await bearer(goodClaims()))).toMatchObject({ status: 200, turns: 1 });
  });
});

it('does not start without an app id, unless it is told to', () => {
  const settings = securedBot(openId, { identity: { appType: 'UserAssignedMSI' } });
  expect(() => createBot(settings)).toThrow(/MicrosoftAppId/);
  expect(() => createBot({ ...settings, identity: { appType: 'UserAssignedMSI', appId: '' } })).toThrow();
});

it('checks tokens in the local stack too, once it has an app id', async () => {
  const local = aBot({ allowUnauthenticated: true });
  expect(await post(undefined, aMessage(connector.url), local)).toMatchObject({ status: 401 });
});
