import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InstallError, installWhatIsMissing, isInstalled, projectNode } from '../../../dev/install.mjs';

let root: string;
let log: string[];
const options = { log: (line: string) => log.push(line) };

beforeEach(async () => {
  log = [];
  root = await mkdtemp(join(tmpdir(), 'notifier-install-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const project = { name: 'some', version: '1.0.0' };
const entry = (version: string) => ({ version, integrity: `sha512-${version}` });

async function aLock(packages: Record<string, object>): Promise<void> {
  await writeFile(
    join(root, 'package-lock.json'),
    JSON.stringify({ lockfileVersion: 3, packages: { '': {}, ...packages } }),
  );
}

async function installed(packages: Record<string, object>): Promise<void> {
  await mkdir(dirname(projectNode(root)), { recursive: true });
  await writeFile(projectNode(root), '');
  await writeFile(join(root, 'node_modules', '.package-lock.json'), JSON.stringify({ packages }));
}

describe('what is installed', () => {
  it('is nothing without node_modules', async () => {
    await aLock({});
    expect(isInstalled(root)).toBe(false);
  });

  it("counts when npm's own record agrees with the lock file, and is then known by its hash", async () => {
    await aLock({ 'node_modules/a': entry('1.0.0') });
    await installed({ 'node_modules/a': entry('1.0.0') });
    expect(isInstalled(root)).toBe(true);
    await rm(join(root, 'node_modules', '.package-lock.json'));
    expect(isInstalled(root)).toBe(true);
  });

  it.each([
    ['another version', { 'node_modules/a': entry('2.0.0') }],
    ['a package more', { 'node_modules/a': entry('1.0.0'), 'node_modules/b': entry('1.0.0') }],
  ])('is too old when the lock file asks for %s', async (_, wanted) => {
    await aLock({ 'node_modules/a': entry('1.0.0') });
    await installed({ 'node_modules/a': entry('1.0.0') });
    expect(isInstalled(root)).toBe(true);
    await aLock(wanted);
    expect(isInstalled(root)).toBe(false);
  });

  it('may lack what only tests and checks need when it is for a start', async () => {
    await aLock({
      'node_modules/a': entry('1.0.0'),
      'node_modules/runner': { ...entry('1.0.0'), dev: true },
      'dev/tool': { version: '0.1.0' },
      'node_modules/tool': { resolved: 'dev/tool', link: true },
    });
    const start = {
      'node_modules/a': entry('1.0.0'),
      'dev/tool': { version: '0.1.0' },
      'node_modules/tool': { resolved: 'dev/tool', link: true },
    };
    await installed(start);
    expect([isInstalled(root, 'start'), isInstalled(root)]).toEqual([true, false]);
    await rm(join(root, 'node_modules', '.package-lock.json'));
    expect([isInstalled(root, 'start'), isInstalled(root)]).toEqual([true, false]);
    await installed({ ...start, 'node_modules/runner': entry('1.0.0') });
    expect([isInstalled(root), isInstalled(root, 'start')]).toEqual([true, true]);
  });

  it('may lack what is optional, such as binaries for other platforms', async () => {
    await aLock({ 'node_modules/other-platform': { ...entry('1.0.0'), optional: true } });
    await installed({});
    expect(isInstalled(root)).toBe(true);
  });

  it('is nothing without the Node that comes with the packages', async () => {
    await aLock({});
    await installed({});
    await rm(projectNode(root));
    expect(isInstalled(root)).toBe(false);
  });
});

describe('installing', () => {
  it('does nothing when nothing is missing', async () => {
    await aLock({});
    await installed({});
    expect(await installWhatIsMissing(root, options)).toBe(false);
  });

  it('runs npm ci, and says so when the packages bring no Node', async () => {
    await aProjectWith({});
    await expect(installWhatIsMissing(root, options)).rejects.toThrow(/its install script did not run/);
  });

  it('adds the packages of the tests to those of a start, under whose hands nothing goes', async () => {
    const files = {
      'package.json': {
        ...project,
        dependencies: { node: 'file:./binary' },
        devDependencies: { runner: 'file:./runner' },
      },
      'binary/package.json': { name: 'node', version: '24.0.0' },
      'binary/bin/node': {},
      'binary/node_modules/headers/node.h': {},
      'runner/package.json': { name: 'runner', version: '1.0.0' },
      'node_modules/.kept/index.js.map': {},
    };
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), JSON.stringify(content));
    }
    await symlink('../binary', join(root, 'node_modules', 'node'));
    const start = {
      binary: { name: 'node', version: '24.0.0' },
      'node_modules/node': { resolved: 'binary', link: true },
    };
    await aLock({
      '': files['package.json'],
      ...start,
      runner: { version: '1.0.0', dev: true },
      'node_modules/runner': { resolved: 'runner', link: true, dev: true },
    });
    await writeFile(join(root, 'node_modules', '.package-lock.json'), JSON.stringify({ packages: start }));
    expect(await installWhatIsMissing(root, { ...options, only: 'start' })).toBe(false);
    expect(await installWhatIsMissing(root, options)).toBe(true);
    expect(log).toEqual(['Installing the packages for tests and checks (npm install) ...']);
    expect(await readFile(join(root, 'node_modules', 'runner', 'package.json'), 'utf8')).toContain('runner');
    expect(isInstalled(root)).toBe(true);
    // What nobody reads here is gone, and the Node is not.
    expect((await readdir(join(root, 'binary'))).sort()).toEqual(['bin', 'package.json']);
    expect(await readdir(join(root, 'node_modules', '.kept'))).toEqual([]);
  });

  it('goes on by npm install, and says so, when npm ci finds the lock file incomplete', async () => {
    await mkdir(join(root, 'near'));
    await writeFile(join(root, 'near', 'package.json'), '{"name":"near","version":"1.0.0"}');
    await aProjectWith({ near: 'file:./near' });
    const lock = await readFile(join(root, 'package-lock.json'), 'utf8');
    await expect(installWhatIsMissing(root, options)).rejects.toThrow(
      /npm install ended well, but .* holds no Node/,
    );
    expect(log).toContain(
      'npm ci refuses package-lock.json as incomplete; npm install goes on with what it locks ...',
    );
    expect(log.join('\n')).toMatch(/Missing: near@/);
    expect(await readFile(join(root, 'node_modules', 'near', 'package.json'), 'utf8')).toContain('near');
    expect(await readFile(join(root, 'package-lock.json'), 'utf8')).toBe(lock);
  });

  it('fails with the remedy when npm does, and leaves no stamp that says it worked', async () => {
    await aProjectWith({ far: 'file:./nowhere.tgz' });
    const install = installWhatIsMissing(root, options);
    await expect(install).rejects.toThrow(InstallError);
    await expect(install).rejects.toThrow(/npm ci failed \(exit status \d+\).*package-lock\.json/);
    expect(log.join('\n')).toContain('ENOENT');
    await expect(readFile(join(root, 'node_modules', '.notifier-stamp'))).rejects.toThrow('ENOENT');
  });
});

/** A project whose lock file knows nothing of these dependencies. */
async function aProjectWith(dependencies: Record<string, string>): Promise<void> {
  await writeFile(join(root, 'package.json'), JSON.stringify({ ...project, dependencies }));
  const lock = { ...project, lockfileVersion: 3, requires: true, packages: { '': project } };
  await writeFile(join(root, 'package-lock.json'), JSON.stringify(lock));
}
