import { type IsPublicSuffix, TrustedServiceUrls } from './domain/conversation/trusted-service-urls.ts';
import { faultOfLease } from './domain/delivery/claim-span.ts';
import { parseRateLimits, type RateLimit } from './domain/delivery/pace.ts';
import { hostedAt } from './domain/hosted-at.ts';
import { parseVouching, type Vouching } from './domain/identity/vouching.ts';
import { type Duration, days, hours, milliseconds, minutes, seconds } from './domain/time.ts';
import { type HookSettings, hookSettings, only } from './hook-settings.ts';

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

export interface Config extends HookSettings {
  readonly environment: 'local' | 'deployed';
  /** Where the app answers, `https://<host>`, as the platform tells it; absent where it does not. */
  readonly origin?: string;
  readonly bot: BotIdentity;
  readonly tables: ServiceAddress;
  readonly serviceBus: ServiceAddress;
  /** Requests per second to one tenant, all requests together. */
  readonly requestsPerSecond: number;
  readonly threadLimits: readonly RateLimit[];
  readonly trustedServiceUrls: TrustedServiceUrls;
  readonly vouching: Vouching;
  readonly defaultTimeZone: string;
  readonly dialogIdle: Duration;
  readonly burst: RateLimit;
  /** How long a request to a channel may take before its result counts as unknown. */
  readonly sendTimeout: Duration;
  /** How long a worker's claim on a delivery holds. Longer than all requests under it, so that a live worker is never overtaken. */
  readonly claimLease: Duration;
  /** How long notifications, their deliveries and what is parked are kept. */
  readonly retention: Duration;
  /** People who are gone for so long are forgotten; absent: nobody is. */
  readonly forgetAfter?: Duration;
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
  MicrosoftAppId: "The bot's app id. Empty only in the local stack, which listens on loopback alone.",
  MicrosoftAppType: 'UserAssignedMSI (default), SingleTenant or MultiTenant.',
  MicrosoftAppTenantId: "The bot's tenant; required unless MultiTenant.",
  MicrosoftAppPassword: 'Only for a single-tenant development bot.',
  NOTIFIER_REQUESTS_PER_SECOND: 'Requests per second to one tenant, e.g. 50.',
  NOTIFIER_THREAD_LIMITS: 'Limits on one conversation, e.g. 7/1s,8/2s,60/30s,1800/3600s.',
  NOTIFIER_TRUSTED_SERVICE_URLS: 'Hosts to which a token and a message may be sent, parted by commas.',
  NOTIFIER_VOUCHED_CHANNELS:
    'Channels whose user ids are believed, parted by commas; default: all that say themselves who speaks.',
  NOTIFIER_DEFAULT_TIME_ZONE: 'IANA zone of people whose zone is unknown, e.g. UTC.',
  NOTIFIER_DIALOG_IDLE_MINUTES: 'After so many minutes of silence a dialog holds nothing back, e.g. 15.',
  NOTIFIER_BURST: 'Messages per conversation beyond which the rest becomes a digest, e.g. 3/60s.',
  NOTIFIER_SEND_TIMEOUT: 'How long a request to a channel may take, e.g. 15s.',
  NOTIFIER_RETENTION_DAYS: 'For so many days notifications, deliveries and what is parked are kept, e.g. 30.',
  NOTIFIER_FORGET_AFTER_DAYS:
    'People who disappeared so many days ago are forgotten, e.g. 180; empty: nobody is, unless they say so.',
  NOTIFIER_HOOK_TOPICS: 'Topics that web hooks may tell, e.g. alerts/*; empty: none.',
  NOTIFIER_HOOK_RATE: 'Bodies of one web hook that are told one by one, e.g. 60/60s.',
  NOTIFIER_CLAIM_LEASE:
    'How long a claim on a delivery holds, e.g. 60s; longer than three send timeouts and 10s.',
} as const;

type SettingName = keyof typeof settings;

/** The least and the most that each number may be; what lies outside cannot be meant. */
const bounds = {
  requestsPerSecond: { least: 0.1, most: 100_000 },
  idleMinutes: { least: 1, most: 1440 },
  retentionDays: { least: 1, most: 3650 },
  /** Somebody may be on holiday. */
  forgetAfterDays: { least: 7, most: 3650 },
  sendTimeout: { least: seconds(1), most: minutes(1) },
  claimLease: { least: seconds(1), most: minutes(10) },
  /** Of a limit. Sends are remembered for an hour; so many in a window are more than a channel takes. */
  count: { least: 1, most: 100_000 },
  window: { least: milliseconds(100), most: hours(1) },
} as const;

const DEFAULT_TIME_ZONE = 'UTC';

/** Limits on one conversation; each is looked at for each send. */
const MOST_LIMITS = 10;

const LONGEST_SHOWN = 80; // Of a bad value: enough to find it again.

/**
 * The functions host of the local stack says here where it listens, whatever else is set. Only where that is loopback alone
 * may the app run without an app id, by which Bot Framework would check no token: anybody could speak as anyone.
 */
const LISTENS_ON = 'NOTIFIER_LISTENS_ON';
const LOOPBACK: readonly string[] = ['127.0.0.1', '::1', 'localhost'];
/** What platforms set that serve the world, whatever else is set. */
const PLATFORMS = ['WEBSITE_INSTANCE_ID', 'CONTAINER_APP_NAME', 'CONTAINER_APP_REVISION'] as const;

/** Whether the app runs where nobody but this machine reaches it, whatever else is set. */
export function isLocalStack(env: Environment): boolean {
  const listensOn = env[LISTENS_ON]?.trim() ?? '';
  return LOOPBACK.includes(listensOn) && PLATFORMS.every((name) => (env[name] ?? '') === '');
}

/** Reads the environment, once, and throws `InvalidSettings` naming every bad key and its cure. */
export async function loadConfig(env: Environment): Promise<Config> {
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
    if (result === undefined) {
      faults.push({ key, message: `is "${value.slice(0, LONGEST_SHOWN)}" and must be ${rule}` });
    }
    return result ?? fallback;
  };

  const local = isLocalStack(env);
  const sendTimeout = read(
    'NOTIFIER_SEND_TIMEOUT',
    seconds(15),
    (value) => within(parseDuration(value), bounds.sendTimeout),
    'a duration with its unit, from 1s to 60s, such as 15s',
  );
  const trusted = text('NOTIFIER_TRUSTED_SERVICE_URLS');
  const forgetAfter = read<Duration | undefined>(
    'NOTIFIER_FORGET_AFTER_DAYS',
    undefined,
    (value) => scaled(within(decimal(value), bounds.forgetAfterDays), days(1)),
    'a number of days from 7 to 3650 such as 180, or empty',
  );
  const config: Config = {
    environment: local ? 'local' : 'deployed',
    ...hostedAt(env.WEBSITE_HOSTNAME, { isLocal: local }),
    bot: botIdentity(text, local, faults),
    tables: address(text, 'TablesConnection', 'tableServiceUri', faults),
    serviceBus: address(text, 'ServiceBusConnection', 'fullyQualifiedNamespace', faults),
    requestsPerSecond: read(
      'NOTIFIER_REQUESTS_PER_SECOND',
      50,
      (value) => within(decimal(value), bounds.requestsPerSecond),
      'a number from 0.1 to 100000 such as 50',
    ),
    threadLimits: read(
      'NOTIFIER_THREAD_LIMITS',
      parseRateLimits('7/1s,8/2s,60/30s,1800/3600s') ?? [],
      meantLimits,
      `1 to ${MOST_LIMITS} limits such as 7/1s,8/2s,60/30s,1800/3600s, each of 1 to 100000 messages in 100ms to 1h`,
    ),
    trustedServiceUrls: trustedServiceUrls(trusted, local, faults, await publicSuffixes(trusted)),
    vouching: vouchingOf(text('NOTIFIER_VOUCHED_CHANNELS'), local, faults),
    defaultTimeZone: read(
      'NOTIFIER_DEFAULT_TIME_ZONE',
      DEFAULT_TIME_ZONE,
      timeZone,
      'an IANA time zone such as Europe/Berlin',
    ),
    dialogIdle: read(
      'NOTIFIER_DIALOG_IDLE_MINUTES',
      minutes(15),
      (value) => scaled(within(decimal(value), bounds.idleMinutes), minutes(1)),
      'a number of minutes from 1 to 1440 such as 15',
    ),
    burst: read(
      'NOTIFIER_BURST',
      { count: 3, window: minutes(1) },
      (value) => only(meantLimits(value)),
      'one limit such as 3/60s, of 1 to 100000 messages in 100ms to 1h',
    ),
    sendTimeout,
    retention: read(
      'NOTIFIER_RETENTION_DAYS',
      days(30),
      (value) => scaled(within(decimal(value), bounds.retentionDays), days(1)),
      'a number of days from 1 to 3650 such as 30',
    ),
    ...hookSettings(read, meantLimits, { isLocal: local }),
    ...(forgetAfter === undefined ? {} : { forgetAfter }),
    claimLease: read(
      'NOTIFIER_CLAIM_LEASE',
      seconds(60),
      (value) => within(parseDuration(value), bounds.claimLease),
      'a duration with its unit, from 1s to 10m, such as 60s',
    ),
  };
  const short = faultOfLease(config.claimLease, { sendTimeout, withToken: config.bot.appId !== undefined });
  if (short !== undefined) faults.push({ key: 'NOTIFIER_CLAIM_LEASE', message: short });
  if (faults.length > 0) throw new InvalidSettings(faults);
  return config;
}

/** Asked for wildcards only, so that the list is seldom loaded. */
async function publicSuffixes(trusted: string | undefined): Promise<IsPublicSuffix> {
  if (trusted?.includes('*') !== true) return () => false;
  return (await import('./public-suffix.ts')).isPublicSuffix;
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
      message: `is "${appType.slice(0, LONGEST_SHOWN)}" and must be UserAssignedMSI, SingleTenant or MultiTenant`,
    });
    return { appType: 'UserAssignedMSI' };
  }
  if (appId === undefined && !local) {
    // Without an app id Bot Framework checks no token at all: anybody could speak as anyone.
    faults.push({
      key: 'MicrosoftAppId',
      message: `is missing; without it anybody could speak as anyone, so only an app runs without it whose host listens on loopback alone, as that of the local stack, which says so by ${LISTENS_ON}`,
    });
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
  isPublicSuffix: IsPublicSuffix,
): TrustedServiceUrls {
  const trusted = TrustedServiceUrls.parse(value, { loopback: local, isPublicSuffix });
  if (trusted.ok) return trusted.value;
  for (const fault of trusted.faults)
    faults.push({ key: 'NOTIFIER_TRUSTED_SERVICE_URLS', message: fault.message });
  return TrustedServiceUrls.none;
}

function vouchingOf(value: string | undefined, isLocal: boolean, faults: SettingFault[]): Vouching {
  const vouching = parseVouching(value, { isLocal });
  if (vouching.ok) return vouching.value;
  for (const { message } of vouching.faults) faults.push({ key: 'NOTIFIER_VOUCHED_CHANNELS', message });
  return { channels: new Set() };
}

function parseDuration(value: string): Duration | undefined {
  const limit = /^\d+(ms|s|m|h)$/.test(value) ? parseRateLimits(`1/${value}`)?.[0] : undefined;
  return limit?.window;
}

function meantLimits(value: string): readonly RateLimit[] | undefined {
  const limits = parseRateLimits(value);
  const areMeant = limits?.every(
    ({ count, window }) =>
      within(count, bounds.count) !== undefined && within(window, bounds.window) !== undefined,
  );
  return areMeant === true && (limits?.length ?? 0) <= MOST_LIMITS ? limits : undefined;
}

/** A number as people write it: no exponent, no sign, no other base. */
function decimal(value: string): number | undefined {
  return /^\d{1,9}(\.\d{1,9})?$/.test(value) ? Number(value) : undefined;
}

function within(
  value: number | undefined,
  { least, most }: { readonly least: number; readonly most: number },
): number | undefined {
  return value !== undefined && value >= least && value <= most ? value : undefined;
}

function scaled(value: number | undefined, unit: Duration): Duration | undefined {
  return value === undefined ? undefined : Math.round(value * unit);
}

/** The zone that the setting names, or its default where it is absent; `undefined` for what is no zone. */
export function readDefaultTimeZone(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? DEFAULT_TIME_ZONE : timeZone(value.trim());
}

function timeZone(value: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone;
  } catch {
    // Not a zone: the caller names the key and the rule.
    return undefined;
  }
}
