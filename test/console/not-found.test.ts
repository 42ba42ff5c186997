import { expect, it } from 'vitest';
import { aConsole } from '../support/console.ts';
import { aWorld } from '../support/world.ts';
import { aWriteConsole } from '../support/write-console.ts';

const world = aWorld();
const routes = [...aConsole({ world }).routes, ...aWriteConsole(world).routes];

/** What each that makes whatever it names has to be asked with, to come so far. */
const bodies: { readonly [route: string]: object } = {
  'PUT drafts/{id}': { name: 'x', content: {} },
};
/** They take any name: what is not there yet is made by it, or remembered. */
const MAKES = ['PUT audiences/{name}', 'DELETE notifications/{id}'];

const named = routes.filter(({ path, method }) => path.includes('{') && !MAKES.includes(`${method} ${path}`));

it('is asked of every route that takes a name', () => {
  expect(named.map(({ method, path }) => `${method} ${path}`)).toContain('DELETE hooks/{id}');
  expect(named.length).toBeGreaterThanOrEqual(12);
});

it.each(named.flatMap((route) => ['nosuch-thing', 'n'.repeat(43)].map((name) => ({ ...route, name }))))(
  '$method $path names what it did not find: $name',
  async ({ method, path, name, answer }) => {
    const [, param = ''] = /\{(\w+)\}/.exec(path) ?? [];
    const answered = await answer({
      params: { [param]: name },
      query: new URLSearchParams(),
      body: bodies[`${method} ${path}`],
      who: { name: 'Ada', objectId: 'a', roles: new Set(['reader', 'author', 'operator']) },
    });
    expect(answered).toMatchObject({
      status: 404,
      faults: [{ path: param, message: expect.stringContaining(`"${name}" `) }],
    });
  },
);

it('a long name is shown by its beginning', async () => {
  const answer = await aConsole({ world }).get(`/parked/${'\u{1f600}'.repeat(40)}${'y'.repeat(80)}`);
  expect(answer.json).toMatchObject({
    faults: [{ message: expect.stringContaining(`"${'\u{1f600}'.repeat(40)}${'y'.repeat(40)}…"`) }],
  });
});
