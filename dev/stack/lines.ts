import type { Readable } from 'node:stream';

/** Calls `onLine` for every line of a text stream; a last line without a line end counts too. */
export function readLines(stream: Readable, onLine: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split(/\r?\n/);
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  });
  stream.on('close', () => {
    if (rest !== '') onLine(rest);
    rest = '';
  });
}
