import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compile, findBicepCli } from '../../dev/infra/bicep-cli.ts';
import { compiledFaults } from '../../dev/infra/compiled-template.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'notifier-bicep-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A program in the place of the compiler. */
async function program(name: string, script: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return file;
}

describe('the Bicep CLI', () => {
  it('is the one that is named, else bicep on the PATH, else az, else none', async () => {
    expect(findBicepCli({ PATH: folder })).toBeUndefined();
    const az = await program('az', '');
    expect(findBicepCli({ PATH: `/nowhere:${folder}` })).toEqual({ program: az, leading: ['bicep'] });
    const bicep = await program('bicep', '');
    expect(findBicepCli({ PATH: folder })).toEqual({ program: bicep, leading: [] });
    expect(findBicepCli({ PATH: folder, BICEP_PATH: '/its/place' })?.program).toBe('/its/place');
  });

  it('that only warns is heard, though its exit status says that all is well', async () => {
    const warning = 'main.bicep(3,7) : Warning no-unused-params: Parameter "x" is declared but never used.';
    const cli = { program: await program('bicep', `echo '{}'; echo '${warning}' >&2`), leading: [] };
    expect(await compile(cli, 'main.bicep')).toEqual({ output: '{}\n', diagnostics: [warning] });
  });

  it('that fails without a word it is known by is heard too', async () => {
    const cli = { program: await program('bicep', 'echo out of memory >&2; exit 1'), leading: [] };
    expect((await compile(cli, 'main.bicep')).diagnostics).toEqual(['out of memory']);
  });

  it('builds templates and parameter files by their own commands, also by way of az', async () => {
    const cli = { program: await program('az', 'echo "$@"'), leading: ['bicep'] };
    expect((await compile(cli, 'dev.bicepparam')).output).toBe(
      'bicep build-params --file dev.bicepparam --stdout\n',
    );
    expect((await compile({ ...cli, leading: [] }, 'main.bicep')).output).toBe('build main.bicep --stdout\n');
  });

  it('that is not there is an error, and no clean bill', async () => {
    await expect(compile({ program: join(folder, 'none'), leading: [] }, 'x')).rejects.toThrow(
      /cannot be run/,
    );
  });
});

describe('the compiled template', () => {
  const module = (template: object) =>
    JSON.stringify({
      resources: { app: { type: 'Microsoft.Resources/deployments', name: 'app', properties: { template } } },
    });

  it('is refused where a module sets what Flex Consumption forbids', () => {
    const asFunction =
      "[union(createObject('NODE_ENV', 'production', 'WEBSITE_TIME_ZONE', 'UTC'), variables('x'))]";
    expect(compiledFaults(module({ variables: { settings: asFunction } }))).toEqual([
      'app: Flex Consumption forbids the app setting WEBSITE_TIME_ZONE',
    ]);
    expect(compiledFaults(module({ variables: { settings: { FUNCTIONS_WORKER_RUNTIME: 'node' } } }))).toEqual(
      ['app: Flex Consumption forbids the app setting FUNCTIONS_WORKER_RUNTIME'],
    );
  });

  it('is refused where it takes or gives a secret', () => {
    expect(compiledFaults(module({ parameters: { key: { type: 'securestring' } } }))).toEqual([
      'app: parameter "key" is a secret',
    ]);
    expect(compiledFaults(JSON.stringify({ outputs: { botPassword: {} } }))[0]).toMatch(/botPassword/);
    expect(compiledFaults(JSON.stringify({ variables: { x: "[listKeys('a', 'b')]" } }))[0]).toMatch(
      /asks for a key/,
    );
  });
});

describe('a plan of the compiled template', () => {
  const module = (name: string, properties: object, more: object = {}) => ({
    type: 'Microsoft.Resources/deployments',
    name,
    properties: { template: { resources: {} }, ...properties },
    ...more,
  });
  const template = (...modules: readonly object[]) => JSON.stringify({ resources: { ...modules } });

  it.each([
    ['a parameter', module('app', { parameters: { host: { value: "[reference('x').host]" } } })],
    ['its condition', module('app', {}, { condition: "[not(empty(reference('x').id))]" })],
    ['its resource group', module('app', {}, { resourceGroup: "[reference('x').group]" })],
  ])('is not whole where %s of a module is known only afterwards', (_what, found) => {
    expect(compiledFaults(template(found))).toEqual([
      'main: module app takes what only a deployment knows: no plan shows what is in it',
    ]);
  });

  it('is whole where names and ids are known', () => {
    const id = { value: "[resourceId('Microsoft.Storage/storageAccounts', 'x')]" };
    expect(compiledFaults(template(module('app', { parameters: { id } })))).toEqual([]);
  });

  it('looks into ten modules and no more', () => {
    const modules = Array.from({ length: 11 }, (_each, index) => module(`m${index}`, {}));
    expect(compiledFaults(template(...modules.slice(1)))).toEqual([]);
    expect(compiledFaults(template(...modules))[0]).toMatch(/^main\.bicep: 11 nested deployments/);
  });
});
