import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The managed identity endpoint that App Service gives its apps. */
export interface IdentityEndpoint {
  /** Query of each request for a token, in order. */
  readonly requests: readonly URLSearchParams[];
  /** Ends the endpoint and takes it out of the environment. */
  close(): Promise<void>;
}

/** Starts one and puts it into this process's environment, where the identity library looks for it. */
export async function startIdentityEndpoint(): Promise<IdentityEndpoint> {
  const requests: URLSearchParams[] = [];
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://127.0.0.1');
    if (request.headers['x-identity-header'] !== 'identity-header') {
      response.writeHead(401).end();
      return;
    }
    requests.push(searchParams);
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        access_token: `managed-token-${requests.length}`,
        expires_on: String(Math.floor(Date.now() / 1000) + 86_400),
        resource: searchParams.get('resource'),
        token_type: 'Bearer',
      }),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A listening TCP server has a port.
  const { port } = server.address() as AddressInfo;
  process.env.IDENTITY_ENDPOINT = `http://127.0.0.1:${port}/msi/token`;
  process.env.IDENTITY_HEADER = 'identity-header';
  return {
    requests,
    async close() {
      delete process.env.IDENTITY_ENDPOINT;
      delete process.env.IDENTITY_HEADER;
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
