import { settings } from '../../shared/config.ts';
import { hostSettings, identitySettings, notDeployed } from '../../shared/manifest.ts';

const identity: { readonly [setting: string]: readonly string[] } = identitySettings;

/**
 * Names of the settings that a deployed app has before any of the notifier's own is set: what the code reads, each by
 * identity (`TablesConnection__tableServiceUri`), and what only the host reads.
 */
export function deployedSettingNames(): readonly string[] {
  return [
    ...Object.keys(settings)
      .filter((name) => !name.startsWith('NOTIFIER_') && !(name in notDeployed))
      .flatMap((name) => identity[name]?.map((part) => `${name}__${part}`) ?? [name]),
    ...Object.keys(hostSettings),
  ].sort();
}
