import type { IncomingMessage, ServerResponse } from 'node:http';

/** Answers with a JSON body. `headers` are added to, and win over, the content type and length. */
export function answerJson(
  res: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  const text = JSON.stringify(body);
  res.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
    ...headers,
  });
  res.end(text);
}

/** Answers without a body. */
export function answerEmpty(res: ServerResponse, status: number): void {
  res.writeHead(status, { 'Content-Length': 0 });
  res.end();
}

/**
 * Answers with a text of lines that is made while it is sent, so that a hundred thousand lines need no memory.
 * Stops quietly when the reader goes away.
 */
export async function answerLines(
  res: ServerResponse,
  status: number,
  lines: Iterable<string>,
): Promise<void> {
  res.writeHead(status, { 'Content-Type': 'application/jsonl; charset=utf-8' });
  let part = '';
  for (const line of lines) {
    part += `${line}\n`;
    if (part.length < 65_536) continue;
    const roomLeft = res.write(part);
    part = '';
    if (!roomLeft && !(await drained(res))) return;
  }
  res.end(part);
}

/** Breaks the connection, so that the caller sees a reset instead of an answer. */
export function resetConnection(req: IncomingMessage): void {
  req.socket.resetAndDestroy();
}

function drained(res: ServerResponse): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (open: boolean) => {
      res.off('drain', onDrain);
      res.off('close', onClose);
      resolve(open);
    };
    const onDrain = () => settle(true);
    const onClose = () => settle(false);
    res.on('drain', onDrain);
    res.on('close', onClose);
  });
}
