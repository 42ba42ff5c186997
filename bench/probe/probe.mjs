// Loaded into the process that is measured (`NODE_OPTIONS=--import=...`): says over HTTP on 127.0.0.1 what it used.
// Plain JavaScript, so that it brings nothing into the process that the app would not. Its port goes into the file that
// BENCH_PROBE_FILE names. With BENCH_PROBE_LOADS it counts the files that were loaded.
import { statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gate } from '../../dev/local-server/gate.mjs';

const SAMPLE_MS = 25;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

let peak = 0;
const look = () => {
  peak = Math.max(peak, process.memoryUsage.rss());
};
setInterval(look, SAMPLE_MS).unref();

const loaded = new Map();
if (process.env.BENCH_PROBE_LOADS) {
  registerHooks({
    load(url, context, next) {
      if (url.startsWith('file:') && !loaded.has(url)) loaded.set(url, statSync(fileURLToPath(url)).size);
      return next(url, context);
    },
  });
}

const server = gate(createServer());
server.on('request', (request, response) => {
  if (request.url === '/collect') for (let turn = 0; turn < 3; turn += 1) collect();
  if (request.url === '/reset-peak') peak = 0;
  look();
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed, external, arrayBuffers } = process.memoryUsage();
  const files = [...loaded].map(([url, bytes]) => ({ url, bytes }));
  response.setHeader('connection', 'close');
  response.end(
    JSON.stringify({ cpu: user + system, rss, used: heapUsed + external + arrayBuffers, peak, files }),
  );
});
server.listen(0, '127.0.0.1', () =>
  writeFileSync(process.env.BENCH_PROBE_FILE, String(server.address().port)),
);
server.unref();
