import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { deployedSettingNames } from '../../dev/infra/app-settings.ts';
import { isForbiddenOnFlex } from '../../dev/infra/flex-consumption.ts';
import { manifestFile } from '../../dev/infra/manifest-file.ts';
import { settings } from '../../shared/config.ts';
import { tableNames } from '../../shared/kinds/catalog.ts';
import { builtInRoles, queueNames, queues, roleGrants } from '../../shared/manifest.ts';
import { appSettingNames, bicepFiles, declared, infraFile } from './bicep-text.ts';

describe('what the templates deploy', () => {
  it('is what the code has: node dev/run.mjs dev/infra/main.ts write', () => {
    expect(JSON.parse(infraFile('manifest.json'))).toEqual(JSON.parse(manifestFile()));
  });

  it('comes from the manifest: queues, tables, roles and names of settings', () => {
    const main = infraFile('main.bicep');
    expect(main).toContain("var manifest = loadJsonContent('manifest.json')");
    for (const part of ['queues', 'tables', 'roleGrants', 'functions', 'notifierSettings']) {
      expect(main).toContain(`manifest.${part}`);
    }
  });

  it('has every property of the queues', () => {
    const bicep = infraFile('modules/service-bus.bicep');
    const properties = Object.keys(queues[0] ?? {});
    expect(properties.length).toBeGreaterThan(6);
    expect(properties.filter((name) => !bicep.includes(`${name}: each.${name}`))).toEqual([]);
  });

  it('gives the app the settings that the code reads, each by identity, and nothing that it does not know', () => {
    expect([...appSettingNames(infraFile('modules/app.bicep'))].sort()).toEqual(deployedSettingNames());
  });

  it('sets nothing that Flex Consumption forbids', () => {
    const names = [...appSettingNames(infraFile('modules/app.bicep')), ...Object.keys(settings)];
    expect(names.filter(isForbiddenOnFlex)).toEqual([]);
    // What the local host needs is what the platform sets itself.
    expect(isForbiddenOnFlex('FUNCTIONS_WORKER_RUNTIME')).toBe(true);
  });

  it('has tables whose names Table Storage takes, each once', () => {
    expect(tableNames.filter((name) => !/^[A-Za-z][A-Za-z0-9]{2,62}$/.test(name))).toEqual([]);
    expect(new Set(tableNames.map((name) => name.toLowerCase())).size).toBe(tableNames.length);
  });
});

describe('who may do what', () => {
  const grants = roleGrants();
  const may = (to: string, queue: string) =>
    grants
      .filter((grant) => grant.to === to && grant.queue === queue && grant.option === undefined)
      .map(({ role }) => role);
  const receives = 'Azure Service Bus Data Receiver';
  const sends = 'Azure Service Bus Data Sender';

  it('the app takes from the queues that it has triggers for, and sends to all', () => {
    for (const queue of [queueNames.events, queueNames.deliveries, queueNames.jobs]) {
      expect([queue, ...may('app', queue)]).toEqual([queue, receives, sends]);
    }
    expect(may('app', queueNames.outcomes)).toEqual([sends]);
  });

  it('upstream services only send events, and only read outcomes', () => {
    const of = (to: string) =>
      grants.filter((grant) => grant.to === to).map(({ role, queue }) => [role, queue]);
    expect(of('publishers')).toEqual([[sends, queueNames.events]]);
    expect(of('outcomeReaders')).toEqual([[receives, queueNames.outcomes]]);
  });

  it('nobody may alter a queue, unless scaling by queue length is asked for', () => {
    const owners = grants.filter(({ role }) => role.endsWith('Service Bus Data Owner'));
    expect(owners.length).toBe(3);
    expect(owners.every(({ option }) => option === 'scaleByQueueLength')).toBe(true);
  });

  it('is said once, with a role that exists, on a queue that exists', () => {
    const names = queues.map(({ name }) => name);
    const keys = grants.map(({ to, role, on, queue }) => `${to} ${role} ${on} ${queue}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(grants.filter(({ on, queue }) => (on === 'queue') !== names.includes(queue ?? ''))).toEqual([]);
    for (const id of Object.values(builtInRoles))
      expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });
});

describe('parameters', () => {
  const files = readdirSync('infra').filter((name) => name.endsWith('.bicepparam'));

  it('of dev and prod are parameters of their templates', () => {
    expect(files).toEqual([
      'dev.bicepparam',
      'identity.dev.bicepparam',
      'identity.prod.bicepparam',
      'prod.bicepparam',
    ]);
    for (const file of files) {
      const [, of = ''] = /^using '([\w.]+)'$/m.exec(infraFile(file)) ?? [];
      const there = declared('param', infraFile(of));
      const given = declared('param', infraFile(file));
      expect([file, given.filter((name) => !there.includes(name))]).toEqual([file, []]);
    }
  });

  it('of azd are parameters of its template', () => {
    const { parameters } = JSON.parse(infraFile('azd/main.parameters.json')) as { parameters: object };
    expect(Object.keys(parameters)).toEqual(declared('param', infraFile('azd/main.bicep')));
  });

  it.each(['main.bicep', 'identity.bicep', 'once.bicep', 'azd/main.bicep'])(
    'of %s are each described',
    (file) => {
      const text = infraFile(file);
      const bare = declared('param', text).filter(
        (name) => !new RegExp(`@description\\([^\\n]*\\)\\n(@[^\\n]*\\n)*param ${name} `).test(text),
      );
      expect(bare).toEqual([]);
    },
  );

  it('and outputs hold no secret, and nothing asks Azure for a key', () => {
    for (const file of bicepFiles) {
      const text = infraFile(file);
      const names = [...declared('param', text), ...declared('output', text)];
      const secret = names.filter((name) => /password|secret|key$|accountkey/i.test(name));
      expect([file, secret, /@secure\(\)|\blist[A-Z]\w*\(/.test(text)]).toEqual([file, [], false]);
    }
  });
});

describe('azd', () => {
  it('deploys infra/azd, and zips the folder that `npm run package` fills', () => {
    const { infra, services } = z
      .looseObject({
        infra: z.looseObject({ path: z.string(), module: z.string() }),
        services: z.looseObject({ notifier: z.looseObject({ dist: z.string(), hooks: z.unknown() }) }),
      })
      .parse(parse(readFileSync('azure.yaml', 'utf8')));
    expect(infraFile(`azd/${infra.module}.bicep`)).toContain("targetScope = 'subscription'");
    expect(infra.path).toBe('infra/azd');
    expect(services.notifier.dist).toBe('dist/package');
    expect(readFileSync('dev/package/main.ts', 'utf8')).toContain("join(root, 'dist', 'package')");
    expect(JSON.stringify(services.notifier.hooks)).toContain('npm run package');
    // The tag by which azd, the workflow and the doctor find the app.
    expect(infraFile('modules/app.bicep')).toContain("'azd-service-name': 'notifier'");
  });
});

describe('every service', () => {
  it('refuses keys and takes identities only', () => {
    for (const [file, line] of [
      ['types', 'allowSharedKeyAccess: false'],
      ['types', 'allowBlobPublicAccess: false'],
      ['types', "minimumTlsVersion: 'TLS1_2'"],
      ['host-storage', 'properties: accountProperties(publicNetworkAccess)'],
      ['data-storage', 'properties: accountProperties(publicNetworkAccess)'],
      ['service-bus', 'disableLocalAuth: true'],
      ['monitoring', 'DisableLocalAuth: true'],
      ['app', 'httpsOnly: true'],
      ['app', "ftpsState: 'Disabled'"],
      ['../identity', "msaAppType: 'UserAssignedMSI'"],
      ['../identity', "level: 'CanNotDelete'"],
    ]) {
      expect(infraFile(`modules/${file}.bicep`)).toContain(line);
    }
  });
});
