import { z } from 'zod';
import { CommandFailed } from '../command.ts';
import { AzRefused, type ResourceManager } from './az.ts';

const site = z.looseObject({
  id: z.string(),
  name: z.string(),
  tags: z.record(z.string(), z.string()).nullish(),
  identity: z.looseObject({ userAssignedIdentities: z.record(z.string(), z.unknown()).nullish() }).nullish(),
  properties: z.looseObject({ state: z.string(), defaultHostName: z.string() }),
});
export type Site = z.infer<typeof site>;

const settingsList = z.looseObject({ properties: z.record(z.string(), z.string()) });
const identity = z.looseObject({
  properties: z.looseObject({ clientId: z.string(), principalId: z.string() }),
});

export interface Identity {
  readonly id: string;
  readonly clientId: string;
  readonly principalId: string;
}

/** What is looked at: the app with its settings, and its two identities where they are found. */
export interface Installation {
  readonly group: string;
  readonly subscription: string;
  readonly site: Site;
  readonly settings: { readonly [name: string]: string };
  readonly app: Identity | undefined;
  readonly bot: Identity | undefined;
}

/** Throws `CommandFailed` where there is no such group, no right to look, or not one notifier in it. */
export async function findInstallation(
  azure: ResourceManager,
  place: { readonly subscription: string; readonly group: string },
): Promise<Installation> {
  const group = `/subscriptions/${place.subscription}/resourceGroups/${place.group}`;
  const sites = await azure
    .list(`${group}/providers/Microsoft.Web/sites`, '2024-04-01', site)
    .catch(explain(place.group));
  const notifiers = sites.filter(({ tags }) => tags?.['azd-service-name'] === 'notifier');
  const [found] = notifiers;
  if (found === undefined || notifiers.length > 1) {
    throw new CommandFailed(
      `${place.group} has ${notifiers.length} apps with the tag azd-service-name=notifier and must have one`,
    );
  }
  const { properties: settings } = await azure
    .post(`${found.id}/config/appsettings/list`, '2024-04-01', settingsList)
    .catch(explain(place.group));
  const identities = await Promise.all(
    Object.keys(found.identity?.userAssignedIdentities ?? {}).map(async (id) => {
      const { properties } = await azure.get(id, '2023-01-31', identity);
      return { id, clientId: properties.clientId, principalId: properties.principalId };
    }),
  );
  const by = (setting: string) => identities.find(({ clientId }) => clientId === settings[setting]);
  return {
    group,
    subscription: place.subscription,
    site: found,
    settings,
    app: by('AZURE_CLIENT_ID'),
    bot: by('MicrosoftAppId'),
  };
}

function explain(group: string): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof AzRefused)) throw error;
    throw new CommandFailed(`${group} cannot be looked at: ${error.message}`, { cause: error });
  };
}
