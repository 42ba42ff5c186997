// Plain JavaScript: `npm start` checks the ports before anything is installed.
import { randomInt } from 'node:crypto';
import { connect, createServer } from 'node:net';

/**
 * Whether something already answers or holds `port` on this machine.
 *
 * Connecting comes first, because some systems let a second server bind 127.0.0.1 while another holds all
 * addresses, and `localhost` may lead a client to the other one.
 */
export async function isTaken(port) {
  if ((await answers(port, '127.0.0.1')) || (await answers(port, '::1'))) return true;
  return !(await canListen(port));
}

/**
 * Gives every port that is 0 a free number; the others stay as they are.
 *
 * The numbers lie below the ranges from which systems take the local ports of outgoing connections
 * (32768 and up): a part that ends can have its port again, it was not lent out meanwhile.
 */
export async function withFreePorts(ports) {
  const chosen = new Set(Object.values(ports));
  const result = { ...ports };
  for (const [part, port] of Object.entries(ports)) {
    if (port !== 0) continue;
    result[part] = await freePort(chosen);
    chosen.add(result[part]);
  }
  return result;
}

async function freePort(exclude) {
  for (let attempt = 0; attempt < 200; attempt++) {
    const port = randomInt(20_000, 32_000);
    if (!exclude.has(port) && (await canListen(port))) return port;
  }
  throw new Error('No free port found between 20000 and 32000 in 200 attempts; name the ports instead of 0.');
}

function answers(port, host) {
  return new Promise((resolve) => {
    const socket = connect({ port, host, timeout: 1000 });
    const settle = (taken) => {
      socket.destroy();
      resolve(taken);
    };
    socket.once('connect', () => settle(true));
    socket.once('timeout', () => settle(false));
    socket.once('error', () => settle(false));
  });
}

function canListen(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
