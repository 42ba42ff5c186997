import { type IsPublicSuffix, TrustedServiceUrls } from './domain/conversation/trusted-service-urls.ts';
import { defined } from './domain/defined.ts';
import { faultOfLease } from './domain/delivery/claim-span.ts';
import { parseRateLimits, type RateLimit } from './domain/delivery/pace.ts';
import { hostedAt } from './domain/hosted-at.ts';
import { parseVouching, type Vouching } from './domain/identity/vouching.ts';
import { type Duration, days, minutes, seconds } from './domain/time.ts';
import { type BotIdentity, readBotIdentity } from './settings/bot-identity.ts';
import { type ConsoleSignIn, readConsoleSignIn } from './settings/console-setting.ts';
import { type DirectoryAddress, readDirectoryAddress } from './settings/directory-address.ts';
import { type HookSettings, readHookSettings } from './settings/hook-settings.ts';
import { isLocalStack } from './settings/local-stack.ts';
import { durationFrom, limits, numberFrom, oneLimit, onOrOff, spanIn, timeZone } from './settings/rule.ts';
import { readServiceAddress, type ServiceAddress } from './settings/service-address.ts';
import { type Environment, type SettingFault, SettingReader } from './settings/setting-reader.ts';
import { type ShownSetting, shownSettings } from './settings/shown-settings.ts';

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
  /** Where people are looked up by the names that an organisation gives them; absent: nowhere. */
  readonly directory?: DirectoryAddress;
  readonly defaultTimeZone: string;
  readonly dialogIdle: Duration;
  readonly burst: RateLimit;
  /** How long a request to a channel may take before its result counts as unknown. */
  readonly sendTimeout: Duration;
  /** How long a worker's claim on a delivery holds. Longer than all requests under it, so that a live worker is never overtaken. */
  readonly claimLease: Duration;
  /** How long notifications, their deliveries and what is parked are kept. */
  readonly retention: Duration;
  /** Whether it is kept when people read what they were shown, as channels tell it. */
  readonly readReceipts: boolean;
  /** People who are gone for so long are forgotten; absent: nobody is. */
  readonly forgetAfter?: Duration;
  /** By whom it is known who asks the console; absent: there is none. */
  readonly console?: ConsoleSignIn;
  /** Every setting, as operators may see it. */
  readonly shown: readonly ShownSetting[];
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
    // The settings are to blame, and no line of the code.
    this.stack = this.message;
    this.faults = faults;
  }
}

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
  NOTIFIER_DIRECTORY:
    'Microsoft Graph, to find people by user principal name and mail, https://graph.microsoft.com; empty: only rosters tell those.',
  NOTIFIER_DEFAULT_TIME_ZONE: 'IANA zone of people whose zone is unknown, e.g. UTC.',
  NOTIFIER_DIALOG_IDLE_MINUTES: 'After so many minutes of silence a dialog holds nothing back, e.g. 15.',
  NOTIFIER_BURST: 'Messages per conversation beyond which the rest becomes a digest, e.g. 3/60s.',
  NOTIFIER_SEND_TIMEOUT: 'How long a request to a channel may take, e.g. 15s.',
  NOTIFIER_RETENTION_DAYS: 'For so many days notifications, deliveries and what is parked are kept, e.g. 30.',
  NOTIFIER_FORGET_AFTER_DAYS:
    'People who disappeared so many days ago are forgotten, e.g. 180; empty: nobody is, unless they say so.',
  NOTIFIER_READ_RECEIPTS: 'Whether it is kept, and reported, who read what: on or off.',
  NOTIFIER_HOOK_TOPICS: 'Topics that web hooks may tell, e.g. alerts/*; empty: none.',
  NOTIFIER_HOOK_RATE: 'Bodies of one web hook that are told one by one, e.g. 60/60s.',
  NOTIFIER_CLAIM_LEASE:
    'How long a claim on a delivery holds, e.g. 60s; longer than three send timeouts and 10s.',
  NOTIFIER_CONSOLE:
    'on: the console for operators and authors, behind the sign-in of App Service; default off, on the local stack on.',
} as const;

export type SettingName = keyof typeof settings;

const DEFAULT_TIME_ZONE = 'UTC';
const DEFAULT_THREAD_LIMITS = parseRateLimits('7/1s,8/2s,60/30s,1800/3600s') ?? [];

/** What is said of those that are not given and have a value all the same; a test holds it against what they have. */
export const defaultsShown: { readonly [Name in SettingName]?: string } = {
  MicrosoftAppType: 'UserAssignedMSI',
  NOTIFIER_REQUESTS_PER_SECOND: '50',
  NOTIFIER_THREAD_LIMITS: '7/1s,8/2s,60/30s,1800/3600s',
  NOTIFIER_DEFAULT_TIME_ZONE: DEFAULT_TIME_ZONE,
  NOTIFIER_DIALOG_IDLE_MINUTES: '15',
  NOTIFIER_BURST: '3/60s',
  NOTIFIER_SEND_TIMEOUT: '15s',
  NOTIFIER_RETENTION_DAYS: '30',
  NOTIFIER_HOOK_RATE: '60/60s',
  NOTIFIER_CLAIM_LEASE: '60s',
};

const rules = {
  requestsPerSecond: numberFrom({ least: 0.1, most: 100_000 }, '50'),
  idle: spanIn('minutes', minutes(1), { least: 1, most: 1440 }, '15'),
  retention: spanIn('days', days(1), { least: 1, most: 3650 }, '30'),
  // Somebody may be on holiday.
  forgetAfter: spanIn('days', days(1), { least: 7, most: 3650 }, '180, or empty'),
  readReceipts: onOrOff,
  sendTimeout: durationFrom('1s', '60s', '15s'),
  claimLease: durationFrom('1s', '10m', '60s'),
};

/** Reads the environment, once, and throws `InvalidSettings` naming every bad key and its cure. */
export async function loadConfig(env: Environment): Promise<Config> {
  const given = new SettingReader<SettingName>(env);
  const isLocal = isLocalStack(env);
  const config: Config = {
    environment: isLocal ? 'local' : 'deployed',
    ...hostedAt(env.WEBSITE_HOSTNAME, { isLocal }),
    sendTimeout: given.read('NOTIFIER_SEND_TIMEOUT', rules.sendTimeout, seconds(15)),
    bot: readBotIdentity(given, isLocal),
    tables: readServiceAddress(given, 'TablesConnection', 'tableServiceUri'),
    serviceBus: readServiceAddress(given, 'ServiceBusConnection', 'fullyQualifiedNamespace'),
    requestsPerSecond: given.read('NOTIFIER_REQUESTS_PER_SECOND', rules.requestsPerSecond, 50),
    threadLimits: given.read('NOTIFIER_THREAD_LIMITS', limits, DEFAULT_THREAD_LIMITS),
    trustedServiceUrls: await readTrustedServiceUrls(given, isLocal),
    vouching: readVouching(given, isLocal),
    ...defined({ directory: readDirectoryAddress(given, isLocal) }),
    ...readHookSettings(given, isLocal),
    defaultTimeZone: given.read('NOTIFIER_DEFAULT_TIME_ZONE', timeZone, DEFAULT_TIME_ZONE),
    dialogIdle: given.read('NOTIFIER_DIALOG_IDLE_MINUTES', rules.idle, minutes(15)),
    burst: given.read('NOTIFIER_BURST', oneLimit, { count: 3, window: minutes(1) }),
    retention: given.read('NOTIFIER_RETENTION_DAYS', rules.retention, days(30)),
    readReceipts: given.read('NOTIFIER_READ_RECEIPTS', rules.readReceipts, true),
    ...defined({ forgetAfter: given.read('NOTIFIER_FORGET_AFTER_DAYS', rules.forgetAfter, undefined) }),
    claimLease: given.read('NOTIFIER_CLAIM_LEASE', rules.claimLease, seconds(60)),
    ...defined({ console: readConsoleSignIn(given, env, isLocal) }),
    shown: shownSettings(env, settings, defaultsShown),
  };
  const { bot, claimLease, sendTimeout } = config;
  const short = faultOfLease(claimLease, { sendTimeout, withToken: bot.appId !== undefined });
  if (short !== undefined) given.refuse('NOTIFIER_CLAIM_LEASE', short);
  if (given.faults.length > 0) throw new InvalidSettings(given.faults);
  return config;
}

async function readTrustedServiceUrls(
  given: SettingReader<SettingName>,
  isLocal: boolean,
): Promise<TrustedServiceUrls> {
  const value = given.text('NOTIFIER_TRUSTED_SERVICE_URLS');
  const isPublicSuffix = await publicSuffixes(value);
  const trusted = TrustedServiceUrls.parse(value, { loopback: isLocal, isPublicSuffix });
  if (trusted.ok) return trusted.value;
  for (const { message } of trusted.faults) given.refuse('NOTIFIER_TRUSTED_SERVICE_URLS', message);
  return TrustedServiceUrls.none;
}

/** Asked for wildcards only, so that the list is seldom loaded. */
async function publicSuffixes(trusted: string | undefined): Promise<IsPublicSuffix> {
  if (trusted?.includes('*') !== true) return () => false;
  return (await import('./public-suffix.ts')).isPublicSuffix;
}

function readVouching(given: SettingReader<SettingName>, isLocal: boolean): Vouching {
  const vouching = parseVouching(given.text('NOTIFIER_VOUCHED_CHANNELS'), { isLocal });
  if (vouching.ok) return vouching.value;
  for (const { message } of vouching.faults) given.refuse('NOTIFIER_VOUCHED_CHANNELS', message);
  return { channels: new Set() };
}

/** The zone that the setting names, or its default where it is absent; `undefined` for what is no zone. */
export function readDefaultTimeZone(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? DEFAULT_TIME_ZONE : timeZone.read(value.trim());
}
