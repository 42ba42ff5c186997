import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HttpClient } from '../../../shared/adapters/bot/connector/http-client.ts';
import { connectDirectory } from '../../../shared/adapters/bot/directory/connect-directory.ts';
import { GraphDirectory } from '../../../shared/adapters/bot/directory/graph-directory.ts';
import { OutboundTokens } from '../../../shared/adapters/bot/token/outbound-tokens.ts';
import type { NameKind } from '../../../shared/domain/identity/told-names.ts';
import { seconds } from '../../../shared/domain/time.ts';
import { type FakeConnector, startConnector } from '../../support/connector.ts';
import { RecordedLog } from '../../support/connector-bot.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';

/** A stand-in for Microsoft Graph: nothing here was tried against the real one. */
let graph: FakeConnector;
let http: HttpClient;
let log: RecordedLog;
let clock: FakeClock;
const audiences: string[] = [];
let tokens = 0;

const ADA = {
  id: '5B6F1A10-0000-4000-8000-000000000001',
  userPrincipalName: 'ada@contoso.com',
  mail: 'Ada.L@contoso.com',
};
const ada = { objectId: ADA.id.toLowerCase(), userPrincipalName: ADA.userPrincipalName, mail: ADA.mail };

beforeEach(async () => {
  graph = await startConnector();
  http = new HttpClient({ timeout: seconds(10) });
  log = new RecordedLog();
  clock = new FakeClock();
  audiences.length = 0;
  tokens = 0;
});
afterEach(async () => {
  await graph.close();
  await http.close();
});

function directory({ withToken = true } = {}): GraphDirectory {
  const credential = {
    getToken: async (scope: string | string[]) => {
      audiences.push(String(scope));
      tokens += 1;
      return { token: `graph-token-${tokens}`, expiresOnTimestamp: clock.now() + seconds(3600) };
    },
  };
  return new GraphDirectory({
    tenantId: 'contoso',
    origin: graph.url,
    http,
    ...(withToken ? { tokens: new OutboundTokens(() => credential, clock) } : {}),
    clock,
    log,
  });
}
const find = (kind: NameKind, name: string) => directory().findListed(kind, name);

describe('somebody in the directory', () => {
  it('is asked for by user principal name with one GET, a token for Graph alone, and three fields', async () => {
    graph.next({ status: 200, body: ADA });
    expect(await find('userPrincipalName', 'ada@contoso.com')).toEqual({ kind: 'told', people: [ada] });
    expect(graph.requests).toMatchObject([
      {
        method: 'GET',
        path: '/v1.0/users/ada%40contoso.com?$select=id,userPrincipalName,mail',
        headers: { authorization: 'Bearer graph-token-1' },
        body: '',
      },
    ]);
    expect(audiences).toEqual([`${graph.url}/.default`]);
  });

  it('is asked for by mail with a filter whose quotes are doubled', async () => {
    graph.next({ status: 200, body: { value: [{ ...ADA, mail: "o'brien&co@contoso.com" }] } });
    await find('mail', "o'brien&co@contoso.com");
    const [request] = graph.requests;
    expect(request?.path).toContain('/v1.0/users?$filter=');
    const query = new URL(request?.path ?? '', graph.url).searchParams;
    expect(Object.fromEntries(query)).toEqual({
      $filter: "mail eq 'o''brien&co@contoso.com'",
      $select: 'id,userPrincipalName,mail',
      $top: '3',
    });
  });

  it('comes with everybody of that mail', async () => {
    const other = { ...ADA, id: ADA.id.replace('1', '2') };
    graph.next({ status: 200, body: { value: [ADA, other, { id: 'no guid', mail: ADA.mail }, 'nonsense'] } });
    expect(await find('mail', 'ada.l@CONTOSO.com')).toMatchObject({ kind: 'told', people: [{}, {}] });
  });

  it('is named by no name that leads out of its place in the address', async () => {
    for (const name of ['../groups/x@y', "$x'y@z", 'a/b?c#d@e', '..@..']) {
      graph.next({ status: 404 });
      await find('userPrincipalName', name);
    }
    expect(graph.requests.map(({ path }) => path.replace(/\?.*/, ''))).toEqual([
      '/v1.0/users/..%2Fgroups%2Fx%40y',
      "/v1.0/users('%24x''y%40z')",
      '/v1.0/users/a%2Fb%3Fc%23d%40e',
      '/v1.0/users/..%40..',
    ]);
  });

  it('is nobody where the answer is about somebody else, or about nothing', async () => {
    for (const body of [
      { ...ADA, userPrincipalName: 'bob@contoso.com' },
      {},
      'no json',
      [],
      { value: [ADA] },
    ]) {
      graph.next({ status: 200, body });
      expect(await find('userPrincipalName', 'ada@contoso.com')).toEqual({ kind: 'told', people: [] });
    }
  });

  it('is nobody where the directory knows nobody, or takes the name for none', async () => {
    for (const status of [404, 400]) {
      graph.next({ status, body: { error: { code: 'Request_ResourceNotFound' } } });
      expect(await find('userPrincipalName', 'ada@contoso.com')).toEqual({ kind: 'told', people: [] });
    }
    expect(log.lines).toEqual([]);
  });
});

describe('a directory that', () => {
  it('may not be read says so, with the code', async () => {
    graph.next({ status: 403, body: { error: { code: 'Authorization_RequestDenied', message: 'secret' } } });
    expect(await find('mail', 'ada@contoso.com')).toEqual({ kind: 'refused' });
    expect(log.lines).toEqual([
      { event: 'directory.refused', level: 'error', status: 403, code: 'Authorization_RequestDenied' },
    ]);
  });

  it('is asked too often is left alone for as long as it says', async () => {
    const one = directory();
    graph.next({ status: 429, headers: { 'retry-after': '17' } }, { status: 404 });
    expect(await one.findListed('mail', 'ada@contoso.com')).toEqual({
      kind: 'away',
      retryAfter: seconds(17),
    });
    clock.advance(seconds(10));
    expect(await one.findListed('mail', 'bob@contoso.com')).toEqual({ kind: 'away', retryAfter: seconds(7) });
    expect(graph.requests).toHaveLength(1);
    clock.advance(seconds(7));
    expect(await one.findListed('mail', 'bob@contoso.com')).toEqual({ kind: 'told', people: [] });
    expect(log.lines).toEqual([
      { event: 'directory.away', level: 'warn', status: 429, code: undefined, delayMs: seconds(17) },
    ]);
  });

  it('fails, breaks the connection or answers no HTTP is left alone for half a minute', async () => {
    for (const behaviour of [{ status: 503 }, { status: 500 }, 'reset', 'garbage'] as const) {
      graph.next(behaviour);
      expect(await find('mail', 'ada@contoso.com')).toEqual({ kind: 'away', retryAfter: seconds(30) });
    }
  });

  it('refuses the token is asked with another one after', async () => {
    const one = directory();
    graph.next({ status: 404 });
    await one.findListed('mail', 'ada@contoso.com');
    clock.advance(seconds(31));
    graph.next({ status: 401 }, { status: 404 });
    expect(await one.findListed('mail', 'ada@contoso.com')).toMatchObject({ kind: 'away' });
    clock.advance(seconds(31));
    await one.findListed('mail', 'ada@contoso.com');
    const used = graph.requests.map(({ headers }) => headers.authorization);
    expect(used).toEqual(['Bearer graph-token-1', 'Bearer graph-token-1', 'Bearer graph-token-2']);
  });

  it('redirects sends the token nowhere else', async () => {
    graph.next({ status: 302, headers: { location: 'http://127.0.0.1:9/' } });
    expect(await find('mail', 'ada@contoso.com')).toMatchObject({ kind: 'away' });
    expect(graph.requests).toHaveLength(1);
  });

  it('gives no token makes no request', async () => {
    const failing = { getToken: async () => Promise.reject(new Error('no identity here')) };
    const one = new GraphDirectory({
      tenantId: 'contoso',
      origin: graph.url,
      http,
      tokens: new OutboundTokens(() => failing, clock),
      clock,
      log,
    });
    expect(await one.findListed('mail', 'ada@contoso.com')).toEqual({
      kind: 'away',
      retryAfter: seconds(30),
    });
    expect(graph.requests).toEqual([]);
  });
});

it('on the local stack, without an app id, no token is asked for', async () => {
  graph.next({ status: 200, body: ADA });
  const local = connectDirectory({
    origin: graph.url,
    tenantId: 'contoso',
    identity: { appType: 'UserAssignedMSI' },
    timeout: seconds(10),
    clock,
    log,
  });
  expect(await local.findListed('userPrincipalName', 'ada@contoso.com')).toEqual({
    kind: 'told',
    people: [ada],
  });
  expect(graph.requests[0]?.headers.authorization).toBeUndefined();
});
