import { beforeEach, describe, expect, it } from 'vitest';
import { MOST_DRAFTS } from '../../shared/ports/authored/draft-store.ts';
import { aWorld } from '../support/world.ts';
import { ADA, aWriteConsole } from '../support/write-console.ts';

const content = { type: 'notification.requested', data: { text: '<img src=x onerror=alert(1)>' } };

describe('drafts of the console', () => {
  let ask: ReturnType<typeof aWriteConsole>['ask'];

  beforeEach(() => {
    ({ ask } = aWriteConsole(aWorld()));
  });

  const add = (name = 'Lunch') => ask('POST drafts', { body: { name, content } });

  it('are kept as they were written, finished or not, and listed without their content', async () => {
    const added = await add('<b>Lunch</b>');
    expect(added).toMatchObject({ status: 201, body: { id: 'draft-1', name: '<b>Lunch</b>', content } });
    const { etag } = added as { readonly etag: string };
    expect(await ask('GET drafts/draft-1')).toMatchObject({
      status: 200,
      etag,
      body: { content, changedBy: ADA.name, etag },
    });
    const unfinished = { name: 'Later', content: { data: { to: 'nobody yet' } } };
    expect(await ask('POST drafts', { body: unfinished })).toMatchObject({ status: 201, body: unfinished });
    const { body } = (await ask('GET drafts')) as { readonly body: { readonly items: readonly object[] } };
    expect(body.items).toHaveLength(2);
    expect(body.items.every((item) => !('content' in item))).toBe(true);
  });

  it('are added once for each key of an author; another one under it is refused', async () => {
    const body = { name: 'Lunch', content };
    const first = await ask('POST drafts', { body, key: 'save 1' });
    expect(first).toMatchObject({ status: 201, body });
    const { id, etag } = (first as { readonly body: { readonly id: string; readonly etag: string } }).body;
    const inOtherOrder = { content: { data: content.data, type: content.type }, name: 'Lunch' };
    expect(await ask('POST drafts', { body: inOtherOrder, key: 'save 1' })).toEqual(first);
    const changed = { ...body, name: 'Dinner' };
    const refused = await ask('POST drafts', { body: changed, key: 'save 1' });
    expect(refused).toMatchObject({
      ...{ status: 422, code: 'idempotency-key-reused' },
      faults: [{ path: 'Idempotency-Key', rule: 'draft-key-reused' }],
    });
    await ask(`PUT drafts/${id}`, { body: changed, ifMatch: etag });
    expect(await ask('POST drafts', { body, key: 'save 1' })).toMatchObject({
      status: 201,
      body: { id, ...changed },
    });
    const eve = { name: 'Eve', objectId: 'eve' };
    await ask('POST drafts', { body, key: 'save 1', who: eve });
    await ask('POST drafts', { body, key: 'save 2' });
    const { body: list } = (await ask('GET drafts')) as {
      readonly body: { readonly items: readonly object[] };
    };
    expect(list.items).toHaveLength(3);
  });

  it('let the second of two authors know, and lose neither', async () => {
    const { etag: read } = (await add()) as { readonly etag: string };
    const mine = { name: 'Lunch', content: { data: { text: 'mine' } } };
    const theirs = { name: 'Lunch', content: { data: { text: 'theirs' } } };
    const first = await ask('PUT drafts/draft-1', { body: mine, ifMatch: read });
    expect(first).toMatchObject({ status: 200, body: mine });
    expect(await ask('PUT drafts/draft-1', { body: theirs, ifMatch: read })).toMatchObject({
      status: 412,
      code: 'changed',
    });
    expect(await ask('DELETE drafts/draft-1', { ifMatch: read })).toMatchObject({ status: 412 });
    expect(await ask('GET drafts/draft-1')).toMatchObject({ body: mine });
  });

  it('are not changed without saying which version is meant', async () => {
    const { etag } = (await add()) as { readonly etag: string };
    const body = { name: 'x', content: {} };
    expect(await ask('PUT drafts/draft-1', { body })).toMatchObject({
      status: 428,
      code: 'if-match-missing',
    });
    expect(await ask('DELETE drafts/draft-1')).toMatchObject({ status: 428 });
    expect(await ask('PUT drafts/draft-1', { body, ifMatch: 'no etag' })).toMatchObject({ status: 412 });
    expect(await ask('DELETE drafts/draft-1', { ifMatch: etag })).toEqual({ status: 204 });
    for (const gone of ['GET drafts/draft-1', 'DELETE drafts/draft-1', 'GET drafts/..%2F..'])
      expect(await ask(gone, { ifMatch: etag })).toMatchObject({ status: 404, code: 'not-found' });
    expect(await ask('PUT drafts/draft-1', { body, ifMatch: etag })).toMatchObject({ status: 404 });
  });

  it('are bounded in number and size, and have no field that nobody knows', async () => {
    const large = { name: 'x', content: { data: { text: 'ü'.repeat(131_100) } } };
    expect(await ask('POST drafts', { body: large })).toMatchObject({ status: 413, code: 'too-large' });
    const answer = await ask('POST drafts', { body: { name: '', contnt: {} } });
    expect(answer).toMatchObject({ status: 400, code: 'invalid-request' });
    const { faults } = answer as {
      readonly faults: readonly { readonly path: string; readonly message: string }[];
    };
    expect(faults.map(({ path }) => path).sort()).toEqual(['content', 'contnt', 'name']);
    expect(faults.find(({ path }) => path === 'contnt')?.message).toContain('did you mean content?');
    for (const body of [undefined, null, [], 'x'])
      expect(await ask('POST drafts', { body })).toMatchObject({ status: 400 });
    for (let index = 0; index < MOST_DRAFTS; index += 1) await add();
    expect(await add()).toMatchObject({ status: 409, code: 'full' });
  });
});
