import { TrustedServiceUrls } from './domain/conversation/trusted-service-urls.ts';
import { parseRateLimits, type RateLimit } from './domain/delivery/pace.ts';
import { type Duration, days, minutes } from './domain/time.ts';

/** How a data service of Azure is reached: by a connection string (local) or by identity (deployed). */
export type ServiceAddress =
  | { readonly kind: 'connectionString'; readonly value: string }
  | { readonly kind: 'identity'; readonly endpoint: string; readonly clientId?: string };

export interface BotIdentity {
  /** Absent only in the local stack, where no token is asked for. */
  readonly appId?: string;
  readonly appType: 'UserAssignedMSI' | 'SingleTenant' | 'MultiTenant';
  readonly tenantId?: string;
  readonly password?: string;
}

export interface Config {
  readonly environment: 'local' | 'deployed';
  readonly bot: BotIdentity;
  readonly tables: ServiceAddress;
  readonly serviceBus: ServiceAddress;
  /** Requests per second to one tenant, all requests together. */
  readonly requestsPerSecond: number;
  readonly threadLimits: readonly RateLimit[];
  readonly trustedServiceUrls: TrustedServiceUrls;
  readonly defaultTimeZone: string;
  readonly dialogIdle: Duration;
  readonly burst: RateLimit;
  /** How long a request to a channel may take before its result counts as unknown. */
  readonly sendTimeout: Duration;
  /** How long a worker's claim on a delivery holds. Longer than the send timeout, so that a live worker is never overtaken. */
  readonly claimLease: Duration;
  /** How long notifications, their deliveries and what is parked are kept. */
  readonly retention: Duration;
}

/** Thrown once, with every bad key: the local stack does not start, a deployed app only says so (`functions/settings.ts`). */
export class InvalidSettings extends Error {
  readonly code = 'invalid-settings';
  readonly faults: readonly SettingFault[];

  constructor(faults: readonly SettingFault[]) {
    super(
      `${['The settings cannot be used:', ...faults.map(({ key, message }) => `  ${key}: ${message}`)].join(
        '\n',
      )}\nlocal.settings.sample.json names every setting.`,
    );
    this.name = 'InvalidSettings';
    this.faults = faults;
  }
}

export interface SettingFault {
  readonly key: string;
  readonly message: string;
}

type Environment = { readonly [key: string]: string | undefined };

/** What one setting is for, in one line, with an example. The names of the settings exist only here. */
export const settings = {
  AzureWebJobsStorage:
    'Storage of the functions host; by identity: AzureWebJobsStorage__accountName, __credential, __clientId.',
  ServiceBusConnection:
    'Service Bus; by identity: ServiceBusConnection__fullyQualifiedNamespace, __credential, __clientId.',
  TablesConnection: 'Table Storage; by identity: TablesConnection__tableServiceUri.',
  APPLICATIONINSIGHTS_CONNECTION_STRING: 'Where the functions host sends its telemetry.',
  AZURE_CLIENT_ID: 'Client id of the user-assigned identity that reaches storage and Service Bus.',
  MicrosoftAppId: "The bot's app id. Empty only in the local stack.",
  MicrosoftAppType: 'UserAssignedMSI (default), SingleTenant or MultiTenant.',
  MicrosoftAppTenantId: "The bot's tenant; required unless MultiTenant.",
  MicrosoftAppPassword: 'Only for a single-tenant development bot.',
  NOTIFIER_REQUESTS_PER_SECOND: 'Requests per second to one tenant, e.g. 50.',
  NOTIFIER_THREAD_LIMITS: 'Limits on one conversation, e.g. 7/1s,8/2s,60/30s,1800/3600s.',
  NOTIFIER_TRUSTED_SERVICE_URLS: 'Hosts to which a token and a message may be sent, parted by commas.',
  NOTIFIER_DEFAULT_TIME_ZONE: 'IANA zone of people whose zone is unknown, e.g. UTC.',
  NOTIFIER_DIALOG_IDLE_MINUTES: 'After so many minutes of silence a dialog holds nothing back, e.g. 15.',
  NOTIFIER_BURST: 'Messages per conversation beyond which the rest becomes a digest, e.g. 3/60s.',
  NOTIFIER_SEND_TIMEOUT: 'How long a request to a channel may take, e.g. 15s.',
  NOTIFIER_RETENTION_DAYS: 'For so many days notifications, deliveries and what is parked are kept, e.g. 30.',
  NOTIFIER_CLAIM_LEASE: 'How long a claim on a delivery holds, e.g. 60s; longer than the send timeout.',
} as const;

type SettingName = keyof typeof settings;

/** Azure names each instance; whatever else is set, an app that runs there is not the local stack. */
export function isLocalStack(env: Environment): boolean {
  return env.AZURE_FUNCTIONS_ENVIRONMENT === 'Development' && env.WEBSITE_INSTANCE_ID === undefined;
}

/** Reads the environment, once, and throws `InvalidSettings` naming every bad key and its cure. */
export function loadConfig(env: Environment): Config {
  const faults: SettingFault[] = [];
  const text = (key: SettingName | `${SettingName}__${string}`): string | undefined => {
    const value = env[key]?.trim();
    return value === '' ? undefined : value;
  };
  /** A value by its reader, or its default; a value that the reader refuses is a fault. */
  const read = <T>(
    key: SettingName,
    fallback: T,
    reader: (value: string) => T | undefined,
    rule: string,
  ): T => {
    const value = text(key);
    if (value === undefined) return fallback;
    const result = reader(value);
    if (result === undefined) faults.push({ key, message: `is "${value}" and must be ${rule}` });
    return result ?? fallback;
  };

  const local = isLocalStack(env);
  const sendTimeout = read(
    'NOTIFIER_SEND_TIMEOUT',
    15_000,
    parseDuration,
    'a duration with its unit such as 15s',
  );
  const config: Config = {
    environment: local ? 'local' : 'deployed',
    bot: botIdentity(text, local, faults),
    tables: address(text, 'TablesConnection', 'tableServiceUri', faults),
    serviceBus: address(text, 'ServiceBusConnection', 'fullyQualifiedNamespace', faults),
    requestsPerSecond: read(
      'NOTIFIER_REQUESTS_PER_SECOND',
      50,
      positiveNumber,
      'a number above 0 such as 50',
    ),
    threadLimits: read(
      'NOTIFIER_THREAD_LIMITS',
      parseRateLimits('7/1s,8/2s,60/30s,1800/3600s') ?? [],
      parseRateLimits,
      'limits such as 7/1s,8/2s,60/30s,1800/3600s',
    ),
    trustedServiceUrls: trustedServiceUrls(text('NOTIFIER_TRUSTED_SERVICE_URLS'), local, faults),
    defaultTimeZone: read(
      'NOTIFIER_DEFAULT_TIME_ZONE',
      'UTC',
      timeZone,
      'an IANA time zone such as Europe/Berlin',
    ),
    dialogIdle: read(
      'NOTIFIER_DIALOG_IDLE_MINUTES',
      minutes(15),
      (value) => {
        const count = positiveNumber(value);
        return count === undefined ? undefined : minutes(count);
      },
      'a number of minutes such as 15',
    ),
    burst: read('NOTIFIER_BURST', { count: 3, window: minutes(1) }, oneLimit, 'one limit such as 3/60s'),
    sendTimeout,
    retention: read(
      'NOTIFIER_RETENTION_DAYS',
      days(30),
      (value) => {
        const count = positiveNumber(value);
        return count === undefined ? undefined : days(count);
      },
      'a number of days such as 30',
    ),
    claimLease: read('NOTIFIER_CLAIM_LEASE', 60_000, parseDuration, 'a duration with its unit such as 60s'),
  };
  if (config.claimLease <= config.sendTimeout) {
    faults.push({ key: 'NOTIFIER_CLAIM_LEASE', message: 'must be longer than NOTIFIER_SEND_TIMEOUT' });
  }
  if (faults.length > 0) throw new InvalidSettings(faults);
  return config;
}

type ReadText = (key: SettingName | `${SettingName}__${string}`) => string | undefined;

function botIdentity(text: ReadText, local: boolean, faults: SettingFault[]): BotIdentity {
  const appId = text('MicrosoftAppId');
  const tenantId = text('MicrosoftAppTenantId');
  const password = text('MicrosoftAppPassword');
  const appType = text('MicrosoftAppType') ?? 'UserAssignedMSI';
  if (appType !== 'UserAssignedMSI' && appType !== 'SingleTenant' && appType !== 'MultiTenant') {
    faults.push({
      key: 'MicrosoftAppType',
      message: `is "${appType}" and must be UserAssignedMSI, SingleTenant or MultiTenant`,
    });
    return { appType: 'UserAssignedMSI' };
  }
  if (appId === undefined && !local) {
    // Without an app id Bot Framework checks no token at all: anybody could speak as anyone.
    faults.push({ key: 'MicrosoftAppId', message: 'is missing; only the local stack runs without it' });
  }
  if (appId !== undefined && appType !== 'MultiTenant' && tenantId === undefined) {
    faults.push({ key: 'MicrosoftAppTenantId', message: `is missing; ${appType} needs the bot's tenant id` });
  }
  if (appId !== undefined && appType !== 'UserAssignedMSI' && password === undefined) {
    faults.push({
      key: 'MicrosoftAppPassword',
      message: `is missing; ${appType} needs it, UserAssignedMSI does not`,
    });
  }
  return {
    appType,
    ...(appId === undefined ? {} : { appId }),
    ...(tenantId === undefined ? {} : { tenantId }),
    ...(password === undefined ? {} : { password }),
  };
}

function address(
  text: ReadText,
  key: 'TablesConnection' | 'ServiceBusConnection',
  endpointSuffix: string,
  faults: SettingFault[],
): ServiceAddress {
  const value = text(key);
  if (value !== undefined) return { kind: 'connectionString', value };
  const endpoint = text(`${key}__${endpointSuffix}`);
  if (endpoint === undefined) {
    faults.push({
      key,
      message: `is missing; set it to a connection string, or set ${key}__${endpointSuffix}`,
    });
  }
  const clientId = text(`${key}__clientId`) ?? text('AZURE_CLIENT_ID');
  return { kind: 'identity', endpoint: endpoint ?? '', ...(clientId === undefined ? {} : { clientId }) };
}

function trustedServiceUrls(
  value: string | undefined,
  local: boolean,
  faults: SettingFault[],
): TrustedServiceUrls {
  const trusted = TrustedServiceUrls.parse(value, { loopback: local });
  if (trusted.ok) return trusted.value;
  for (const fault of trusted.faults)
    faults.push({ key: 'NOTIFIER_TRUSTED_SERVICE_URLS', message: fault.message });
  return TrustedServiceUrls.none;
}

function parseDuration(value: string): Duration | undefined {
  const limit = /^\d+(ms|s|m|h)$/.test(value) ? parseRateLimits(`1/${value}`)?.[0] : undefined;
  return limit?.window;
}

function oneLimit(value: string): RateLimit | undefined {
  const limits = parseRateLimits(value);
  return limits?.length === 1 ? limits[0] : undefined;
}

function positiveNumber(value: string): number | undefined {
  const number = Number(value);
  return Number.isFinite(number) && number > 0 ? number : undefined;
}

function timeZone(value: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone;
  } catch {
    // Not a zone: the caller names the key and the rule.
    return undefined;
  }
}
