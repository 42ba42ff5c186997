// A connector that takes every activity at once, in a process of its own. Answers the question for its port.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gate } from '../../dev/local-server/gate.mjs';
import { answerQuestions } from './part.ts';

const body = JSON.stringify({ id: '1700000000000' });
const server = gate(createServer());
server.on('request', (request: IncomingMessage, response: ServerResponse) => {
  request.resume();
  request.on('end', () => {
    response.writeHead(201, { 'content-type': 'application/json' });
    response.end(body);
  });
});

answerQuestions(async () => {
  if (!server.listening) {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  }
  // A listening TCP server has a port.
  return (server.address() as AddressInfo).port;
});
