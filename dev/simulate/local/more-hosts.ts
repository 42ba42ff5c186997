import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectNode } from '../../install.mjs';
import { addressesOf } from '../../stack/addresses.ts';
import { appSettings, stackSettings } from '../../stack/app-settings.ts';
import { Part } from '../../stack/part.ts';
import { functionsPart } from '../../stack/part-specs.ts';
import { withFreePorts } from '../../stack/ports.mjs';
import type { Stack } from '../../stack/stack.ts';

const STOP_WITHIN_MS = 4000;

/**
 * Starts `count` more functions hosts over the broker and the tables of a stack, as the platform does when it scales
 * out. Throws PartDidNotStart, with none of them left running.
 */
export async function startMoreHosts(
  stack: Pick<Stack, 'addresses'>,
  options: {
    readonly count: number;
    readonly appDir: string;
    /** Each host keeps its files in a folder of its own here. */
    readonly dataDir: string;
    readonly env: Readonly<Record<string, string>>;
  },
): Promise<{ readonly stop: () => Promise<void> }> {
  const node = projectNode(fileURLToPath(new URL('../../..', import.meta.url)));
  const listener = { onLine() {}, onNotice() {} };
  const parts: Part[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(parts.map((part) => part.stop(STOP_WITHIN_MS)));
  };
  const { environment } = appSettings({
    file: {},
    inherited: process.env,
    stack: stackSettings(stack.addresses),
    explicit: options.env,
  });
  try {
    for (let host = 0; host < options.count; host += 1) {
      const ports = await withFreePorts({ functions: 0, broker: 0, tables: 0, channel: 0 });
      const dataDir = join(options.dataDir, `host-${host + 2}`);
      await mkdir(dataDir, { recursive: true });
      const plan = {
        ports,
        addresses: addressesOf(ports, false),
        dataDir,
        environment,
        verbose: false,
      };
      const spec = await functionsPart(plan, { dir: options.appDir, environment, inspect: false });
      const part = new Part(spec, { node, listener });
      parts.push(part);
      await part.start();
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { stop };
}
