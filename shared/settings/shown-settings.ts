import type { Environment } from './setting-reader.ts';

/** A setting as operators may see it. */
export interface ShownSetting {
  readonly name: string;
  /** `set` where the value may hold a key; empty where there is none. */
  readonly value: string;
  readonly from: 'given' | 'default';
  readonly meaning: string;
}

/** Those of which no value is a key: the notifier's own, and the ids of the bot. */
const NEVER_A_SECRET = /^(NOTIFIER_[A-Z_]+|AZURE_CLIENT_ID|MicrosoftApp(Id|Type|TenantId))$/;

/**
 * @param meanings every setting there is, with what it is for
 * @param defaults what those have that are not given; absent: nothing
 */
export function shownSettings(
  env: Environment,
  meanings: { readonly [name: string]: string },
  defaults: { readonly [name: string]: string },
): readonly ShownSetting[] {
  const isGiven = (name: string) => (env[name]?.trim() ?? '') !== '';
  return Object.entries(meanings).map(([name, meaning]) => {
    if (isGiven(name)) {
      const value = NEVER_A_SECRET.test(name) ? (env[name]?.trim() ?? '') : 'set';
      return { name, value, from: 'given', meaning };
    }
    // By identity it is several, each with a name of its own.
    if (Object.keys(env).some((key) => key.startsWith(`${name}__`) && isGiven(key)))
      return { name, value: 'set', from: 'given', meaning };
    return { name, value: defaults[name] ?? '', from: 'default', meaning };
  });
}
