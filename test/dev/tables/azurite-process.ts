import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectNode } from '../../../dev/install.mjs';
import { Part } from '../../../dev/stack/part.ts';
import { withFreePorts } from '../../../dev/stack/ports.mjs';
import { azuriteTablesArgs } from '../../../dev/tables/azurite.ts';

/** A real Azurite table service with an empty store of its own. */
export async function startAzurite(): Promise<{ url: string; stop(): Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), 'notifier-tables-'));
  const { port } = await withFreePorts({ port: 0 });
  const part = new Part(
    {
      name: 'tables',
      title: 'tables',
      args: azuriteTablesArgs(port, directory),
      env: { PATH: process.env.PATH ?? '' },
      ready: { port },
    },
    { node: projectNode(process.cwd()), listener: { onLine() {}, onNotice() {} } },
  );
  await part.start();
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      await part.stop(3000);
      await rm(directory, { recursive: true, force: true });
    },
  };
}
