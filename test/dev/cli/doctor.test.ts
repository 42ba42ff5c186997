import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { examine } from '../../../dev/cli/doctor/examine.ts';
import { alertNames } from '../../../dev/infra/alert-names.ts';
import { tableNames } from '../../../shared/kinds/catalog.ts';
import { builtInRoles } from '../../../shared/manifest.ts';
import { infraFile } from '../../infra/bicep-text.ts';
import { notifier } from './command-line.ts';
import { appThat, azOver, GROUP, goodAnswers, SUBSCRIPTION, well } from './doctor-azure.ts';

type Answers = ReturnType<typeof goodAnswers>;
type Found = { readonly value: readonly Entry[] };
type Entry = { readonly name?: string; readonly properties?: { readonly [name: string]: unknown } };

/** What the doctor says of a good installation with one change, but for what is well. */
async function complaints(
  change: (answers: Answers) => void = () => {},
  fetch = appThat(well),
  version = '1.0.0',
) {
  const answers = goodAnswers();
  change(answers);
  const findings = await examine({
    az: azOver(answers),
    fetch,
    subscription: SUBSCRIPTION,
    group: 'notifier-prod',
    version,
  });
  return findings
    .filter(({ state }) => state !== 'ok')
    .map(({ state, check, says }) => `${state} ${check}: ${says}`);
}

/** Changes one list of an answer. */
function edited(part: string, edit: (entries: readonly Entry[]) => readonly Entry[]) {
  return (answers: Answers) => {
    const key = Object.keys(answers).find((each) => each.endsWith(part)) ?? '';
    answers[key] = { value: edit((answers[key] as Found).value) };
  };
}

function setting(name: string, value: string | undefined) {
  return (answers: Answers) => {
    const key = Object.keys(answers).find((each) => each.endsWith('/appsettings/list')) ?? '';
    const { properties } = answers[key] as { properties: { [name: string]: string } };
    const { [name]: _old, ...rest } = properties;
    answers[key] = { properties: value === undefined ? rest : { ...rest, [name]: value } };
  };
}

const renamed = (name: string, more: object) => (entries: readonly Entry[]) =>
  entries.map((each) =>
    each.name?.endsWith(name) ? { ...each, properties: { ...each.properties, ...more } } : each,
  );

/** With another query in the rule that looks for every alert on logs. */
const queried = (edit: (query: string) => string) => (entries: readonly Entry[]) =>
  entries.map((each) => {
    const { criteria } = each.properties as { criteria: { allOf: [{ query: string }] } };
    const changed = { allOf: [{ query: edit(criteria.allOf[0].query) }] };
    return { ...each, properties: { ...each.properties, criteria: changed } };
  });

describe('the doctor', () => {
  it('has nothing to say of a good installation, and looks at each part of it', async () => {
    expect(await complaints()).toEqual([]);
    const findings = await examine({
      az: azOver(goodAnswers()),
      fetch: appThat(well),
      subscription: SUBSCRIPTION,
      group: 'notifier-prod',
      version: undefined,
    });
    expect(findings.map(({ check }) => check)).toEqual([
      'app',
      'settings',
      'bot',
      'identity',
      'roles of the app',
      'queues',
      'tables',
      'lock on the tables',
      "lock on the bot's identity",
      'alerts',
      'health',
      'version',
      'token',
    ]);
  });

  it.each<[string, (answers: Answers) => void, string]>([
    ['a setting is missing', setting('NODE_ENV', undefined), 'fails settings: missing: NODE_ENV'],
    ['a setting is misspelt', setting('NOTIFIER_BRUST', '5/60s'), 'fails settings: unknown: NOTIFIER_BRUST'],
    [
      'the platform forbids a setting',
      setting('WEBSITE_TIME_ZONE', 'UTC'),
      'fails settings: forbidden on Flex Consumption: WEBSITE_TIME_ZONE',
    ],
    [
      'a function is switched off',
      setting('AzureWebJobs.deliveries.Disabled', 'true'),
      'warns functions: switched off: deliveries',
    ],
    [
      'the app is stopped',
      edited('/Microsoft.Web/sites', (sites) =>
        sites.map((site) => ({ ...site, properties: { ...site.properties, state: 'Stopped' } })),
      ),
      'fails app: is Stopped',
    ],
    [
      'the bot speaks to another app',
      edited('/botServices', renamed('xyz', { endpoint: 'https://old/api/messages' })),
      'fails bot: speaks to https://old/api/messages',
    ],
    [
      'a role is missing',
      edited('/roleAssignments', (all) =>
        all.filter(
          ({ properties }) =>
            !String(properties?.roleDefinitionId).endsWith(builtInRoles['Monitoring Metrics Publisher']),
        ),
      ),
      'fails roles of the app: "Monitoring Metrics Publisher" on applicationInsights is missing',
    ],
    [
      'a role is on another queue',
      edited('/roleAssignments', (all) =>
        all.map((each) => {
          const scope = String(each.properties?.scope).replace('/queues/outcomes', '/queues/other');
          return { ...each, properties: { ...each.properties, scope } };
        }),
      ),
      'fails roles of the app: "Azure Service Bus Data Sender" on outcomes is missing',
    ],
    ['a queue is missing', edited('abc/queues', (all) => all.slice(1)), 'fails queues: missing: events'],
    [
      'a queue is not as the code needs it',
      edited('abc/queues', renamed('jobs', { lockDuration: 'PT5S' })),
      'fails queue jobs: lockDuration is "PT5S" and must be PT1M',
    ],
    [
      'a queue of Standard looks for no duplicates',
      edited('abc/queues', renamed('jobs', { requiresDuplicateDetection: false })),
      'fails queue jobs: requiresDuplicateDetection is false and must be true',
    ],
    [
      'messages lie dead',
      edited(
        'abc/queues',
        renamed('jobs', { countDetails: { activeMessageCount: 0, deadLetterMessageCount: 3 } }),
      ),
      'warns queue jobs: 3 dead letters',
    ],
    [
      'a table is missing',
      (answers) => {
        answers['get https://management.azure.com/next'] = { value: [] };
      },
      `fails tables: missing: ${tableNames.slice(2).join(', ')}`,
    ],
    [
      'the tables are not locked',
      edited('notifierd/providers/Microsoft.Authorization/locks', () => []),
      'warns lock on the tables: is missing',
    ],
    [
      'an alert is missing',
      edited(
        '/scheduledQueryRules',
        queried((query) => query.replace('alert = "parked"', 'alert = "other"')),
      ),
      'fails alerts: missing: parked',
    ],
    [
      'an alert of the metrics is missing',
      edited('/metricAlerts', (all) => all.filter(({ name }) => !name?.endsWith('-backlog'))),
      'fails alerts: missing: backlog',
    ],
    [
      'an alert is switched off',
      edited(
        '/scheduledQueryRules',
        queried((query) => `// off: parked\n${query.replace('alert = "parked"', 'alert = "other"')}`),
      ),
      'warns alerts: switched off: parked',
    ],
    [
      'an alert of the metrics is switched off',
      edited('/metricAlerts', renamed('-backlog', { enabled: false })),
      'warns alerts: switched off: backlog',
    ],
    [
      'rules of an earlier release are left',
      edited('/scheduledQueryRules', (all) => [
        ...all,
        { name: 'notifier-prod-parked', properties: { enabled: true } },
      ]),
      'warns alerts: rules of an earlier release ring as well: notifier-prod-parked',
    ],
  ])('sees that %s', async (_what, change, complaint) => {
    expect(await complaints(change)).toEqual([complaint]);
  });

  it('sees that the app answers badly: a part fails, another version runs, strangers are let in, nobody is there', async () => {
    const failing = {
      status: 503,
      body: { status: 'failing', parts: { tables: 'failing', queue: 'ok' }, version: '1.0.0' },
    };
    expect(await complaints(undefined, appThat(failing))).toEqual(['fails health: failing: tables']);
    expect(await complaints(undefined, appThat(well), '1.1.0')).toEqual([
      'fails version: 1.0.0 runs, and 1.1.0 is expected',
    ]);
    expect(await complaints(undefined, appThat(well, 200))).toEqual([
      'fails token: POST /api/messages without a token is answered 200',
    ]);
    const nobody: typeof fetch = () => Promise.reject(new TypeError('fetch failed'));
    expect(await complaints(undefined, nobody)).toEqual(['fails answers: the app does not answer at all']);
  });

  it('finds queues that look for no duplicates good where Service Bus is Basic', async () => {
    const found = await complaints((answers) => {
      for (const [key, answer] of Object.entries(answers))
        if (key.endsWith('namespaces/notifier-prod-abc'))
          answers[key] = { ...(answer as object), sku: { name: 'Basic' } };
      for (const name of ['deliveries', 'jobs', 'outcomes'])
        edited('abc/queues', renamed(name, { requiresDuplicateDetection: false }))(answers);
    });
    expect(found).toEqual([]);
  });

  it('goes on where a right is missing, and says which look it could not take', async () => {
    const found = await complaints((answers) => {
      for (const key of Object.keys(answers)) if (key.endsWith('/queues')) delete answers[key];
    });
    expect(found).toEqual([expect.stringMatching(/^unknown queues: \(AuthorizationFailed\)/)]);
  });

  it('says that the group has no notifier, or more than one', async () => {
    await expect(complaints(edited('/Microsoft.Web/sites', () => []))).rejects.toThrow(
      /has 0 apps with the tag/,
    );
    await expect(complaints(edited('/Microsoft.Web/sites', (all) => [...all, ...all]))).rejects.toThrow(
      /has 2 apps/,
    );
  });

  it('knows every alert of the templates, and reads rules as the templates write them', () => {
    const written = infraFile('modules/alerts.bicep');
    expect(written).toMatch(/name: '\$\{name\}-severity-\$\{/);
    expect(written).toMatch(/\| project alert = "\$\{each\.name\}", means/);
    expect(written).toMatch(/'\/\/ off: \$\{each\.name\}\\n'/);
    expect(alertNames()).toEqual(
      expect.arrayContaining(['parked', 'nobody-writes', 'backlog', 'not-healthy']),
    );
    expect(new Set(alertNames()).size).toBe(alertNames().length);
  });
});

describe('notifier doctor', () => {
  it('runs the Azure CLI that is on the PATH, and says what it says', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'notifier-az-'));
    try {
      const script = '#!/bin/sh\necho "ERROR: Please run \'az login\' to setup account." >&2\nexit 1\n';
      await writeFile(join(folder, 'az'), script);
      await chmod(join(folder, 'az'), 0o755);
      const env = { PATH: `${folder}:/usr/bin:/bin` };
      const ran = await notifier(['doctor', '--resource-group', 'notifier-prod'], { env });
      expect([ran.status, ran.err]).toEqual([
        1,
        "notifier doctor: Please run 'az login' to setup account.\n",
      ]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('says where there is no Azure CLI, and no group', async () => {
    const without = await notifier(['doctor', '--resource-group', 'x', '--subscription', GROUP], {
      env: { PATH: '/nowhere' },
    });
    expect(without.err).toMatch(/the Azure CLI is not on the PATH; install it/);
    expect((await notifier(['doctor'])).status).toBe(2);
  });
});
