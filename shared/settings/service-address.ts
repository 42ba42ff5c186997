import { defined } from '../domain/defined.ts';
import type { SettingReader } from './setting-reader.ts';

/** How a data service of Azure is reached: by a connection string (local) or by identity (deployed). */
export type ServiceAddress =
  | { readonly kind: 'connectionString'; readonly value: string }
  | { readonly kind: 'identity'; readonly endpoint: string; readonly clientId?: string };

type Key = 'TablesConnection' | 'ServiceBusConnection';

/** @param suffix of the setting that names the endpoint where it is reached by identity */
export function readServiceAddress(
  settings: SettingReader<Key | 'AZURE_CLIENT_ID'>,
  key: Key,
  suffix: string,
): ServiceAddress {
  const value = settings.text(key);
  if (value !== undefined) return { kind: 'connectionString', value };
  const endpoint = settings.text(`${key}__${suffix}`);
  if (endpoint === undefined) {
    settings.refuse(key, `is missing; set it to a connection string, or set ${key}__${suffix}`);
  }
  const clientId = settings.text(`${key}__clientId`) ?? settings.text('AZURE_CLIENT_ID');
  return { kind: 'identity', endpoint: endpoint ?? '', ...defined({ clientId }) };
}
