import { describe, expect, it } from 'vitest';
import { type ConsoleRequest, type ConsoleRoute, ROLES, type Role } from '../../shared/console/route.ts';
import { QueueUnavailable } from '../../shared/ports/queues.ts';
import { StoreUnavailable } from '../../shared/ports/store-errors.ts';
import { APP_HOST, aConsole, LOCAL_HOST, principalHeader, recorded, SOMEBODY } from '../support/console.ts';

const appRole = (role: Role) => `Notifier.${role.charAt(0).toUpperCase()}${role.slice(1)}`;

describe('who is signed in', () => {
  const nobody: readonly [string, { readonly [name: string]: string }][] = [
    ['says nothing', {}],
    ['sends garbage', { 'x-ms-client-principal': '%%%' }],
    ['sends JSON that is not encoded', { 'x-ms-client-principal': '{"auth_typ":"aad"}' }],
    ['sends null', { 'x-ms-client-principal': Buffer.from('null').toString('base64') }],
    ['is of another provider', principalHeader({ more: { auth_typ: 'google' } })],
    ['has no object id', principalHeader({ more: { claims: [{ typ: 'roles', val: 'Notifier.Operator' }] } })],
    ['has an object id that is none', principalHeader({ objectId: '../../etc' })],
    ['has claims that are no list', principalHeader({ more: { claims: { typ: 'oid', val: SOMEBODY } } })],
    [
      'sends the headers beside it alone',
      { 'x-ms-client-principal-id': SOMEBODY, 'x-ms-client-principal-name': 'ada' },
    ],
    ['sends more than a header can have', principalHeader({ name: 'x'.repeat(70_000) })],
  ];
  it.each(nobody)('nobody is who %s', async (_who, headers) => {
    const { ask } = aConsole({ signIn: 'app-service' });
    const answer = await ask('GET', '/me', { headers });
    expect([answer.status, answer.json.code]).toEqual([401, 'not-signed-in']);
    const page = await ask('GET', '', { headers });
    expect([page.status, page.headers.location]).toEqual([
      302,
      '/.auth/login/aad?post_login_redirect_uri=/api/console',
    ]);
    expect((await ask('GET', '/assets/console.js', { headers })).status).toBe(401);
  });

  it.each([false, true])('somebody is known by claims of either names (long: %s)', async (isLong) => {
    const { ask } = aConsole({ signIn: 'app-service' });
    const headers = principalHeader({ isLong, objectId: SOMEBODY.toUpperCase(), roles: ['Notifier.Author'] });
    expect((await ask('GET', '/me', { headers })).json).toEqual({
      name: 'Ada Example',
      objectId: SOMEBODY,
      roles: ['reader', 'author'],
      local: false,
      version: '1.2.3',
      defaultTimeZone: 'UTC',
    });
  });

  it.each([
    ['none', []],
    ['of another app', ['Reader', 'notifier.operator', 'Notifier.Admin', '__proto__', 'constructor']],
  ])('whoever has roles that are %s may nothing', async (_which, roles) => {
    const { ask } = aConsole({ signIn: 'app-service' });
    const answer = await ask('GET', '/me', { headers: principalHeader({ roles }) });
    expect([answer.status, answer.json.code]).toEqual([403, 'not-allowed']);
  });

  it('a role that comes by another name than the sign-in says is none', async () => {
    const { ask } = aConsole({ signIn: 'app-service' });
    const claims = [
      { typ: 'oid', val: SOMEBODY },
      { typ: 'groups', val: 'Notifier.Operator' },
    ];
    expect((await ask('GET', '/me', { headers: principalHeader({ more: { claims } }) })).status).toBe(403);
  });

  it('on the local stack nobody is asked, and what a header says of a principal counts for nothing', async () => {
    const { ask } = aConsole();
    const forged = principalHeader({ name: 'Mallory', roles: ['Notifier.Reader'] });
    expect((await ask('GET', '/me', { headers: forged })).json).toMatchObject({
      name: 'local',
      roles: [...ROLES],
      local: true,
    });
  });
});

describe('what each role may', () => {
  const routes = (['reader', 'author', 'operator'] as const).map(
    (role): ConsoleRoute => ({
      method: 'POST',
      path: `as-${role}`,
      role,
      action: 'x',
      answer: async () => ({ status: 204 }),
    }),
  );

  it('is what it says and all that is less', async () => {
    const { ask } = aConsole({ signIn: 'app-service', routes });
    const may = async (role: Role) => {
      const headers = principalHeader({ roles: [appRole(role)] });
      const answers = await Promise.all(routes.map(({ path }) => ask('POST', `/${path}`, { headers })));
      return answers.map(({ status }) => status);
    };
    expect(await may('reader')).toEqual([204, 403, 403]);
    expect(await may('author')).toEqual([204, 204, 403]);
    expect(await may('operator')).toEqual([204, 204, 204]);
  });

  it('every route of the product refuses whoever has less, whatever else the request says', async () => {
    const { ask, routes: all } = aConsole({ signIn: 'app-service' });
    expect(all.length).toBeGreaterThan(14);
    for (const { method, path, role } of all) {
      const below = ROLES.slice(0, ROLES.indexOf(role)).map(appRole);
      const headers = principalHeader({ roles: below });
      const answer = await ask(method, `/${path.replaceAll(/\{\w+\}/g, 'x')}`, { headers });
      expect([path, answer.status, answer.json.code]).toEqual([path, 403, 'not-allowed']);
    }
  });

  it('every route that changes anything names what the audit says of it, and asks for more than reading', () => {
    const { routes: all } = aConsole();
    expect(all.filter(({ method, action }) => method === 'GET' && action !== undefined)).toEqual([]);
    expect(all.filter(({ action, role }) => action !== undefined && role === 'reader')).toEqual([]);
  });
});

describe('a page of another site', () => {
  const foreign: readonly [string, { readonly [name: string]: string }][] = [
    ['says where it is from', { origin: 'https://evil.example' }],
    ['says our name by another scheme', { origin: `ftp://${APP_HOST}` }],
    ['says our name without encryption', { origin: `http://${APP_HOST}` }],
    ['has our name at its beginning', { origin: `https://${APP_HOST}.evil.example` }],
    ['has our name and another port', { origin: `https://${APP_HOST}:444` }],
    ['is of no origin', { origin: 'null' }],
    ['is of our site', { 'sec-fetch-site': 'same-site' }],
    ['is of another', { 'sec-fetch-site': 'cross-site' }],
    ['is of one that nobody knows', { 'sec-fetch-site': 'galaxy' }],
  ];
  it.each(foreign)('gets nothing: it %s', async (_what, headers) => {
    const { asked, one } = recorded();
    const { action: _none, ...silent } = one;
    const read = { ...silent, method: 'GET' } as const;
    const { ask } = aConsole({ signIn: 'app-service', routes: [one, read] });
    const signedIn = principalHeader({ roles: ['Notifier.Operator'] });
    for (const method of ['GET', 'POST']) {
      const answer = await ask(method, '/things/1', { headers: { ...signedIn, ...headers } });
      expect([method, answer.status, answer.json.code]).toEqual([method, 403, 'foreign-origin']);
    }
    expect(asked).toEqual([]);
  });

  it('cannot change anything without the header that it may not send', async () => {
    const { asked, one } = recorded();
    const { ask } = aConsole({ signIn: 'app-service', routes: [one] });
    for (const value of ['', '0', 'true', '11']) {
      const headers = { ...principalHeader({ roles: ['Notifier.Operator'] }), 'x-notifier-console': value };
      expect((await ask('POST', '/things/1', { headers })).json.code).toBe('foreign-origin');
    }
    expect(asked).toEqual([]);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'application/jsonp',
    '',
  ])('cannot send a form: %j', async (type) => {
    const { asked, one } = recorded();
    const { ask } = aConsole({ routes: [one] });
    const answer = await ask('POST', '/things/1', { headers: { 'content-type': type }, body: {} });
    expect([answer.status, answer.json.code, asked]).toEqual([415, 'unsupported-media-type', []]);
  });

  it('may lead to the page, and sees nothing of it', async () => {
    const { ask } = aConsole({ signIn: 'app-service' });
    const headers = { ...principalHeader(), 'sec-fetch-site': 'cross-site' };
    const answer = await ask('GET', '', { headers });
    expect(answer.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(answer.headers['cross-origin-resource-policy']).toBe('same-origin');
  });

  it.each([
    { origin: `https://${APP_HOST}`, 'sec-fetch-site': 'same-origin' },
    { origin: `https://${APP_HOST.toUpperCase()}` },
    { 'sec-fetch-site': 'none' },
    {},
  ])('is not who says %j', async (headers) => {
    const { asked, one } = recorded();
    const { ask } = aConsole({ signIn: 'app-service', routes: [one] });
    const signedIn = principalHeader({ roles: ['Notifier.Operator'] });
    expect((await ask('POST', '/things/1', { headers: { ...signedIn, ...headers } })).status).toBe(200);
    expect(asked).toHaveLength(1);
  });
});

describe('on the local stack', () => {
  it.each([
    'evil.example',
    'evil.example:7071',
    '127.0.0.1.evil.example',
    'localhost.evil.example:7071',
    '10.0.0.1:7071',
    '',
  ])('a name that leads here by somebody’s own doing is refused: %j', async (host) => {
    const { ask } = aConsole();
    for (const path of ['', '/me', '/assets/console.js']) {
      const answer = await ask('GET', path, { headers: { host } });
      expect([path, answer.status, answer.json.code]).toEqual([path, 403, 'foreign-origin']);
    }
  });

  it.each([LOCAL_HOST, 'localhost:7071', '[::1]:7071'])('its own names are taken: %s', async (host) => {
    const { ask } = aConsole();
    expect((await ask('GET', '/me', { headers: { host, origin: `http://${host}` } })).status).toBe(200);
    // Two names of one machine are two origins, of which one may be somebody else's page.
    expect((await ask('GET', '/me', { headers: { host, origin: 'http://localhost:3000' } })).status).toBe(
      403,
    );
  });
});

describe('what comes', () => {
  const operator = { role: 'reader' } as const;

  it('is bounded before it is read, and before it is parsed', async () => {
    const { asked, one } = recorded(operator);
    const list = { ...one, method: 'PUT', path: 'audiences/{id}' } as const;
    const draft = { ...one, method: 'PUT', path: 'drafts/{id}' } as const;
    const { ask } = aConsole({ routes: [one, list, draft] });
    const KB = 1024;
    const text = (bytes: number) => `"${'x'.repeat(bytes - 2)}"`;
    expect((await ask('POST', '/things/1', { body: text(256 * KB) })).status).toBe(200);
    expect((await ask('POST', '/things/1', { body: text(256 * KB + 1) })).json.code).toBe('too-large');
    expect((await ask('PUT', '/drafts/audiences', { body: text(256 * KB + 1) })).status).toBe(413);
    expect((await ask('PUT', '/audiences/1', { body: text(8 * KB * KB) })).status).toBe(200);
    expect((await ask('PUT', '/audiences/1', { body: text(8 * KB * KB + 1) })).status).toBe(413);
    const announced = { 'content-length': String(300 * KB) };
    expect((await ask('POST', '/things/1', { headers: announced, body: '{}' })).status).toBe(413);
    expect(asked).toHaveLength(2);
  });

  it.each([
    ['broken', '{"a":'],
    ['no UTF-8', new Uint8Array([0x22, 0xff, 0x22])],
    ['nested too deeply', '['.repeat(65) + ']'.repeat(65)],
    ['nested far too deeply', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['a prototype', '{"__proto__":{"isAdmin":true}}'],
    ['a prototype further down', '{"a":[{"b":{"__proto__":null}}]}'],
  ])('is refused where it is %s', async (_what, body) => {
    const { asked, one } = recorded(operator);
    const { ask } = aConsole({ routes: [one] });
    const answer = await ask('POST', '/things/1', { body });
    expect([answer.status, answer.json.code, asked]).toEqual([400, 'invalid-json', []]);
    expect('isAdmin' in {}).toBe(false);
  });

  it('may be no body at all, which a route sees as none', async () => {
    const { asked, one } = recorded(operator);
    const { ask } = aConsole({ routes: [one] });
    await ask('POST', '/things/1');
    expect(asked[0]?.body).toBeUndefined();
  });

  it.each([
    '/things/%',
    '/things/%ff',
    '/things/a%0d%0ab',
    '/things/a%00',
    '/things/',
    '/things//',
    '/things/a/b',
    `/things/${'x'.repeat(1025)}`,
    '/THINGS/a',
    '/__proto__',
    '/constructor',
  ])('has no address like %s', async (path) => {
    const { asked, one } = recorded(operator);
    const { ask } = aConsole({ routes: [one] });
    expect([(await ask('POST', path)).status, asked]).toEqual([404, []]);
  });

  it('has an id as one segment, whatever it is made of', async () => {
    const { asked, one } = recorded(operator);
    const { ask } = aConsole({ routes: [one] });
    await ask('POST', `/things/${encodeURIComponent('builds/web ä?#')}?x=1`);
    expect(asked[0]?.params).toEqual({ id: 'builds/web ä?#' });
    expect(asked[0]?.query.get('x')).toBe('1');
  });

  it('has a word that is meant before one that may be anything', async () => {
    const seen: string[] = [];
    const route = (path: string): ConsoleRoute => ({
      method: 'GET',
      path,
      role: 'reader',
      answer: async () => {
        seen.push(path);
        return { status: 204 };
      },
    });
    const { ask } = aConsole({ routes: [route('things/{id}'), route('things/all')] });
    await ask('GET', '/things/all');
    expect(seen).toEqual(['things/all']);
    const wrong = await ask('DELETE', '/things/all');
    expect([wrong.status, wrong.headers.allow]).toEqual([405, 'GET']);
  });

  it.each(['', 'x'.repeat(129), 'a\u0001b', 'ä'])('has no idempotency key like %j', async (key) => {
    const { asked, one } = recorded(operator);
    const { ask } = aConsole({ routes: [one] });
    expect((await ask('POST', '/things/1', { headers: { 'idempotency-key': key } })).status).toBe(400);
    expect(asked).toEqual([]);
  });

  it('hands over the key and the version that a change is about, and gives the new one', async () => {
    const { one } = recorded(operator);
    const seen: ConsoleRequest[] = [];
    const route: ConsoleRoute = {
      ...one,
      async answer(request) {
        seen.push(request);
        return { status: 200, body: {}, etag: 'W/"2"' };
      },
    };
    const { ask } = aConsole({ routes: [route] });
    const answer = await ask('POST', '/things/1', {
      headers: { 'idempotency-key': 'k 1', 'if-match': 'W/"1"' },
    });
    expect([seen[0]?.idempotencyKey, seen[0]?.ifMatch, answer.headers.etag]).toEqual([
      'k 1',
      'W/"1"',
      'W/"2"',
    ]);
  });
});

describe('an answer', () => {
  it('never lets what a route says end a header', async () => {
    const { one } = recorded({ role: 'reader' });
    const routes = [
      { ...one, answer: async () => ({ status: 200 as const, etag: '"a"\r\nset-cookie: x=1' }) },
    ];
    const answer = await aConsole({ routes }).ask('POST', '/things/1');
    expect(JSON.stringify(answer.headers)).not.toContain('set-cookie');
  });

  it('has the headers that keep it safe, whatever it is', async () => {
    const { ask } = aConsole({ signIn: 'app-service' });
    const headers = principalHeader();
    const answers = await Promise.all([
      ask('GET', ''),
      ask('GET', '', { headers }),
      ask('GET', '/me', { headers }),
      ask('GET', '/me'),
      ask('GET', '/nothing', { headers }),
      ask('GET', '/assets/x.js', { headers }),
      ask('POST', '/me', { headers }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([302, 503, 200, 401, 404, 404, 405]);
    for (const answer of answers) {
      expect(answer.headers).toMatchObject({
        'content-security-policy':
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'no-store',
      });
      expect(answer.text).not.toMatch(/<script|style=|\son\w+=/i);
    }
  });

  it.each([
    new StoreUnavailable('get', new Error('secret')),
    new QueueUnavailable('events', new Error('secret')),
  ])('says that something is away, and nothing of what', async (cause) => {
    const { one } = recorded({ role: 'reader' });
    const { ask } = aConsole({ routes: [{ ...one, answer: () => Promise.reject(cause) }] });
    const answer = await ask('POST', '/things/1');
    expect([answer.status, answer.json.code, answer.headers['retry-after']]).toEqual([
      503,
      'unavailable',
      '5',
    ]);
    expect(answer.text).not.toContain('secret');
  });
});

describe('the page', () => {
  const file = (text: string, coded = {}) => ({
    etag: `"${text}"`,
    type: 'text/plain',
    bytes: Buffer.from(text),
    coded,
  });
  const files = new Map([
    ['index.html', file('page')],
    ['console.js', file('code', { br: Buffer.from('BR'), gzip: Buffer.from('GZ') })],
  ]);

  it('is what was built, in the coding that is taken, and is not sent twice', async () => {
    const { ask } = aConsole({ files });
    for (const path of ['', '/']) expect(String((await ask('GET', path)).body)).toBe('page');
    const js = (accepted: string) =>
      ask('GET', '/assets/console.js', { headers: { 'accept-encoding': accepted } });
    const sent = await Promise.all(['gzip, br', 'gzip', 'br;q=0, gzip', '', 'deflate'].map(js));
    expect(sent.map(({ body, headers }) => [String(body), headers['content-encoding']])).toEqual([
      ['BR', 'br'],
      ['GZ', 'gzip'],
      ['GZ', 'gzip'],
      ['code', undefined],
      ['code', undefined],
    ]);
    expect(sent[0]?.headers).toMatchObject({
      'cache-control': 'no-cache',
      vary: 'Accept-Encoding',
      etag: '"code"',
    });
    const again = await ask('GET', '/assets/console.js', { headers: { 'if-none-match': '"x", "code"' } });
    expect([again.status, again.body]).toEqual([304, undefined]);
  });

  it.each([
    '/assets/index.html',
    '/assets/host.json',
    '/assets/..%2fmain.mjs',
    '/assets/%2e%2e%2f%2e%2e%2flocal.settings.json',
    '/assets/..%5cmain.mjs',
    '/assets/console.js%00.css',
    '/assets/',
    '/assets/sub/console.js',
    '/assets/__proto__',
    '/assets/console.js.br',
  ])('has no file %s', async (path) => {
    expect((await aConsole({ files }).ask('GET', path)).status).toBe(404);
  });
});
