// `npm run playground`: Microsoft's Agents Playground against the running bot, with its telemetry off: the flag is for its
// own, the variable for that of the library in it. Its licence allows evaluation only.
import { spawn } from 'node:child_process';

const args = [
  ...['--yes', '@microsoft/m365agentsplayground', '--disable-telemetry'],
  ...['-e', 'http://127.0.0.1:7071/api/messages', '-c', 'emulator', ...process.argv.slice(2)],
];
const child = spawn('npx', args, {
  stdio: 'inherit',
  env: { ...process.env, APPLICATION_INSIGHTS_NO_STATSBEAT: '1' },
  shell: process.platform === 'win32',
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.once('error', (error) => {
  console.error(`npx could not be started: ${error.message}`);
  process.exitCode = 1;
});
child.once('exit', (code) => {
  process.exitCode = code ?? 1;
});
