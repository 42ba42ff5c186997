import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acceptWebSocket, type TextSocket } from '../http/websocket.ts';

let server = createServer();
let client: Socket;
let accepted: Promise<TextSocket>;
let received: Buffer;
let closed: Promise<unknown>;

const HANDSHAKE =
  'GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';
const MASK = Buffer.alloc(4);

beforeEach(async () => {
  server = createServer();
  accepted = new Promise((resolve) => {
    server.on('upgrade', (req, socket, head) => {
      const opened = acceptWebSocket(req, socket, head);
      if (opened) resolve(opened);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // A TCP server that listens has this form of address.
  client = connect(port, '127.0.0.1');
  closed = new Promise((resolve) => client.once('close', resolve));
  received = Buffer.alloc(0);
  client.on('data', (chunk) => {
    received = Buffer.concat([received, chunk]);
  });
});

afterEach(async () => {
  client.destroy();
  await new Promise((resolve) => server.close(resolve));
});

async function receives(length: number): Promise<Buffer> {
  while (received.length < length) await new Promise((resolve) => client.once('data', resolve));
  const taken = received.subarray(0, length);
  received = received.subarray(length);
  return taken;
}

async function shakeHands(): Promise<TextSocket> {
  client.write(HANDSHAKE);
  const socket = await accepted;
  while (!received.includes('\r\n\r\n')) await new Promise((resolve) => client.once('data', resolve));
  const head = received.toString();
  // The answer to the key of RFC 6455's own example.
  expect(head).toContain('Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
  received = received.subarray(received.indexOf('\r\n\r\n') + 4);
  return socket;
}

function frame(first: number, text: string): Buffer {
  return Buffer.concat([Buffer.from([first, 0x80 | text.length]), MASK, Buffer.from(text)]);
}

describe('a WebSocket', () => {
  it('sends text in frames', async () => {
    (await shakeHands()).send('héllo');
    expect(await receives(8)).toEqual(Buffer.concat([Buffer.from([0x81, 6]), Buffer.from('héllo')]));
  });

  it('answers a ping and reads nothing of what a client says', async () => {
    await shakeHands();
    client.write(Buffer.concat([frame(0x01, 'one '), frame(0x89, 'ping'), frame(0x80, 'two')]));
    expect(await receives(6)).toEqual(Buffer.concat([Buffer.from([0x8a, 4]), Buffer.from('ping')]));
  });

  it('answers a goodbye and tells its owner once', async () => {
    const socket = await shakeHands();
    let goodbyes = 0;
    socket.onClose = () => goodbyes++;
    client.write(frame(0x88, ''));
    expect(await receives(2)).toEqual(Buffer.from([0x88, 0]));
    client.end();
    await closed;
    expect(goodbyes).toBe(1);
  });

  it('ends with a reason when the client breaks the protocol', async () => {
    await shakeHands();
    client.write(Buffer.from([0x81, 2, 0x68, 0x69]));
    expect(await receives(4)).toEqual(Buffer.from([0x88, 2, 0x03, 0xea]));
  });

  it('is not opened by a request that is no handshake', async () => {
    client.write('GET / HTTP/1.1\r\nHost: x\r\nUpgrade: other\r\nConnection: Upgrade\r\n\r\n');
    expect((await receives(12)).toString()).toBe('HTTP/1.1 400');
  });
});
