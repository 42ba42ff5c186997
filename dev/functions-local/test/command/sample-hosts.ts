import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { startHostProcess } from '../host-process.ts';
import { type AppFolder, appFolder, buildSampleApp } from '../sample-app.ts';

export const settings = { HeartbeatSchedule: '0 0 0 1 1 *' };

/** The sample app, built once for a file of tests, and hosts that run it; each test closes what it opened. */
export function sampleHosts() {
  let app: AppFolder;
  beforeAll(async () => {
    app = await buildSampleApp('esm bundle');
  });
  afterAll(async () => {
    await app.remove();
  });
  const opened: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of opened.splice(0).reverse()) await close();
  });
  return {
    opened,
    directory: () => app.directory,
    host(args: string[] = [], env: Record<string, string> = settings) {
      const started = startHostProcess(['--app', app.directory, '--port', '0', ...args], env);
      opened.push(started.stop);
      return started;
    },
    /** A host of another app, whose code is this. */
    async hostOf(code: string) {
      const folder = await appFolder({
        'host.json': { version: '2.0' },
        'package.json': { main: 'main.js' },
        'main.js': code,
      });
      opened.push(folder.remove);
      await symlink(
        join(import.meta.dirname, '../../../../node_modules'),
        join(folder.directory, 'node_modules'),
      );
      return startHostProcess(['--app', folder.directory, '--port', '0']);
    },
  };
}

export async function text(port: number, path: string): Promise<string> {
  return (await fetch(`http://127.0.0.1:${port}${path}`)).text();
}
