import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Broker, startBroker } from '../../dev/servicebus-local/broker.ts';
import { findDotnet } from '../../dev/stack/dotnet.mjs';

// The genuine .NET client, which asks more of a broker than the one for JavaScript does. `dotnet/Program.cs` says what
// it does; vitest.config.ts leaves this file out, and `npm test` says so, where there is no .NET SDK.
const source = fileURLToPath(new URL('./dotnet/', import.meta.url));
const names = [...readFileSync(join(source, 'Program.cs'), 'utf8').matchAll(/^await Check\("([^"]+)"/gm)].map(
  ([, name]) => name,
);
const major = findDotnet();

/** Built once for these sources and this SDK; a later run needs neither the compiler nor a registry. */
const digest = createHash('sha256').update(String(major));
for (const file of ['Program.cs', 'ServiceBusChecks.csproj']) digest.update(readFileSync(join(source, file)));
const cache = fileURLToPath(new URL('../../.local/dotnet/', import.meta.url));
const folder = join(cache, digest.digest('hex').slice(0, 16));
const program = join(folder, 'out', 'ServiceBusChecks.dll');

let broker: Broker;
let output: string;
/** Why the program is not there: its packages are not on this machine, and no registry is in reach. */
let missing: string | undefined;

beforeAll(async () => {
  if (!existsSync(program)) await build();
  if (missing !== undefined) return;
  broker = await startBroker({ port: 0, queues: [{ name: 'q' }, { name: 'r' }] });
  ({ output } = await run(120_000, 'dotnet', program, broker.connectionString));
}, 420_000);
afterAll(() => broker?.close());

it('has checks', () => {
  expect(names.length).toBeGreaterThan(9);
});

it.for(names)('the .NET client: %s', (name, { skip }) => {
  if (missing !== undefined) skip(missing);
  const line = output
    .split(/\r?\n/)
    .find((each) => each.startsWith(`ok ${name}`) || each.startsWith(`FAILED ${name}`));
  expect(line ?? output).toBe(`ok ${name}`);
});

async function build(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const project = join(source, 'ServiceBusChecks.csproj');
  const { status, output: said } = await run(
    300_000,
    ...[
      'dotnet',
      'build',
      project,
      '-o',
      join(folder, 'out'),
      '-nodeReuse:false',
      '-p:UseSharedCompilation=false',
    ],
    ...[`-p:Framework=net${major}.0`, `-p:BaseIntermediateOutputPath=${join(folder, 'obj')}/`],
  );
  if (status === 0) return;
  if (!said.includes('error NU1301'))
    throw new Error(`the .NET program cannot be built:\n${said.slice(-4000)}`);
  missing = 'NuGet is out of reach';
  console.warn('*** NUGET IS OUT OF REACH: THE JOURNEY OF THE .NET CLIENT DID NOT RUN. ***');
}

/** Runs a program to its end, at most so many milliseconds. */
function run(
  timeout: number,
  command: string,
  ...args: string[]
): Promise<{ readonly status: number | null; readonly output: string }> {
  const env = { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1' };
  const child = spawn(command, args, {
    env,
    timeout,
    killSignal: 'SIGKILL',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, output: text }));
  });
}
