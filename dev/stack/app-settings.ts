import { existsSync } from 'node:fs';
import { readLocalSettings } from '../functions-local/app/settings.ts';
import type { Addresses } from './addresses.ts';

/** The settings with which the local stack points the app at itself. */
export function stackSettings({
  serviceBus,
  tables,
}: Pick<Addresses, 'serviceBus' | 'tables'>): Record<string, string> {
  return {
    AzureWebJobsStorage: tables,
    TablesConnection: tables,
    ServiceBusConnection: serviceBus,
    AZURE_FUNCTIONS_ENVIRONMENT: 'Development',
    FUNCTIONS_WORKER_RUNTIME: 'node',
  };
}

export interface AppSettings {
  /** The whole environment of the functions host. */
  readonly environment: Readonly<Record<string, string>>;
  /** Addresses of the stack that the app does not use, because `explicit` names others. */
  readonly overridden: readonly string[];
}

/**
 * The app's environment, weakest first: the `Values` of local.settings.json, what this process inherited, the
 * stack's own addresses, and what was set on purpose.
 */
export function appSettings(layers: {
  readonly file: Readonly<Record<string, string>>;
  readonly inherited: Readonly<Record<string, string | undefined>>;
  readonly stack: Readonly<Record<string, string>>;
  readonly explicit: Readonly<Record<string, string>>;
}): AppSettings {
  const environment: Record<string, string> = {};
  for (const layer of [layers.file, layers.inherited, layers.stack, layers.explicit]) {
    for (const [name, value] of Object.entries(layer)) if (value !== undefined) environment[name] = value;
  }
  const overridden = Object.keys(layers.stack).filter((name) => environment[name] !== layers.stack[name]);
  return { environment, overridden };
}

/** What the person who starts the stack set in the environment, of the settings that the stack would set itself. */
export function explicitSettings(
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const explicit: Record<string, string> = {};
  for (const name of ['AzureWebJobsStorage', 'TablesConnection', 'ServiceBusConnection']) {
    const value = environment[name];
    if (value) explicit[name] = value;
  }
  return explicit;
}

/** The `Values` of a local.settings.json; none when there is no such file. */
export async function settingsFile(path: string): Promise<Record<string, string>> {
  return existsSync(path) ? readLocalSettings(path) : {};
}
