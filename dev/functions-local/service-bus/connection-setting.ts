import type { Settings } from '../app/settings.ts';
import { HostError } from '../core/errors.ts';

/**
 * The connection string of a trigger whose `connection` option is `name`: the app setting of that name, or
 * with the prefix `AzureWebJobs`, as in the real host.
 *
 * @throws HostError when there is none, or only the form for a managed identity, which needs Azure.
 */
export function connectionString(name: string, functionName: string, settings: Settings): string {
  const value = settings.get(name) ?? settings.get(`AzureWebJobs${name}`);
  if (value !== undefined) return value;
  const namespace = settings.get(`${name}__fullyQualifiedNamespace`);
  if (namespace !== undefined) {
    throw new HostError(
      `Function "${functionName}": ${name}__fullyQualifiedNamespace is set ("${namespace}"), but signing in with ` +
        `an identity works in Azure only. Set ${name} to a connection string for this host.`,
    );
  }
  throw new HostError(
    `Function "${functionName}": the app setting "${name}" is missing or empty. ` +
      'Set it to a Service Bus connection string.',
  );
}
