import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { settings } from '../../shared/config.ts';
import { tableNames } from '../../shared/kinds/catalog.ts';
import {
  builtInRoles,
  consoleSettings,
  propertiesIn,
  queues,
  roleGrants,
  type ServiceBusTier,
} from '../../shared/manifest.ts';
import { deployedSettingNames } from './app-settings.ts';
import { isForbiddenOnFlex } from './flex-consumption.ts';
import { serviceBusNamespace } from './service-bus-namespace.ts';

const resource = z.looseObject({
  id: z.string().optional(),
  type: z.string(),
  name: z.string(),
  properties: z.looseObject({}).optional(),
});
type Resource = z.infer<typeof resource>;
const snapshot = z.object({
  predictedResources: z.array(resource),
  diagnostics: z
    .array(z.looseObject({ code: z.string().optional(), message: z.string().optional() }))
    .default([]),
});
const site = z.object({
  siteConfig: z.object({ appSettings: z.array(z.object({ name: z.string(), value: z.string() })) }),
});
const assignment = z.object({ roleDefinitionId: z.string(), description: z.string() });
const logRule = z.object({
  windowSize: z.string(),
  evaluationFrequency: z.string(),
  criteria: z.object({ allOf: z.array(z.object({ query: z.string() })) }),
});
const LOCK = 'Microsoft.Authorization/locks';
const STOP = /^AzureWebJobs\.(\w+)\.Disabled$/;

/**
 * Compares what a parameter file would deploy (Bicep's snapshot: every loop and condition evaluated) with what the code
 * needs: queues with their properties, tables, settings, roles of the app. Gives what is wrong, one line each.
 */
export function deployedFaults(json: string): readonly string[] {
  const { predictedResources: all, diagnostics } = snapshot.parse(JSON.parse(json));
  const of = (type: string) => all.filter((each) => each.type === type);
  return [
    ...diagnostics.map(({ code, message }) => `the plan is not whole: ${code} ${message}`),
    ...of(LOCK).map(({ name }) => `lock ${name} is in a template that is deployed without the right to lock`),
    ...of('Microsoft.Insights/scheduledQueryRules').flatMap(windowFaults),
    ...queueFaults(
      of('Microsoft.ServiceBus/namespaces/queues'),
      tierOf(of('Microsoft.ServiceBus/namespaces')),
    ),
    ...differences(
      'table',
      of('Microsoft.Storage/storageAccounts/tableServices/tables').map(lastName),
      tableNames,
    ),
    ...of('Microsoft.Web/sites').flatMap(settingFaults),
    ...of('Microsoft.Web/sites').flatMap((each) => consoleFaults(each, of('Microsoft.Web/sites/config'))),
    ...roleFaults(of('Microsoft.Authorization/roleAssignments')),
    ...of('Microsoft.Storage/storageAccounts')
      .filter(({ properties }) => properties?.allowSharedKeyAccess !== false)
      .map(({ name }) => `storage account ${name} takes shared keys`),
  ];
}

/** What is wrong with what `identity.bicep` would deploy: the identity is there, and locked. */
export function identityFaults(json: string): readonly string[] {
  const { predictedResources: all } = snapshot.parse(JSON.parse(json));
  const has = (type: string) => all.some((each) => each.type === type);
  return ['Microsoft.ManagedIdentity/userAssignedIdentities', LOCK]
    .filter((type) => !has(type))
    .map((type) => `${type} is not deployed`);
}

/** A line of the log reaches the workspace late: an alert that looks back no further than its rule's last look misses it. */
function windowFaults({ name, properties }: Resource): readonly string[] {
  const { windowSize, evaluationFrequency, criteria } = logRule.parse(properties);
  const spans = criteria.allOf.flatMap(({ query }) =>
    [...query.matchAll(/\bago\((\d+[mh])\)/g)].map(([, span = '']) => span),
  );
  return [...new Set(spans)]
    .filter((span) => {
      const back = minutesOf(`PT${span.toUpperCase()}`);
      return back < 2 * minutesOf(evaluationFrequency) || back > minutesOf(windowSize);
    })
    .map(
      (span) =>
        `rule ${name} looks back ${span} every ${evaluationFrequency}: it must be twice as far, and within ${windowSize}`,
    );
}

/** `PT15M`, `PT2H` */
function minutesOf(duration: string): number {
  const [, amount = '', unit] = /^PT(\d+)([MH])$/.exec(duration) ?? [];
  return Number(amount) * (unit === 'H' ? 60 : 1);
}

function tierOf([found]: readonly Resource[]): ServiceBusTier {
  return serviceBusNamespace.parse(found).sku.name;
}

function queueFaults(found: readonly Resource[], tier: ServiceBusTier): readonly string[] {
  const faults = [
    ...differences(
      'queue',
      found.map(lastName),
      queues.map(({ name }) => name),
    ),
  ];
  for (const queue of queues) {
    const { name } = queue;
    const deployed = found.find((each) => lastName(each) === name)?.properties ?? {};
    for (const [property, value] of Object.entries(propertiesIn(tier, queue))) {
      if (!isDeepStrictEqual(deployed[property], value)) {
        faults.push(
          `queue ${name}: ${property} is ${JSON.stringify(deployed[property])} and must be ${value}`,
        );
      }
    }
  }
  return faults;
}

function settingFaults({ properties }: Resource): readonly string[] {
  const names = site.parse(properties).siteConfig.appSettings.map(({ name }) => name);
  const own = names.filter((name) => name.startsWith('NOTIFIER_') || STOP.test(name));
  return [
    ...differences(
      'setting',
      names.filter((name) => !own.includes(name) && !(name in consoleSettings)),
      deployedSettingNames(),
    ),
    ...own
      .filter((name) => !STOP.test(name) && !(name in settings))
      .map((name) => `setting ${name} is none of the notifier's`),
    ...names.filter(isForbiddenOnFlex).map((name) => `setting ${name} is forbidden on Flex Consumption`),
  ];
}

/**
 * The console is on where people can sign in, and nowhere else; and whoever is not signed in still reaches what has a way of
 * its own to tell who asks.
 */
function consoleFaults({ properties }: Resource, configs: readonly Resource[]): readonly string[] {
  const values = site.parse(properties).siteConfig.appSettings;
  const isOn = values.some(({ name, value }) => name === 'NOTIFIER_CONSOLE' && value === 'on');
  const signIn = configs.find((each) => lastName(each) === 'authsettingsV2');
  if (isOn !== (signIn !== undefined)) return ['NOTIFIER_CONSOLE is on without a sign-in, or off with one'];
  if (signIn === undefined) return [];
  const read = signInSettings.safeParse(signIn.properties);
  if (!read.success)
    return read.error.issues.map(({ path, message }) => `authsettingsV2 ${path.join('.')}: ${message}`);
  const { clientSecretSettingName: proof } = read.data.identityProviders.azureActiveDirectory.registration;
  return values.some(({ name }) => name === proof) ? [] : [`setting ${proof} is not deployed`];
}

const signInSettings = z.looseObject({
  platform: z.looseObject({ enabled: z.literal(true) }),
  globalValidation: z.looseObject({
    requireAuthentication: z.literal(false),
    unauthenticatedClientAction: z.literal('AllowAnonymous'),
    excludedPaths: z.tuple([z.literal('/api/messages')]),
  }),
  identityProviders: z.looseObject({
    azureActiveDirectory: z.looseObject({
      registration: z.looseObject({
        clientId: z.string().min(1),
        // By the app's identity: a secret would have to be renewed, and could leak.
        clientSecretSettingName: z.enum(Object.keys(consoleSettings)),
      }),
    }),
  }),
});

/** Each grant that somebody gets in every installation, the app's, is there once. */
function roleFaults(found: readonly Resource[]): readonly string[] {
  const given = found.map(({ properties }) => {
    const { roleDefinitionId, description } = assignment.parse(properties);
    return `${roleDefinitionId.split('/').at(-1)} ${description}`;
  });
  const needed = roleGrants().filter(({ to, option }) => to === 'app' && option === undefined);
  const count = (list: readonly string[], key: string) => list.filter((each) => each === key).length;
  const keys = needed.map(({ role, why }) => `${builtInRoles[role]} ${why}`);
  return [...new Set(keys)]
    .filter((key) => count(given, key) !== count(keys, key))
    .map((key) => `role ${key}: given ${count(given, key)} times, needed ${count(keys, key)} times`);
}

function differences(what: string, found: readonly string[], needed: readonly string[]): readonly string[] {
  return [
    ...needed.filter((name) => !found.includes(name)).map((name) => `${what} ${name} is not deployed`),
    ...found
      .filter((name) => !needed.includes(name))
      .map((name) => `${what} ${name} is deployed and not needed`),
  ];
}

/** `account/default/table` -> `table` */
function lastName({ name }: Resource): string {
  return name.split('/').at(-1) ?? name;
}
