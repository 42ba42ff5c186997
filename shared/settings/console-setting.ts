import type { Rule } from './rule.ts';
import type { Environment, SettingReader } from './setting-reader.ts';

/**
 * By whom it is known who asks the console: by App Service authentication, or, where nobody but this machine reaches the app,
 * by nobody.
 */
export type ConsoleSignIn = 'app-service' | 'nobody';

const switchRule: Rule<boolean> = {
  read: (text) => (text === 'on' ? true : text === 'off' ? false : undefined),
  wanted: 'on or off',
};

/**
 * `undefined` where there is no console. What the platform says of a principal is worth something only while it checks the
 * sign-in: without that anybody may write the same header.
 */
export function readConsoleSignIn(
  settings: SettingReader<'NOTIFIER_CONSOLE'>,
  env: Environment,
  isLocal: boolean,
): ConsoleSignIn | undefined {
  const isOn = settings.read('NOTIFIER_CONSOLE', switchRule, isLocal);
  if (!isOn) return undefined;
  if (isLocal) return 'nobody';
  return env.WEBSITE_AUTH_ENABLED?.trim().toLowerCase() === 'true' ? 'app-service' : undefined;
}
