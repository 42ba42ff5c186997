import { beforeEach, describe, expect, it } from 'vitest';
import { MOST_ENTRIES } from '../../shared/domain/authored/audience-entry.ts';
import { aConversation } from '../support/builders.ts';
import { aWorld } from '../support/world.ts';
import { aWriteConsole } from '../support/write-console.ts';

interface Stored {
  readonly status: number;
  readonly etag: string;
  readonly body: { readonly [name: string]: unknown };
}

describe('audiences of the console', () => {
  let world: ReturnType<typeof aWorld>;
  let ask: ReturnType<typeof aWriteConsole>['ask'];

  beforeEach(async () => {
    world = aWorld();
    ({ ask } = aWriteConsole(world));
    await world.knows(
      ...['ada', 'bob'].map((name) => aConversation({ user: { id: `29:${name}` }, conversationId: name })),
    );
  });

  const put = async (entries: unknown, ifMatch?: string, name = 'release') =>
    (await ask(`PUT audiences/${encodeURIComponent(name)}`, {
      body: { entries },
      ...(ifMatch === undefined ? {} : { ifMatch }),
    })) as Stored;

  it('say who of a pasted text is known, unknown and there twice', async () => {
    const pasted =
      ' 29:ada, 29:bob;29:ada\r\n\n<script>@example.com\tNOBODY@example.com\nnobody@EXAMPLE.com ';
    const answer = await put(pasted, undefined, 'Release 2026/All');
    expect(answer).toMatchObject({
      status: 201,
      body: {
        name: 'release 2026/all',
        entries: 4,
        known: 2,
        unknown: ['<script>@example.com', 'nobody@EXAMPLE.com'],
        unknownCount: 2,
        duplicates: 2,
        etag: answer.etag,
      },
    });
    const shown = (await ask('GET audiences/release%202026%2Fall?limit=3')) as Stored;
    const rest = (await ask(
      `GET audiences/release%202026%2Fall?continuation=${String(shown.body.continuation)}`,
    )) as Stored;
    const items = [...(shown.body.items as string[]), ...(rest.body.items as string[])];
    expect(items.sort()).toEqual(['29:ada', '29:bob', '<script>@example.com', 'nobody@EXAMPLE.com']);
    expect(rest.body.continuation).toBeUndefined();
    expect(shown.etag).toBe(answer.etag);
  });

  it('are stored whole where there is no time to look all of them up, and it is said of how many the report tells', async () => {
    const { conversations } = world;
    const known = conversations.peopleKnownBy.bind(conversations);
    conversations.peopleKnownBy = async (...asked) => {
      world.clock.advance(100);
      return known(...asked);
    };
    const entries = Array.from({ length: 1200 }, (_, index) => `29:p${index}`);
    // Two look-ups of 0.1 s an entry: 60 s are over with the second page of 250.
    expect(await put(entries)).toMatchObject({
      status: 201,
      body: { entries: 1200, looked: 500, known: 0, unknownCount: 500 },
    });
  });

  it('are written anew and deleted by who read them last', async () => {
    const first = await put(['29:ada']);
    expect(await put(['29:bob'])).toMatchObject({ status: 428 });
    const second = await put(['29:bob'], first.etag);
    expect(second).toMatchObject({ status: 200, body: { entries: 1, known: 1 } });
    expect(await put(['29:eve'], first.etag)).toMatchObject({ status: 412, code: 'changed' });
    expect(await put(['29:eve'], first.etag, 'another')).toMatchObject({ status: 412 });
    expect(await ask('DELETE audiences/release', { ifMatch: first.etag })).toMatchObject({ status: 412 });
    expect(await ask('DELETE audiences/release')).toMatchObject({ status: 428 });
    expect(await ask('DELETE audiences/release', { ifMatch: second.etag })).toEqual({ status: 204 });
    for (const gone of ['GET audiences/release', 'DELETE audiences/release'])
      expect(await ask(gone, { ifMatch: second.etag })).toMatchObject({ status: 404 });
  });

  it('are listed page by page, by name', async () => {
    for (const name of ['c', 'a', 'b']) await put(['29:ada'], undefined, name);
    const first = (await ask('GET audiences?limit=2')) as Stored;
    const next = (await ask(
      `GET audiences?limit=2&continuation=${String(first.body.continuation)}`,
    )) as Stored;
    const names = [first, next].flatMap(({ body }) =>
      (body.items as { name: string }[]).map(({ name }) => name),
    );
    expect(names).toEqual(['a', 'b', 'c']);
    for (const limit of ['0', '201', 'x'])
      expect(await ask(`GET audiences?limit=${limit}`)).toMatchObject({ status: 400 });
  });

  it('refuse what is no entry, too many, and no name, each by its place', async () => {
    const bad = [
      [[], 'entries'],
      ['  ,;\n', 'entries'],
      [['29:ada', ''], 'entries[1]'],
      [['a'.repeat(2000)], 'entries[0]'],
      [['a\u0000b'], 'entries[0]'],
      [['\ud800'], 'entries[0]'],
      [Array.from({ length: MOST_ENTRIES + 1 }, () => '29:ada'), 'entries'],
      [7, 'entries'],
    ] as const;
    for (const [entries, path] of bad)
      expect(await put(entries), path).toMatchObject({ status: 400, faults: [{ path }] });
    expect(await put(['29:ada'], undefined, 'a/../b')).toMatchObject({
      status: 400,
      faults: [{ path: 'name' }],
    });
    expect(await world.audiences.listAudiences()).toEqual([]);
  });
});
