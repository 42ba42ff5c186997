import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gate } from '../../dev/local-server/gate.mjs';

/** A channel of one person: posts activities to a bot and hears its replies. */
export interface Replies {
  /** Posts a person's first message to the bot at `origin`; resolves with the first reply. */
  say(origin: string): Promise<void>;
  /** As `say`, but with the bot's answer to the request, where it never replies. */
  post(origin: string): Promise<void>;
  stop(): Promise<void>;
}

export async function startReplies(): Promise<Replies> {
  const arrivals = new Map<string, () => void>();
  const server = gate(createServer());
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    request.resume();
    request.on('end', () => {
      const [, conversation = ''] = /\/v3\/conversations\/([^/]+)\//.exec(request.url ?? '') ?? [];
      arrivals.get(decodeURIComponent(conversation))?.();
      response.writeHead(201, { 'content-type': 'application/json' }).end('{"id":"1"}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A listening TCP server has a port.
  const serviceUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

  async function post(origin: string, conversation: string): Promise<void> {
    const answer = await fetch(`${origin}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        type: 'message',
        id: randomUUID(),
        channelId: 'msteams',
        serviceUrl,
        conversation: { id: conversation, conversationType: 'personal', tenantId: 'tenant' },
        from: { id: `29:${conversation}`, name: 'Ada' },
        recipient: { id: '28:bot', name: 'Notifier' },
        text: 'help',
        timestamp: new Date().toISOString(),
      }),
    });
    if (!answer.ok) throw new Error(`the bot answered ${answer.status}: ${await answer.text()}`);
  }

  return {
    async say(origin) {
      const conversation = `a:${randomUUID()}`;
      const arrived = new Promise<void>((resolve) => arrivals.set(conversation, resolve));
      await post(origin, conversation);
      await arrived;
    },
    post: (origin) => post(origin, `a:${randomUUID()}`),
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
