import { type Az, AzRefused } from '../../../dev/cli/doctor/az.ts';
import { alertNames } from '../../../dev/infra/alert-names.ts';
import { deployedSettingNames } from '../../../dev/infra/app-settings.ts';
import { tableNames } from '../../../shared/kinds/catalog.ts';
import { builtInRoles, queues, roleGrants } from '../../../shared/manifest.ts';

export const SUBSCRIPTION = '00000000-0000-0000-0000-000000000001';
export const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/notifier-prod`;
const IDENTITIES = `/subscriptions/${SUBSCRIPTION}/resourceGroups/notifier-prod-identity`;
const HOST = 'notifier-prod-abc.azurewebsites.net';

const appIdentity = `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/notifier-prod-app`;
const botIdentity = `${IDENTITIES}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/notifier-prod-bot`;
const identityOf = (clientId: string, principalId: string) => ({
  location: 'westeurope',
  properties: { clientId, principalId, tenantId: SUBSCRIPTION },
});

const known: { readonly [name: string]: string } = {
  AZURE_CLIENT_ID: 'client-of-app',
  MicrosoftAppId: 'client-of-bot',
  AzureWebJobsStorage__accountName: 'notifierh',
  TablesConnection__tableServiceUri: 'https://notifierd.table.core.windows.net/',
  ServiceBusConnection__fullyQualifiedNamespace: 'notifier-prod-abc.servicebus.windows.net',
};

const scopes = {
  hostStorage: `${GROUP}/providers/Microsoft.Storage/storageAccounts/notifierh`,
  dataStorage: `${GROUP}/providers/Microsoft.Storage/storageAccounts/notifierd`,
  applicationInsights: `${GROUP}/providers/Microsoft.Insights/components/notifier-prod-insights`,
} as const;
const namespace = `${GROUP}/providers/Microsoft.ServiceBus/namespaces/notifier-prod-abc`;

const metricAlerts = ['dead-letters', 'backlog', 'not-healthy'];
const logAlerts = alertNames().filter((name) => !metricAlerts.includes(name));
/** The query of a rule that looks for these. */
const legs = (names: readonly string[]) =>
  `union isfuzzy=true\n${names.map((name) => `(\nAppTraces\n| project alert = "${name}", means = "x"\n)`).join(',\n')}`;

type Answers = { [request: string]: unknown };

/**
 * What Azure Resource Manager answers of a good installation, in the shapes of its REST reference, by method and path. A test
 * changes what it is about.
 */
export function goodAnswers(): Answers {
  const settings = Object.fromEntries(deployedSettingNames().map((name) => [name, known[name] ?? 'x']));
  const site = {
    id: `${GROUP}/providers/Microsoft.Web/sites/notifier-prod-abc`,
    name: 'notifier-prod-abc',
    type: 'Microsoft.Web/sites',
    kind: 'functionapp,linux',
    location: 'West Europe',
    tags: { 'azd-service-name': 'notifier' },
    identity: { type: 'UserAssigned', userAssignedIdentities: { [appIdentity]: {}, [botIdentity]: {} } },
    properties: { state: 'Running', defaultHostName: HOST, enabled: true },
  };
  const granted = roleGrants().filter(({ to, option }) => to === 'app' && option === undefined);
  const data = scopes.dataStorage;
  return {
    [`get ${GROUP}/providers/Microsoft.Web/sites`]: { value: [site], nextLink: null },
    [`post ${site.id}/config/appsettings/list`]: { name: 'appsettings', properties: settings },
    [`get ${appIdentity}`]: identityOf('client-of-app', 'principal-of-app'),
    [`get ${botIdentity}`]: identityOf('client-of-bot', 'principal-of-bot'),
    [`get ${IDENTITIES}/providers/Microsoft.BotService/botServices`]: {
      value: [
        {
          name: 'notifier-prod-xyz',
          location: 'global',
          properties: { endpoint: `https://${HOST}/api/messages`, msaAppId: 'client-of-bot' },
        },
      ],
    },
    [`get /subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleAssignments`]: {
      value: granted.map(({ role, on, queue }) => ({
        properties: {
          roleDefinitionId: `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${builtInRoles[role]}`,
          principalId: 'principal-of-app',
          scope: on === 'queue' ? `${namespace}/queues/${queue}` : scopes[on],
        },
      })),
    },
    [`get ${namespace}`]: { name: 'notifier-prod-abc', sku: { name: 'Standard', tier: 'Standard' } },
    [`get ${namespace}/queues`]: {
      value: queues.map(({ name, ...properties }) => ({
        name,
        properties: { ...properties, countDetails: { activeMessageCount: 0, deadLetterMessageCount: 0 } },
      })),
    },
    // Two pages.
    [`get ${data}/tableServices/default/tables`]: {
      value: tableNames.slice(0, 2).map((name) => ({ name, properties: { tableName: name } })),
      nextLink: 'https://management.azure.com/next?api-version=2023-05-01',
    },
    'get https://management.azure.com/next': { value: tableNames.slice(2).map((name) => ({ name })) },
    [`get ${data}/providers/Microsoft.Authorization/locks`]: { value: [{ name: 'people-are-known-here' }] },
    [`get ${botIdentity}/providers/Microsoft.Authorization/locks`]: { value: [{ name: 'kept' }] },
    [`get ${GROUP}/providers/Microsoft.Insights/scheduledQueryRules`]: {
      value: [
        {
          name: 'notifier-prod-severity-1',
          properties: { enabled: true, criteria: { allOf: [{ query: legs(logAlerts) }] } },
        },
      ],
    },
    [`get ${GROUP}/providers/Microsoft.Insights/metricAlerts`]: {
      value: metricAlerts.map((name) => ({ name: `notifier-prod-${name}`, properties: { enabled: true } })),
    },
  };
}

/** `az rest` over such answers; what is not among them is refused as Azure refuses it. */
export function azOver(answers: Answers): Az {
  return async (args) => {
    const [command, , method, , url = ''] = args;
    if (command !== 'rest') throw new Error(`az ${args.join(' ')} was not expected`);
    const answer = answers[`${method} ${url.split('?')[0]}`];
    if (answer === undefined) throw new AzRefused(`(AuthorizationFailed) the client has no right to ${url}`);
    return answer;
  };
}

/** The deployed app: `GET /api/health`, and what a stranger gets at `/api/messages`. */
export function appThat(
  health: { readonly status: number; readonly body: object },
  closed = 401,
): typeof fetch {
  return async (input) => {
    const { pathname, host } = new URL(String(input));
    if (host !== HOST) throw new TypeError('fetch failed');
    return pathname === '/api/health'
      ? Response.json(health.body, { status: health.status })
      : new Response(null, { status: closed });
  };
}

export const well = {
  status: 200,
  body: { status: 'ok', parts: { tables: 'ok', queue: 'ok' }, version: '1.0.0' },
};
