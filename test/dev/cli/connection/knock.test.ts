import { createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Target } from '../../../../dev/cli/connection/addresses.ts';
import { knock } from '../../../../dev/cli/connection/knock.ts';
import { aBroker } from '../broker.ts';

const broker = await aBroker();
const endings: (() => void)[] = [];
afterEach(() => {
  for (const end of endings.splice(0)) end();
});

function target(host: string, named = true): Target {
  const value = `Endpoint=sb://${host};SharedAccessKeyName=a;SharedAccessKey=b;UseDevelopmentEmulator=true;`;
  return { service: 'broker', address: { kind: 'connectionString', value }, host, named };
}

async function aServer(onConnection: (socket: Socket) => void): Promise<string> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => {}));
    onConnection(socket);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  endings.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
}

describe('knocking at a broker', () => {
  it('finds a broker, which goes on as before', async () => {
    await knock(target(broker.host));
    const sender = broker.client.createSender('events');
    await sender.sendMessages({ body: 'still there' });
    expect(await broker.takeAll('events')).toHaveLength(1);
    await sender.close();
  });

  it('gives up one that accepts the connection and says nothing', async () => {
    const host = await aServer(() => {});
    await expect(knock(target(host), 50)).rejects.toThrow(`the broker at ${host} did not answer in time`);
  });

  it.each([
    ['answers in another language', (socket: Socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['hangs up', (socket: Socket) => void socket.end()],
  ])('tells what %s from a broker', async (_what, onConnection) => {
    const host = await aServer(onConnection);
    await expect(knock(target(host))).rejects.toThrow(`what answers at ${host} is no broker; check the port`);
  });

  it('says that nobody answers, and what to do about it', async () => {
    await expect(knock(target('127.0.0.1:1', false))).rejects.toThrow(
      'no broker answers at 127.0.0.1:1 (ECONNREFUSED); is "npm start" running? Or name one with --connection or --namespace',
    );
  });
});
