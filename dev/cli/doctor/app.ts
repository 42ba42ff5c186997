import { z } from 'zod';
import { settings as known } from '../../../shared/config.ts';
import { deployedSettingNames } from '../../infra/app-settings.ts';
import { isForbiddenOnFlex } from '../../infra/flex-consumption.ts';
import type { ResourceManager } from './az.ts';
import { compared, type Finding, fails, ok, warns } from './finding.ts';
import type { Installation } from './installation.ts';

const REDEPLOY = 'deploy the templates again';
const STOP = /^AzureWebJobs\.(\w+)\.Disabled$/;

/** The app runs, has the settings that the code reads and no others, and nothing of it is switched off. */
export function app({ site, settings }: Installation): readonly Finding[] {
  const { state } = site.properties;
  const names = Object.keys(settings);
  const stopped = names.flatMap((name) => {
    const [, stop] = STOP.exec(name) ?? [];
    return stop !== undefined && settings[name]?.toLowerCase() === 'true' ? [stop] : [];
  });
  const strange = names.filter((name) => /^NOTIFIER_/.test(name) && !(name in known));
  const forbidden = names.filter(isForbiddenOnFlex);
  return [
    state === 'Running' ? ok('app', 'runs') : fails('app', `is ${state}`, 'az functionapp start'),
    compared(
      'settings',
      { found: names, needed: deployedSettingNames() },
      { whole: `${names.length} settings`, missing: 'missing', remedy: REDEPLOY },
    ),
    ...(strange.length === 0
      ? []
      : [fails('settings', `unknown: ${strange.join(', ')}`, 'take them out of notifierSettings')]),
    ...(forbidden.length === 0
      ? []
      : [fails('settings', `forbidden on Flex Consumption: ${forbidden.join(', ')}`, 'remove them')]),
    ...(stopped.length === 0
      ? []
      : [
          warns(
            'functions',
            `switched off: ${stopped.join(', ')}`,
            'docs/operations.md, "Disable a function"',
          ),
        ]),
  ];
}

const botService = z.looseObject({
  name: z.string(),
  location: z.string(),
  properties: z.looseObject({ endpoint: z.string().nullish(), msaAppId: z.string().nullish() }),
});

/** The bot that Teams knows speaks to this app, by this identity. */
export async function bot(azure: ResourceManager, installation: Installation): Promise<readonly Finding[]> {
  const { bot: identity, site } = installation;
  const check = 'bot';
  if (identity === undefined) {
    return [
      fails(
        check,
        'the app runs without the identity that MicrosoftAppId names',
        'deploy infra/identity.bicep, then the templates',
      ),
    ];
  }
  const group = identity.id.split('/providers/')[0] ?? '';
  const bots = await azure.list(
    `${group}/providers/Microsoft.BotService/botServices`,
    '2022-09-15',
    botService,
  );
  const own = bots.find(({ properties }) => properties.msaAppId === identity.clientId);
  if (own === undefined)
    return [fails(check, 'no bot has this identity', 'deploy infra/identity.bicep with appHost')];
  const endpoint = `https://${site.properties.defaultHostName}/api/messages`;
  return [
    own.properties.endpoint === endpoint
      ? ok(check, `${own.name} (${own.location}) speaks to this app`)
      : fails(check, `speaks to ${own.properties.endpoint ?? 'nobody'}`, `its endpoint must be ${endpoint}`),
    ...(group.toLowerCase() === installation.group.toLowerCase()
      ? [
          warns(
            'identity',
            "lies in the app's own resource group, and goes with it",
            'docs/operations.md, "Another region"',
          ),
        ]
      : [ok('identity', 'has a resource group of its own')]),
  ];
}

const health = z.looseObject({
  status: z.string(),
  version: z.string().optional(),
  parts: z.record(z.string(), z.string()).optional(),
});

/** How the app answers from outside: health with the version, and nothing without a token. */
export async function answers(
  { site }: Installation,
  ask: typeof fetch,
  expected: string | undefined,
): Promise<readonly Finding[]> {
  const host = `https://${site.properties.defaultHostName}/api`;
  const [well, closed] = await Promise.all([
    ask(`${host}/health`),
    ask(`${host}/messages`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }),
  ]);
  return [
    ...healthFindings(well.status, health.safeParse(await well.json().catch(() => undefined)).data, expected),
    closed.status === 401 || closed.status === 400
      ? ok('token', 'a request without one is refused')
      : fails(
          'token',
          `POST /api/messages without a token is answered ${closed.status}`,
          'stop the app, and look at its settings',
        ),
  ];
}

function healthFindings(
  status: number,
  found: z.infer<typeof health> | undefined,
  expected: string | undefined,
): readonly Finding[] {
  if (found === undefined)
    return [fails('health', `GET /api/health is answered ${status}`, 'deploy the package')];
  const failing = Object.entries(found.parts ?? {}).filter(([, state]) => state !== 'ok');
  const { version = '(none: an older build)' } = found;
  return [
    status === 200
      ? ok('health', 'tables and queue answer')
      : fails(
          'health',
          `failing: ${failing.map(([part]) => part).join(', ')}`,
          `GET /api/health names what is wrong`,
        ),
    expected === undefined || expected === version
      ? ok('version', version)
      : fails('version', `${version} runs, and ${expected} is expected`, 'deploy the package again'),
  ];
}
