// Usage: node dev/tables/main.ts --upstream http://127.0.0.1:10002 [--port N] [--control-port N]
//
// Runs the table proxy as a process of its own; prints one JSON line with both addresses when it serves.
import { parseArgs } from 'node:util';
import { startTableProxyControl } from './control.ts';
import { startTableProxy } from './proxy.ts';

const { values } = parseArgs({
  options: {
    upstream: { type: 'string', default: 'http://127.0.0.1:10002' },
    port: { type: 'string', default: '0' },
    'control-port': { type: 'string', default: '0' },
  },
});
const proxy = await startTableProxy({ upstream: values.upstream, port: Number(values.port) });
const control = await startTableProxyControl(proxy, Number(values['control-port']));
console.log(JSON.stringify({ ready: true, url: proxy.url, control: control.url }));

process.once('SIGTERM', stop).once('SIGINT', stop);

async function stop(): Promise<void> {
  await control.stop();
  await proxy.stop();
}
