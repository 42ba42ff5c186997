import { z } from 'zod';
import { HostError } from '../core/errors.ts';
import { invalid, readJson } from './host-json.ts';

const localSettings = z.object({
  IsEncrypted: z.boolean().optional(),
  Values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
});

/**
 * The `Values` of a local.settings.json.
 *
 * @throws HostError when the file is missing, malformed or encrypted.
 */
export async function readLocalSettings(file: string): Promise<Record<string, string>> {
  const parsed = localSettings.safeParse(await readJson(file));
  if (!parsed.success) throw invalid(file, parsed.error);
  if (parsed.data.IsEncrypted) {
    throw new HostError(`${file} is encrypted. Decrypt it with "func settings decrypt" and try again.`);
  }
  return Object.fromEntries(Object.entries(parsed.data.Values).map(([name, value]) => [name, String(value)]));
}

/** App settings as the host reads them: names are the same whatever their case. */
export interface Settings {
  /** undefined when the setting is missing or empty. */
  get(name: string): string | undefined;
  /**
   * `text` with each `%Name%` replaced by that setting.
   *
   * @throws HostError when one of them is missing; `where` says which option of which function asked for it.
   */
  resolve(text: string, where: string): string;
}

/** @param environment read at each call, so settings that are added later are seen. */
export function settingsFrom(environment: Record<string, string | undefined>): Settings {
  const get = (name: string): string | undefined => {
    const exact = environment[name];
    if (exact !== undefined) return exact || undefined;
    const key = Object.keys(environment).find((each) => each.toLowerCase() === name.toLowerCase());
    return (key === undefined ? undefined : environment[key]) || undefined;
  };
  return {
    get,
    resolve: (text, where) =>
      text.replace(/%([^%]+)%/g, (_, name: string) => {
        const value = get(name);
        if (value !== undefined) return value;
        throw new HostError(
          `${where} refers to the app setting "${name}", which is missing or empty. Set it.`,
        );
      }),
  };
}

/** Whether the app setting `AzureWebJobs.<function>.Disabled` switches the function off. */
export function isDisabled(functionName: string, settings: Settings): boolean {
  const value = settings.get(`AzureWebJobs.${functionName}.Disabled`);
  return value === '1' || value?.toLowerCase() === 'true';
}
