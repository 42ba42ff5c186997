import { parseArgs } from 'node:util';
import { HostError, messageOf } from '../core/errors.ts';

export const usage = `Usage: functions-local --app DIR [options]

Runs an Azure Functions app locally: HTTP, timer and Service Bus functions.

  --app DIR           folder with host.json and package.json (its "main" names the entry file)
  --port N            HTTP port, 0 for a free one (default 7071)
  --data DIR          keeps the timers' schedule statuses, so that a restart notices a missed tick
  --settings FILE     a local.settings.json: its Values that are not set in the environment
  --host-setting NAME the setting that tells the app the address on which the host listens, whatever it was set to
  --grace SECONDS     how long the end waits for running invocations, and then for appTerminate hooks (default 5)
  --exit-with-parent  ends when the process that started it ends
  --no-trace          functions see no trace, as on a host without Application Insights
  --verbose           logs each invocation, and debug lines
  --help              shows this
`;

export interface CommandLine {
  help: boolean;
  app: string;
  port: number;
  dataDirectory: string | undefined;
  settingsFile: string | undefined;
  hostSetting: string | undefined;
  graceSeconds: number;
  exitWithParent: boolean;
  trace: boolean;
  verbose: boolean;
}

/** @throws HostError naming the option and how to correct it. */
export function parseCommandLine(args: string[]): CommandLine {
  let values: ReturnType<typeof parse>;
  try {
    values = parse(args);
  } catch (error) {
    throw new HostError(`${messageOf(error)} Use --help for the options.`, { cause: error });
  }
  const { help = false, app = '', port = '7071', data, settings, grace = '5', verbose = false } = values;
  if (!help && app === '')
    throw new HostError('--app DIR is missing: the folder of the app. Use --help for the options.');
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535) {
    throw new HostError(`--port ${port} is not a port: use a number from 0 to 65535.`);
  }
  if (!/^\d+(\.\d+)?$/.test(grace)) {
    throw new HostError(`--grace ${grace} is not a time: use a number of seconds.`);
  }
  return {
    help,
    app,
    port: Number(port),
    dataDirectory: data,
    settingsFile: settings,
    hostSetting: values['host-setting'],
    graceSeconds: Number(grace),
    exitWithParent: values['exit-with-parent'] ?? false,
    trace: values['no-trace'] !== true,
    verbose,
  };
}

function parse(args: string[]) {
  return parseArgs({
    args,
    strict: true,
    options: {
      app: { type: 'string' },
      port: { type: 'string' },
      data: { type: 'string' },
      settings: { type: 'string' },
      'host-setting': { type: 'string' },
      grace: { type: 'string' },
      'exit-with-parent': { type: 'boolean' },
      'no-trace': { type: 'boolean' },
      verbose: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  }).values;
}
