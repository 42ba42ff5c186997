import { z } from 'zod';
import { tableNames } from '../../../shared/kinds/catalog.ts';
import {
  builtInRoles,
  propertiesIn,
  queues,
  type RoleGrant,
  roleGrants,
  type ServiceBusTier,
} from '../../../shared/manifest.ts';
import { alertNames } from '../../infra/alert-names.ts';
import { serviceBusNamespace } from '../../infra/service-bus-namespace.ts';
import type { ResourceManager } from './az.ts';
import { compared, type Finding, fails, ok, warns } from './finding.ts';
import type { Installation } from './installation.ts';

type Settings = Installation['settings'];

const REDEPLOY = 'deploy the templates again';

const assignment = z.looseObject({
  properties: z.looseObject({ roleDefinitionId: z.string(), scope: z.string() }),
});

/** The app has every role of the manifest, each on what it is for. */
export async function roles(
  azure: ResourceManager,
  { app, settings, subscription }: Installation,
): Promise<readonly Finding[]> {
  const check = 'roles of the app';
  if (app === undefined) {
    return [fails(check, 'the app runs without the identity that AZURE_CLIENT_ID names', REDEPLOY)];
  }
  const filter = encodeURIComponent(`principalId eq '${app.principalId}'`);
  const path = `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleAssignments?$filter=${filter}`;
  const given = await azure.list(path, '2022-04-01', assignment);
  const needed = roleGrants().filter(({ to, option }) => to === 'app' && option === undefined);
  const missing = needed.filter(
    (grant) =>
      !given.some(
        ({ properties: { roleDefinitionId, scope } }) =>
          roleDefinitionId.endsWith(`/${builtInRoles[grant.role]}`) && isOn(grant, scope, settings),
      ),
  );
  if (missing.length === 0) return [ok(check, `${needed.length} roles, each where it is needed`)];
  return missing.map((grant) =>
    fails(check, `"${grant.role}" on ${grant.queue ?? grant.on} is missing`, REDEPLOY),
  );
}

function isOn(grant: RoleGrant, scope: string, settings: Settings): boolean {
  // Names of resources are compared without regard to capitals, as Azure does.
  const [type, name] = scope.toLowerCase().split('/').slice(-2);
  switch (grant.on) {
    case 'queue':
      return type === 'queues' && name === grant.queue;
    case 'hostStorage':
      return type === 'storageaccounts' && name === settings.AzureWebJobsStorage__accountName;
    case 'dataStorage':
      return type === 'storageaccounts' && name === dataAccount(settings);
    case 'applicationInsights':
      return type === 'components';
  }
}

function dataAccount(settings: Settings): string {
  return settings.TablesConnection__tableServiceUri?.split('//')[1]?.split('.')[0] ?? '';
}

const queue = z.looseObject({
  name: z.string(),
  properties: z.looseObject({
    countDetails: z
      .looseObject({ activeMessageCount: z.number(), deadLetterMessageCount: z.number() })
      .optional(),
  }),
});

/** The queues are there with the properties that the manifest gives them in that tier, and nothing lies dead in them. */
export async function queuesAsNeeded(
  azure: ResourceManager,
  { group, settings }: Installation,
): Promise<readonly Finding[]> {
  const name = settings.ServiceBusConnection__fullyQualifiedNamespace?.split('.')[0] ?? '';
  const path = `${group}/providers/Microsoft.ServiceBus/namespaces/${name}`;
  const [{ sku }, found] = await Promise.all([
    azure.get(path, '2021-11-01', serviceBusNamespace),
    azure.list(`${path}/queues`, '2021-11-01', queue),
  ]);
  const there = compared(
    'queues',
    { found: found.map((each) => each.name), needed: queues.map((each) => each.name) },
    { whole: `${queues.length} queues, ${sku.name}`, missing: 'missing', remedy: REDEPLOY },
  );
  return [there, ...found.flatMap((each) => queueFindings(each, sku.name))];
}

function queueFindings(
  { name, properties }: z.infer<typeof queue>,
  tier: ServiceBusTier,
): readonly Finding[] {
  const needed = queues.find((each) => each.name === name);
  if (needed === undefined) return [];
  const other = Object.entries(propertiesIn(tier, needed)).filter(
    ([key, value]) => properties[key] !== value,
  );
  const dead = properties.countDetails?.deadLetterMessageCount ?? 0;
  return [
    ...other.map(([key, value]) =>
      fails(`queue ${name}`, `${key} is ${JSON.stringify(properties[key])} and must be ${value}`, REDEPLOY),
    ),
    ...(dead > 0
      ? [warns(`queue ${name}`, `${dead} dead letters`, 'npm run notifier -- parked list --source dlq')]
      : []),
  ];
}

const named = z.looseObject({ name: z.string() });

export async function tablesAsNeeded(
  azure: ResourceManager,
  { group, settings }: Installation,
): Promise<readonly Finding[]> {
  const account = `${group}/providers/Microsoft.Storage/storageAccounts/${dataAccount(settings)}`;
  const found = await azure.list(`${account}/tableServices/default/tables`, '2023-05-01', named);
  return [
    compared(
      'tables',
      { found: found.map(({ name }) => name), needed: tableNames },
      { whole: `${tableNames.length} tables`, missing: 'missing', remedy: REDEPLOY },
    ),
  ];
}

/** The data account and the bot's identity are locked. */
export async function locks(
  azure: ResourceManager,
  { group, settings, bot }: Installation,
): Promise<readonly Finding[]> {
  const data = `${group}/providers/Microsoft.Storage/storageAccounts/${dataAccount(settings)}`;
  const things = [
    { what: 'tables', id: data, remedy: 'deploy infra/once.bicep' },
    ...(bot === undefined
      ? []
      : [{ what: "bot's identity", id: bot.id, remedy: 'deploy infra/identity.bicep' }]),
  ];
  return Promise.all(
    things.map(async ({ what, id, remedy }) => {
      const found = await azure.list(`${id}/providers/Microsoft.Authorization/locks`, '2020-05-01', named);
      const check = `lock on the ${what}`;
      return found.length > 0 ? ok(check, 'is there') : warns(check, 'is missing', remedy);
    }),
  );
}

const rule = z.looseObject({
  name: z.string(),
  properties: z.looseObject({
    enabled: z.union([z.boolean(), z.enum(['true', 'false', 'True', 'False'])]).optional(),
    criteria: z
      .looseObject({ allOf: z.array(z.looseObject({ query: z.string().optional() })).optional() })
      .optional(),
  }),
});
type Rule = z.infer<typeof rule>;

/** Alerts that no installation needs: switched on by a parameter. */
const OPTIONAL = new Set(['nobody-writes', 'not-healthy']);
/** A rule that looks for all alerts of a severity. */
const OF_SEVERITY = /-severity-\d$/;

/** The alerts that a rule looks for, and those that it would look for, were they not switched off. */
function alertsIn({ name, properties }: Rule): {
  readonly on: readonly string[];
  readonly off: readonly string[];
} {
  const isOff = String(properties.enabled).toLowerCase() === 'false';
  if (!OF_SEVERITY.test(name)) {
    const own = alertNames().filter((alert) => name.endsWith(`-${alert}`));
    return isOff ? { on: [], off: own } : { on: own, off: [] };
  }
  const query = properties.criteria?.allOf?.map((each) => each.query ?? '').join('\n') ?? '';
  const named = (pattern: RegExp) => [...query.matchAll(pattern)].map(([, alert = '']) => alert);
  const looked = named(/ alert = "([\w-]+)"/g);
  const off = named(/^\/\/ off: ([\w-]+)$/gm);
  return isOff ? { on: [], off: [...looked, ...off] } : { on: looked, off };
}

export async function alerts(azure: ResourceManager, { group }: Installation): Promise<readonly Finding[]> {
  const [logRules, metricRules] = await Promise.all([
    azure.list(`${group}/providers/Microsoft.Insights/scheduledQueryRules`, '2023-12-01', rule),
    azure.list(`${group}/providers/Microsoft.Insights/metricAlerts`, '2018-03-01', rule),
  ]);
  const old = logRules.filter(
    ({ name }) => !OF_SEVERITY.test(name) && alertNames().some((alert) => name.endsWith(`-${alert}`)),
  );
  const there = [...logRules, ...metricRules].filter((each) => !old.includes(each)).map(alertsIn);
  const on = there.flatMap((each) => each.on);
  const off = there.flatMap((each) => each.off);
  const missing = alertNames().filter((alert) => !OPTIONAL.has(alert) && ![...on, ...off].includes(alert));
  return [
    missing.length === 0
      ? ok('alerts', `${on.length} alerts`)
      : fails('alerts', `missing: ${missing.join(', ')}`, REDEPLOY),
    ...(off.length === 0
      ? []
      : [warns('alerts', `switched off: ${off.join(', ')}`, 'disabledAlerts in the parameter file')]),
    ...(old.length === 0
      ? []
      : [
          warns(
            'alerts',
            `rules of an earlier release ring as well: ${old.map(({ name }) => name).join(', ')}`,
            'az monitor scheduled-query delete --name each of them',
          ),
        ]),
  ];
}
