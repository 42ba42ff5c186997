import type { HttpHandler, HttpResponseInit, InvocationContext } from '@azure/functions';
import { currentSink, JsonLog, logTo } from '../shared/adapters/system/json-log.ts';
import { type Config, InvalidSettings, loadConfig } from '../shared/config.ts';
import type { Fault } from '../shared/domain/fault.ts';
import { isLocalStack } from '../shared/settings/local-stack.ts';
import type { Environment, SettingFault } from '../shared/settings/setting-reader.ts';
import { problem } from './problem.ts';
import { version } from './version.ts';

const log = new JsonLog(currentSink);

/** What was made of the app's settings. */
export interface Settings {
  /** Empty when the app can run. */
  readonly faults: readonly Fault[];
  /** Throws `InvalidSettings` when there are faults. */
  config(): Config;
}

/**
 * Reads the settings. The local stack stops at a bad one: this throws `InvalidSettings`. An app that throws while it
 * loads has no function at all in Azure, where nobody sees its output, so a deployed one goes on without what it
 * cannot do: it answers over HTTP what is wrong, and takes nothing off its queues.
 */
export async function readSettings(env: Environment): Promise<Settings> {
  try {
    const config = await loadConfig(env);
    return { faults: [], config: () => config };
  } catch (cause) {
    if (!(cause instanceof InvalidSettings) || isLocalStack(env)) throw cause;
    // Nothing is taken off the queues, so all of it is done once the settings are right, and once.
    const faults = cause.faults.map((fault) => withoutValue(fault, env));
    logInvalid(faults);
    return {
      faults,
      config() {
        throw cause;
      },
    };
  }
}

/** `GET /api/health` of an app whose settings cannot be used: each bad one and its cure. */
export function unhealthySettings(faults: readonly Fault[]): HttpHandler {
  return (_request, context: InvocationContext) =>
    logTo(context, async (): Promise<HttpResponseInit> => {
      logInvalid(faults);
      return {
        status: 503,
        jsonBody: { status: 'failing', parts: { settings: 'failing' }, faults, version },
        headers: { 'cache-control': 'no-store' },
      };
    });
}

/** Any other HTTP function of such an app. Which settings are bad is said at one place only. */
export const refuseForSettings: HttpHandler = async (): Promise<HttpResponseInit> =>
  problem(503, {
    code: 'invalid-settings',
    title: 'The app has settings that it cannot use',
    faults: [{ path: '', message: 'the app has settings that it cannot use; GET /api/health names each' }],
  });

function logInvalid(faults: readonly Fault[]): void {
  const keys = [...new Set(faults.map(({ path }) => path))];
  log.error('settings.invalid', { keys: keys.join(' '), faults: faults.length });
}

/**
 * A fault as anybody may read it: health is anonymous, and what was put into the wrong setting may be a secret. Only
 * what the message quotes can be a value.
 */
function withoutValue({ key, message }: SettingFault, env: Environment): Fault {
  const value = env[key]?.trim() ?? '';
  const shown =
    value === ''
      ? message
      : message
          .replaceAll(`"${value}"`, '"…"')
          .replace(/"[^"]+"/g, (quoted) => (value.includes(quoted.slice(1, -1)) ? '"…"' : quoted));
  return { path: key, message: shown };
}
