import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createFunctionsCore, type FunctionsCore } from '../../dev/functions-local/core/functions-core.ts';
import { httpInput } from '../../dev/functions-local/inputs.ts';
import type { HooksDeps } from '../../functions/hooks.ts';

type Post = Parameters<HooksDeps['take']>[0];

let core: FunctionsCore;
const posts: (Post & { readonly bytes: Uint8Array })[] = [];
const secret = 's'.repeat(43);

beforeAll(async () => {
  core = createFunctionsCore();
  await core.load(async () => {
    const [{ app }, { hooks }] = await Promise.all([
      import('@azure/functions'),
      import('../../functions/hooks.ts'),
    ]);
    app.http('hooks', {
      methods: ['POST'],
      route: 'hooks/{address}/{*rest}',
      handler: hooks({
        async take(post) {
          posts.push({ ...post, bytes: await post.body() });
          return { status: 200, body: '1' };
        },
      }),
    });
  });
});
afterAll(() => core.terminate());

it('hands over address, headers and the very bytes, and logs none of the address', async () => {
  const written = vi.spyOn(process.stdout, 'write');
  const bytes = Buffer.from([0xef, 0xbb, 0xbf, 0x7b, 0x7d, 0xff]);
  const answer = await core.invoke(
    'hooks',
    httpInput({
      method: 'POST',
      url: `http://localhost/api/hooks/idididididididid.${secret}/powerautomate/?answer=202`,
      headers: { 'Content-Type': 'application/json', 'X-GitHub-Event': 'ping' },
      params: { address: `idididididididid.${secret}`, rest: 'powerautomate' },
      body: bytes,
    }),
  );
  expect(JSON.stringify(answer)).toContain('200');
  const [post] = posts;
  expect(post).toMatchObject({
    method: 'POST',
    address: `idididididididid.${secret}`,
    answer: '202',
    headers: { 'x-github-event': 'ping' },
  });
  expect(Buffer.from(post?.bytes ?? []).equals(bytes)).toBe(true);
  expect(JSON.stringify([answer, written.mock.calls])).not.toContain(secret);
});
