import { graphOrigin } from '../domain/identity/graph-origin.ts';
import type { SettingReader } from './setting-reader.ts';

export interface DirectoryAddress {
  /** Of Microsoft Graph, `https://graph.microsoft.com`. */
  readonly origin: string;
  /** Whose directory it is: the bot's own. */
  readonly tenantId: string;
}

type Key = 'NOTIFIER_DIRECTORY' | 'MicrosoftAppTenantId';

/** Where people are looked up by the names that an organisation gives them; `undefined`: nowhere. */
export function readDirectoryAddress(
  settings: SettingReader<Key>,
  isLocal: boolean,
): DirectoryAddress | undefined {
  const value = settings.text('NOTIFIER_DIRECTORY');
  if (value === undefined) return undefined;
  const origin = graphOrigin(value, { isLocal });
  if (!origin.ok) for (const { message } of origin.faults) settings.refuse('NOTIFIER_DIRECTORY', message);
  const tenantId = settings.text('MicrosoftAppTenantId');
  if (tenantId === undefined && !settings.faults.some(({ key }) => key === 'MicrosoftAppTenantId')) {
    settings.refuse(
      'MicrosoftAppTenantId',
      'is missing; NOTIFIER_DIRECTORY needs the tenant whose people are looked up',
    );
  }
  return origin.ok && tenantId !== undefined ? { origin: origin.value, tenantId } : undefined;
}
