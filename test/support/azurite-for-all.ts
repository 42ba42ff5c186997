import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { type Azurite, startAzurite } from './azurite.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where a test file asks for the connection string of the Azurite that all share. */
    azuriteDesk: string;
  }
}

/**
 * Global setup: one Azurite for all test files, started when the first of them asks, so that a run that needs no
 * tables waits for none.
 */
export default async function shareAzurite(project: TestProject): Promise<() => Promise<void>> {
  let azurite: Promise<Azurite> | undefined;
  const desk = createServer((_request, response) => {
    azurite ??= startAzurite();
    azurite.then(
      ({ connectionString }) => response.end(connectionString),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => {
    desk.listen(0, '127.0.0.1', resolve);
  });
  // A server that listens on a port has an address of this form.
  const { port } = desk.address() as AddressInfo;
  project.provide('azuriteDesk', `http://127.0.0.1:${port}`);
  return async () => {
    desk.closeAllConnections();
    desk.close();
    await (await azurite)?.stop();
  };
}
