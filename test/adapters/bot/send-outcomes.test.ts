import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bot, type BotSettings, createBot } from '../../../shared/adapters/bot/bot.ts';
import { seconds } from '../../../shared/domain/time.ts';
import { type Behaviour, type FakeConnector, startConnector } from '../../support/connector.ts';
import { aReference, RecordedLog, securedBot, trusting } from '../../support/connector-bot.ts';

let connector: FakeConnector;
let bot: Bot;
const bots: Bot[] = [];
const nobody = { issuer: 'https://issuer.example', metadataUrl: 'http://127.0.0.1:9/' };

beforeEach(async () => {
  connector = await startConnector();
  bot = aBot();
});
afterEach(async () => {
  // The connector first: what hangs there would keep a bot's connections open.
  await connector.close();
  await Promise.all(bots.splice(0).map((each) => each.close()));
});

function aBot(changes: Partial<BotSettings> = {}): Bot {
  const made = createBot(securedBot(nobody, changes));
  bots.push(made);
  return made;
}

const send = (from = bot, reference = aReference(connector.url)) =>
  from.messenger.sendActivity(reference, { text: 'Hello' });

describe('exactly one request is made, and the result says what is known, on', () => {
  const code = (value: string) => ({ error: { code: value, message: 'words' } });
  const cases: { readonly [what: string]: readonly [Behaviour, object] } = {
    '200 without a body': [{ status: 200 }, { kind: 'sent' }],
    '200 with HTML': [{ status: 200, body: '<html>ok</html>' }, { kind: 'sent' }],
    '201 with an id that is no text': [{ status: 201, body: { id: 5 } }, { kind: 'sent' }],
    '202 without a body': [{ status: 202 }, { kind: 'sent' }],
    '202 with null': [{ status: 202, body: 'null' }, { kind: 'sent' }],
    'a 201 that breaks off': ['cut-off', { kind: 'sent' }],
    '400': [
      { status: 400, body: code('BadSyntax') },
      { kind: 'failed', status: 400, code: 'BadSyntax', surelyNotSent: true },
    ],
    '401': [{ status: 401 }, { kind: 'failed', status: 401, code: 'http-401', surelyNotSent: true }],
    '403': [
      { status: 403, body: code('ConversationBlockedByUser') },
      { kind: 'failed', status: 403, code: 'ConversationBlockedByUser', surelyNotSent: true },
    ],
    '404': [
      { status: 404, body: code('ConversationNotFound') },
      { kind: 'failed', status: 404, code: 'ConversationNotFound', surelyNotSent: true },
    ],
    '408': [{ status: 408 }, { kind: 'failed', status: 408, code: 'http-408', surelyNotSent: false }],
    '412': [
      { status: 412, body: code('PreconditionFailed') },
      { kind: 'failed', status: 412, code: 'PreconditionFailed', surelyNotSent: true },
    ],
    '413': [
      { status: 413, body: code('MessageSizeTooBig') },
      { kind: 'failed', status: 413, code: 'MessageSizeTooBig', surelyNotSent: true },
    ],
    '429 with Retry-After': [
      { status: 429, body: code('Throttled'), headers: { 'retry-after': '20' } },
      { kind: 'failed', status: 429, code: 'Throttled', retryAfter: 20_000, surelyNotSent: true },
    ],
    '429 without Retry-After': [
      { status: 429 },
      { kind: 'failed', status: 429, code: 'http-429', surelyNotSent: true },
    ],
    '500': [
      { status: 500, body: code('ServiceError') },
      { kind: 'failed', status: 500, code: 'ServiceError', surelyNotSent: false },
    ],
    '502 with HTML': [
      { status: 502, body: '<html>Bad Gateway</html>' },
      { kind: 'failed', status: 502, code: 'http-502', surelyNotSent: false },
    ],
    '503 with Retry-After': [
      { status: 503, headers: { 'retry-after': '1' } },
      { kind: 'failed', status: 503, code: 'http-503', retryAfter: 1000, surelyNotSent: false },
    ],
    '504': [{ status: 504 }, { kind: 'failed', status: 504, code: 'http-504', surelyNotSent: false }],
    'a reset connection': ['reset', { kind: 'failed', surelyNotSent: false }],
    garbage: ['garbage', { kind: 'failed', surelyNotSent: false }],
  };

  it.each(Object.entries(cases))('%s', async (_what, [behaviour, result]) => {
    connector.always(behaviour);
    const actual = await send();
    expect(actual).toMatchObject(result);
    if (behaviour !== 'reset' && behaviour !== 'garbage') expect(actual).toEqual(result);
    expect(connector.requests).toHaveLength(1);
    // Whatever would be repeated behind our back would be there by the time the next one is answered.
    connector.always({ status: 200 });
    await send();
    expect(connector.requests).toHaveLength(2);
  });

  it('an answer that does not come in time', async () => {
    const hasty = aBot({ sendTimeout: seconds(1.5) });
    connector.next('hang');
    expect(await send(hasty)).toEqual({ kind: 'failed', code: 'timeout', surelyNotSent: false });
    expect(connector.requests).toHaveLength(1);
  });

  it('an answer that begins in time and never ends: the channel had taken it', async () => {
    const hasty = aBot({ sendTimeout: seconds(1.5) });
    connector.next('endless');
    expect(await send(hasty)).toEqual({ kind: 'sent' });
    expect(connector.requests).toHaveLength(1);
  });
});

describe('surely nobody saw anything when', () => {
  it('the connection is refused', async () => {
    const gone = await startConnector();
    await gone.close();
    expect(await send(bot, aReference(gone.url))).toEqual({
      kind: 'failed',
      code: 'ECONNREFUSED',
      surelyNotSent: true,
    });
  });

  it('the host is unknown', async () => {
    const far = aBot({ trustedServiceUrls: trusting('no-such-host.invalid') });
    const result = await send(far, aReference('https://no-such-host.invalid/'));
    expect(result).toMatchObject({ kind: 'failed', surelyNotSent: true });
    expect(result).toMatchObject({ code: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/) });
  });

  it('the other side speaks no TLS', async () => {
    const result = await send(bot, aReference(connector.url.replace('http:', 'https:')));
    expect(result).toMatchObject({ kind: 'failed', surelyNotSent: true });
    expect(connector.requests).toHaveLength(0);
  });

  it('the TLS handshake does not end', async () => {
    const sockets: Socket[] = [];
    const silent = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const hasty = aBot({ sendTimeout: 300 });
    expect(await send(hasty, aReference(`https://127.0.0.1:${port}/`))).toEqual({
      kind: 'failed',
      code: 'UND_ERR_CONNECT_TIMEOUT',
      surelyNotSent: true,
    });
    for (const socket of sockets) socket.destroy();
    silent.close();
    await once(silent, 'close');
  });

  it('no token can be had; the log says why, and the next send asks again', async () => {
    const log = new RecordedLog();
    let asked = 0;
    const failing = aBot({
      log,
      credential: {
        getToken: async () => {
          asked += 1;
          throw new Error('AADSTS7000215: invalid secret');
        },
      },
    });
    const result = { kind: 'failed', code: 'token-unavailable', surelyNotSent: true };
    expect(await send(failing)).toEqual(result);
    expect(await send(failing)).toEqual(result);
    expect(asked).toBe(2);
    expect(connector.requests).toHaveLength(0);
    expect(log.lines[0]).toMatchObject({
      event: 'token.unavailable',
      cause: expect.stringContaining('AADSTS'),
    });
  });
});
