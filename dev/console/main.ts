// Usage: node dev/run.mjs dev/console/main.ts [--port 7090]
//
// Serves the page over made-up people and notifications, for those who work on it. Nothing is sent to anybody.
import { parseArgs } from 'node:util';
import { startFixture } from './test/fixture/server.ts';

const DEFAULT_PORT = '7090';
const { values } = parseArgs({ options: { port: { type: 'string', default: DEFAULT_PORT } } });
const fixture = await startFixture({ port: Number(values.port) });
console.log(`The console over made-up data: ${fixture.url}`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    fixture.close();
  });
}
