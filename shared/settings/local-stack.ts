import type { Environment } from './setting-reader.ts';

/**
 * The functions host of the local stack says here where it listens, whatever else is set. Only where that is loopback alone
 * may the app run without an app id, by which Bot Framework would check no token: anybody could speak as anyone.
 */
export const LISTENS_ON = 'NOTIFIER_LISTENS_ON';
const LOOPBACK: readonly string[] = ['127.0.0.1', '::1', 'localhost'];
/** What platforms set that serve the world, whatever else is set. */
const PLATFORMS = ['WEBSITE_INSTANCE_ID', 'CONTAINER_APP_NAME', 'CONTAINER_APP_REVISION'] as const;

/** Whether the app runs where nobody but this machine reaches it, whatever else is set. */
export function isLocalStack(env: Environment): boolean {
  const listensOn = env[LISTENS_ON]?.trim() ?? '';
  return LOOPBACK.includes(listensOn) && PLATFORMS.every((name) => (env[name] ?? '') === '');
}
