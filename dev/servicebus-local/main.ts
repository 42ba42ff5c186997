#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { explained } from 'local-server/data-folder.mjs';
import { type Broker, startBroker } from './broker.ts';
import { parseConfig } from './config.ts';
import { type Control, startControl } from './control.ts';

const usage = `Usage: servicebus-local --config FILE [--port 5672] [--data DIR] [--http-port N]

A local message broker with the semantics of Azure Service Bus queues, for the stock @azure/service-bus client.

  --config FILE    queues, in the JSON shape of Microsoft's Service Bus emulator
  --port N         AMQP port on the loopback interface (default 5672; 0: a free one)
  --data DIR       keep the messages in DIR; without it they end with the broker
  --http-port N    HTTP for looking and disturbing (0: a free one); without it there is none
  --help           this text

When it listens it prints one line of JSON: {"ready":true,"port":N,"httpPort":M}`;

/** A fault that the person who started the broker can mend: shown as one line, without a stack. */
class StartError extends Error {}

interface Settings {
  readonly port: number;
  readonly config: string;
  readonly data: string | undefined;
  readonly httpPort: number | undefined;
}

/** `undefined` when only help is asked for. Throws for what it does not understand. */
function readSettings(args: string[]): Settings | undefined {
  const { values } = parseArgs({
    args,
    options: {
      config: { type: 'string' },
      port: { type: 'string', default: '5672' },
      data: { type: 'string' },
      'http-port': { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  if (values.config === undefined) throw new Error('--config is missing: name the file with the queues.');
  const http = values['http-port'];
  return {
    port: readPort('--port', values.port),
    config: values.config,
    data: values.data,
    httpPort: http === undefined ? undefined : readPort('--http-port', http),
  };
}

function readPort(option: string, text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new Error(`${option} is "${text}": it takes a number from 0 to 65535.`);
}

async function listening<T>(option: string, port: number, start: () => Promise<T>): Promise<T> {
  try {
    return await start();
  } catch (thrown) {
    const isTaken = thrown instanceof Error && 'code' in thrown && thrown.code === 'EADDRINUSE';
    if (!isTaken) throw thrown;
    throw new StartError(`Port ${port} is taken: end what uses it, or choose another one by ${option}.`);
  }
}

async function run(settings: Settings): Promise<void> {
  const queues = parseConfig(readFileSync(settings.config, 'utf8'), settings.config);
  const broker: Broker = await listening('--port', settings.port, () =>
    startBroker({
      port: settings.port,
      queues,
      dataDir: settings.data,
      log: (line) => console.error(line),
      onFailure(error) {
        // What is in memory and not in the journal was promised to nobody; a new start goes on from the journal.
        console.error(`The journal cannot be written: ${error.message}`);
        process.exit(1);
      },
    }),
  );
  const { httpPort } = settings;
  let control: Control | undefined;
  if (httpPort !== undefined) {
    try {
      control = await listening('--http-port', httpPort, () => startControl(broker, httpPort));
    } catch (thrown) {
      await broker.close();
      throw thrown;
    }
  }
  const stop = async () => {
    await Promise.all([broker.close(), control?.close()]);
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, stop);
  console.log(JSON.stringify({ ready: true, port: broker.port, httpPort: control?.port }));
}

let settings: Settings | undefined;
try {
  settings = readSettings(process.argv.slice(2));
} catch (thrown) {
  console.error(`${thrown instanceof Error ? thrown.message : String(thrown)}\n\n${usage}`);
  process.exit(2);
}
if (settings) {
  try {
    await run(settings);
  } catch (cause) {
    const thrown = settings.data === undefined ? cause : explained(settings.data, cause);
    console.error(thrown instanceof Error ? thrown.message : String(thrown));
    process.exit(1);
  }
} else {
  console.log(usage);
}
