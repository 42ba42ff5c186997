import { describe, expect, it } from 'vitest';
import { deployedSettingNames } from '../../dev/infra/app-settings.ts';
import { deployedFaults, identityFaults } from '../../dev/infra/deployed-resources.ts';
import { tableNames } from '../../shared/kinds/catalog.ts';
import { builtInRoles, consoleSettings, queues, roleGrants } from '../../shared/manifest.ts';

type Resource = {
  type: string;
  name: string;
  sku?: { name: string };
  properties: { [name: string]: unknown };
};

const tables = 'Microsoft.Storage/storageAccounts/tableServices/tables';

/** What a good template deploys, with the changes of a test. */
function deployed(change: (resources: Resource[]) => Resource[] = (same) => same): string {
  const resources: Resource[] = [
    { type: 'Microsoft.ServiceBus/namespaces', name: 'namespace', sku: { name: 'Standard' }, properties: {} },
    ...queues.map(({ name, ...properties }) => ({
      type: 'Microsoft.ServiceBus/namespaces/queues',
      name: `namespace/${name}`,
      properties: { ...properties, enablePartitioning: false },
    })),
    ...tableNames.map((name) => ({ type: tables, name: `account/default/${name}`, properties: {} })),
    {
      type: 'Microsoft.Web/sites',
      name: 'app',
      properties: {
        siteConfig: { appSettings: deployedSettingNames().map((name) => ({ name, value: 'x' })) },
      },
    },
    ...roleGrants()
      .filter(({ to, option }) => to === 'app' && option === undefined)
      .map(({ role, why }, index) => ({
        type: 'Microsoft.Authorization/roleAssignments',
        name: `role-${index}`,
        properties: { roleDefinitionId: `/providers/x/${builtInRoles[role]}`, description: why },
      })),
    {
      type: 'Microsoft.Storage/storageAccounts',
      name: 'account',
      properties: { allowSharedKeyAccess: false },
    },
  ];
  return JSON.stringify({ predictedResources: change(resources) });
}

const without = (part: string) => deployed((all) => all.filter(({ name }) => !name.endsWith(part)));
const changed = (part: string, properties: object) =>
  deployed((all) =>
    all.map((each) =>
      each.name.endsWith(part) ? { ...each, properties: { ...each.properties, ...properties } } : each,
    ),
  );
const withSettings = (...names: readonly string[]) =>
  changed('app', {
    siteConfig: { appSettings: [...deployedSettingNames(), ...names].map((name) => ({ name, value: 'x' })) },
  });

const [proof = ''] = Object.keys(consoleSettings);
const aSignIn = {
  platform: { enabled: true },
  globalValidation: {
    requireAuthentication: false,
    unauthenticatedClientAction: 'AllowAnonymous',
    excludedPaths: ['/api/messages'],
  },
  identityProviders: {
    azureActiveDirectory: { registration: { clientId: 'x', clientSecretSettingName: proof } },
  },
};
/** With the console on, and people signing in to it by these settings. */
const withConsole = (signIn: Resource['properties'] | undefined, settings = [proof]) =>
  deployed((all) => [
    ...all.map((each) =>
      each.name === 'app'
        ? {
            ...each,
            properties: {
              siteConfig: {
                appSettings: [
                  ...[...deployedSettingNames(), ...settings].map((name) => ({ name, value: 'x' })),
                  { name: 'NOTIFIER_CONSOLE', value: 'on' },
                ],
              },
            },
          }
        : each,
    ),
    ...(signIn === undefined
      ? []
      : [{ type: 'Microsoft.Web/sites/config', name: 'app/authsettingsV2', properties: signIn }]),
  ]);

describe('the console of an app', () => {
  const validation = (change: object) => ({
    ...aSignIn,
    globalValidation: { ...aSignIn.globalValidation, ...change },
  });

  it('is on where people sign in, by the identity of the app, and everything else stays open', () => {
    expect(deployedFaults(withConsole(aSignIn))).toEqual([]);
  });

  it.each([
    ['nobody can sign in', withConsole(undefined), /on without a sign-in/],
    [
      'callers of everything else have to sign in',
      withConsole(validation({ requireAuthentication: true })),
      /requireAuth/,
    ],
    [
      'callers are turned away',
      withConsole(validation({ unauthenticatedClientAction: 'Return401' })),
      /unauthenticated/,
    ],
    ['the Connector is looked at', withConsole(validation({ excludedPaths: [] })), /excludedPaths/],
    [
      'more than that is left out',
      withConsole(validation({ excludedPaths: ['/api/messages', '/api'] })),
      /excludedPaths/,
    ],
    ['the sign-in is off', withConsole({ ...aSignIn, platform: { enabled: false } }), /platform.enabled/],
    [
      'the sign-in has a secret',
      withConsole({
        ...aSignIn,
        identityProviders: {
          azureActiveDirectory: { registration: { clientId: 'x', clientSecretSettingName: 'SECRET' } },
        },
      }),
      /clientSecretSettingName/,
    ],
    [
      'the proof of the sign-in is missing',
      withConsole(aSignIn, []),
      /OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID is not/,
    ],
  ])('is refused when %s', (_fault, snapshot, message) => {
    expect(deployedFaults(snapshot).join()).toMatch(message);
  });
});

describe('what a parameter file would deploy', () => {
  it('is good when it is what the code needs', () => {
    expect(deployedFaults(deployed())).toEqual([]);
    expect(deployedFaults(withSettings('NOTIFIER_BURST'))).toEqual([]);
  });

  it('is good with queues that look for no duplicates where Service Bus is Basic, and nowhere else', () => {
    const blind = (sku: string) =>
      deployed((all) =>
        all.map((each) => {
          if (each.type.endsWith('/namespaces')) return { ...each, sku: { name: sku } };
          if (!each.type.endsWith('/queues')) return each;
          const { duplicateDetectionHistoryTimeWindow: _window, ...properties } = each.properties;
          return { ...each, properties: { ...properties, requiresDuplicateDetection: false } };
        }),
      );
    expect(deployedFaults(blind('Basic'))).toEqual([]);
    expect(deployedFaults(blind('Standard'))).toContain(
      'queue jobs: requiresDuplicateDetection is false and must be true',
    );
  });

  it.each([
    ['a queue is missing', without('/jobs'), /^queue jobs is not deployed$/],
    [
      'a lock is shorter than the code thinks',
      changed('/deliveries', { lockDuration: 'PT5S' }),
      /^queue deliveries: lockDuration is "PT5S" and must be PT1M$/,
    ],
    ['a table is missing', without('/due'), /^table due is not deployed$/],
    [
      'a table is left over',
      deployed((all) => [...all, { type: tables, name: 'account/default/old', properties: {} }]),
      /^table old is deployed and not needed$/,
    ],
    [
      'the platform forbids a setting',
      withSettings('WEBSITE_TIME_ZONE'),
      /WEBSITE_TIME_ZONE is deployed and not/,
    ],
    ['a setting is misspelt', withSettings('NOTIFIER_BRUST'), /^setting NOTIFIER_BRUST is none/],
    ['a role is missing', without('role-0'), /^role b7e6dc6d.* given 0 times, needed 1 times$/],
    [
      'storage takes keys',
      changed('account', { allowSharedKeyAccess: true }),
      /^storage account account takes/,
    ],
  ])('is refused when %s', (_fault, snapshot, message) => {
    expect(deployedFaults(snapshot)[0]).toMatch(message);
  });
});

describe('a parameter file of every day', () => {
  const rule = (windowSize: string, evaluationFrequency: string, ...spans: readonly string[]) => ({
    type: 'Microsoft.Insights/scheduledQueryRules',
    name: 'notifier-severity-2',
    properties: {
      windowSize,
      evaluationFrequency,
      criteria: {
        allOf: [{ query: spans.map((span) => `| where TimeGenerated > ago(${span})`).join('\n') }],
      },
    },
  });
  const lock = { type: 'Microsoft.Authorization/locks', name: 'keep', properties: {} };
  const deployedWith = (...more: readonly Resource[]) => deployed((all) => [...all, ...more]);

  it('is refused when an alert looks back no further than its last look', () => {
    expect(deployedFaults(deployedWith(rule('PT2H', 'PT15M', '30m', '2h')))).toEqual([]);
    expect(deployedFaults(deployedWith(rule('PT30M', 'PT15M', '30m', '15m')))).toEqual([
      'rule notifier-severity-2 looks back 15m every PT15M: it must be twice as far, and within PT30M',
    ]);
    expect(deployedFaults(deployedWith(rule('PT30M', 'PT15M', '1h')))[0]).toMatch(
      /looks back 1h every PT15M/,
    );
  });

  it('is refused when it sets a lock, which takes a right that no daily deployment has', () => {
    expect(deployedFaults(deployedWith(lock))[0]).toMatch(/^lock keep is in a template/);
  });

  it('may keep functions switched off', () => {
    expect(deployedFaults(withSettings('AzureWebJobs.deliveries.Disabled'))).toEqual([]);
  });

  it('is refused when the engine says that it did not see everything', () => {
    const diagnostics = [{ code: 'NestedDeploymentShortCircuited', message: 'app' }];
    const json = JSON.stringify({ ...JSON.parse(deployed()), diagnostics });
    expect(deployedFaults(json)).toEqual(['the plan is not whole: NestedDeploymentShortCircuited app']);
  });

  it('of the identity is refused without its lock', () => {
    const identity = {
      type: 'Microsoft.ManagedIdentity/userAssignedIdentities',
      name: 'notifier-bot',
      properties: {},
    };
    const found = (...predictedResources: readonly Resource[]) =>
      identityFaults(JSON.stringify({ predictedResources }));
    expect(found(identity, lock)).toEqual([]);
    expect(found(identity)).toEqual(['Microsoft.Authorization/locks is not deployed']);
  });
});
