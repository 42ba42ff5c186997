import { answers, app, bot } from './app.ts';
import { type Az, AzRefused, ResourceManager } from './az.ts';
import type { Finding } from './finding.ts';
import { findInstallation } from './installation.ts';
import { alerts, locks, queuesAsNeeded, roles, tablesAsNeeded } from './resources.ts';

/** Looks at an installation from outside, and changes nothing. A look that is refused is a finding of its own. */
export async function examine(ask: {
  readonly az: Az;
  readonly fetch: typeof fetch;
  readonly subscription: string;
  readonly group: string;
  readonly version: string | undefined;
}): Promise<readonly Finding[]> {
  const azure = new ResourceManager(ask.az);
  const installation = await findInstallation(azure, ask);
  const looks: readonly (readonly [string, () => Promise<readonly Finding[]>])[] = [
    ['bot', () => bot(azure, installation)],
    ['roles of the app', () => roles(azure, installation)],
    ['queues', () => queuesAsNeeded(azure, installation)],
    ['tables', () => tablesAsNeeded(azure, installation)],
    ['locks', () => locks(azure, installation)],
    ['alerts', () => alerts(azure, installation)],
    ['answers', () => answers(installation, ask.fetch, ask.version)],
  ];
  const found = await Promise.all(looks.map(([check, look]) => look().catch(unknown(check))));
  return [...app(installation), ...found.flat()];
}

/** A right that is missing, or a host that nobody answers at, does not end the examination. */
function unknown(check: string): (error: unknown) => readonly Finding[] {
  return (error) => {
    if (error instanceof AzRefused) return [{ check, state: 'unknown', says: error.message }];
    if (error instanceof TypeError && error.message === 'fetch failed') {
      return [
        {
          check,
          state: 'fails',
          says: 'the app does not answer at all',
          remedy: 'az functionapp show --query state',
        },
      ];
    }
    throw error;
  };
}
