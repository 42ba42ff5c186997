import { afterEach, describe, expect, it } from 'vitest';
import { type FunctionsHost, type HostOptions, startHost } from '../host.ts';
import { http, register } from './plain-app.ts';
import { appFolder } from './sample-app.ts';

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function hostOf(options: HostOptions): Promise<FunctionsHost> {
  const host = await startHost({ port: 0, write: () => {}, ...options });
  opened.push(host.stop);
  return host;
}

async function folderWith(files: Record<string, string | object>) {
  const folder = await appFolder({ 'host.json': { version: '2.0' }, ...files });
  opened.push(folder.remove);
  return folder.directory;
}

describe('the files of an app', () => {
  it('are all that "main" matches when it is a glob', async () => {
    const directory = await folderWith({
      'package.json': { main: './dist/{index.js,functions/*.js}' },
      'dist/index.js': register('first', http),
      'dist/functions/second.js': register('second', http),
      'dist/functions/data.json': '{}',
    });
    expect((await hostOf({ app: directory })).functions.toSorted()).toEqual(['first', 'second']);
  });

  it('are modules by their name or by the type of the package', async () => {
    const esm = `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`;
    const directory = await folderWith({
      'package.json': { main: '*.{js,cjs,mjs}', type: 'module' },
      'a.js': esm + register('a', http),
      'b.mjs': esm + register('b', http),
      'c.cjs': register('c', http),
    });
    expect((await hostOf({ app: directory })).functions.toSorted()).toEqual(['a', 'b', 'c']);
  });
});

describe('a host that cannot start', () => {
  const entry = (code: string) => ({ 'package.json': { main: 'main.js' }, 'main.js': code });

  it.each<[string, Record<string, string | object>, string]>([
    ['without package.json', {}, 'package.json cannot be read'],
    ['without "main"', { 'package.json': {} }, 'has no "main"'],
    ['when nothing was built', { 'package.json': { main: 'dist/*.js' } }, 'No file in'],
    [
      'when the app throws',
      entry(`throw new Error('module missing')`),
      'The app failed to load: module missing',
    ],
    ['when the app registers nothing', entry(''), 'The app registers no function'],
    [
      'with a trigger of another service',
      entry(register('q', { type: 'queueTrigger' })),
      'uses the trigger "queueTrigger"',
    ],
    [
      'with a batch trigger',
      entry(register('q', { type: 'serviceBusTrigger', cardinality: 'many' })),
      'uses cardinality "many"',
    ],
    [
      'with sessions',
      entry(register('q', { type: 'serviceBusTrigger', isSessionsEnabled: true })),
      'uses sessions',
    ],
    [
      'with an SDK binding',
      entry(register('q', { type: 'serviceBusTrigger', properties: { supportsDeferredBinding: 'true' } })),
      'uses sdkBinding',
    ],
    [
      'with a setting missing',
      entry(register('t', { type: 'timerTrigger', schedule: '%Missing%' })),
      'Function "t": the option "schedule" refers to the app setting "Missing"',
    ],
    [
      'with a schedule missing',
      entry(register('t', { type: 'timerTrigger' })),
      'the option "schedule" has to be a text',
    ],
    ['with a bad route', entry(register('h', { ...http, route: '{' })), 'Function "h": The route "api/{"'],
    [
      'with a second binding',
      entry(register('h', http, { out: { type: 'table', direction: 'out' } })),
      'uses the binding "table"',
    ],
  ])('%s says why', async (_, files, message) => {
    await expect(startHost({ app: await folderWith(files), port: 0 })).rejects.toThrow(message);
  });

  it('leaves its port free', async () => {
    const { port, stop } = await hostOf({ app: await folderWith(entry(register('works', http))) });
    await stop();
    await expect(startHost({ app: await folderWith(entry('')), port })).rejects.toThrow(
      'registers no function',
    );
    await hostOf({ app: await folderWith(entry(register('works', http))), port });
  });
});
