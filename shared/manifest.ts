/**
 * Everything outside the code that the app needs to run: queues with their properties, roles and settings by identity.
 * Tables are named in `adapters/table/tables.ts`, settings in `config.ts`. `dev/infra` writes all of it into
 * `infra/manifest.json`, which the templates deploy; tests compare that file and `local.settings.sample.json` with the
 * code, and the local stack builds its broker from the queues.
 */

/** Properties by Service Bus's own names; durations are ISO 8601. */
export interface QueueProperties {
  readonly name: string;
  /** How long a worker may hold a message before another one gets it. */
  readonly lockDuration: string;
  readonly maxDeliveryCount: number;
  /** Immutable once the queue exists. */
  readonly requiresDuplicateDetection: boolean;
  readonly duplicateDetectionHistoryTimeWindow: string;
  readonly defaultMessageTimeToLive: string;
  readonly deadLetteringOnMessageExpiration: boolean;
  readonly maxSizeInMegabytes: number;
}

const ordinary = {
  lockDuration: 'PT1M',
  maxDeliveryCount: 10,
  requiresDuplicateDetection: true,
  duplicateDetectionHistoryTimeWindow: 'PT10M',
  defaultMessageTimeToLive: 'P14D',
  deadLetteringOnMessageExpiration: true,
  maxSizeInMegabytes: 1024,
} as const satisfies Omit<QueueProperties, 'name'>;

export const queueNames = {
  /** CloudEvents from upstream services. */
  events: 'events',
  /** Wake-up calls, one a delivery. */
  deliveries: 'deliveries',
  /** Pages of broadcasts and long answers. */
  jobs: 'jobs',
  /** CloudEvents to upstream services: what people answered. */
  outcomes: 'outcomes',
} as const;

/**
 * `events` has no duplicate detection: message ids of upstream services are not ours to judge by; the ledger settles
 * copies by `(source, id)`. On our own queues it saves work, and correctness never rests on it: a namespace of the tier Basic
 * has none of it.
 */
export const queues: readonly QueueProperties[] = [
  { ...ordinary, name: queueNames.events, requiresDuplicateDetection: false },
  { ...ordinary, name: queueNames.deliveries },
  { ...ordinary, name: queueNames.jobs },
  { ...ordinary, name: queueNames.outcomes },
];

/** What a namespace is: Basic costs no base price, Premium has private endpoints. */
export type ServiceBusTier = 'Basic' | 'Standard' | 'Premium';

/** The properties that a queue has in a namespace of that tier, but for its name. Basic looks for no duplicates. */
export function propertiesIn(tier: ServiceBusTier, queue: QueueProperties): Partial<QueueProperties> {
  const { name: _name, duplicateDetectionHistoryTimeWindow, ...properties } = queue;
  return tier === 'Basic'
    ? { ...properties, requiresDuplicateDetection: false }
    : { ...properties, duplicateDetectionHistoryTimeWindow };
}

/** Azure's built-in roles that somebody gets here, by their names; the ids are the same in every tenant. */
export const builtInRoles = {
  'Storage Blob Data Owner': 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b',
  'Storage Table Data Contributor': '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3',
  'Azure Service Bus Data Receiver': '4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0',
  'Azure Service Bus Data Sender': '69a216fc-b8fb-44d8-bc22-1f3c2cd27a39',
  'Azure Service Bus Data Owner': '090c5cfd-751d-490a-894a-3ce6f1109419',
  'Monitoring Metrics Publisher': '3913510d-42f4-4e42-8a64-420c390055eb',
} as const;

/** Who: the app itself, people who operate it, services that publish events, services that read what people answered. */
export type Principal = 'app' | 'operators' | 'publishers' | 'outcomeReaders';

export interface RoleGrant {
  readonly to: Principal;
  readonly role: keyof typeof builtInRoles;
  readonly on: 'hostStorage' | 'dataStorage' | 'applicationInsights' | 'queue';
  /** Name of the queue, when it is on one. */
  readonly queue?: string;
  /** Granted only when the templates' parameter of this name is true. */
  readonly option?: 'scaleByQueueLength';
  readonly why: string;
}

function onQueues(names: readonly string[], grant: Omit<RoleGrant, 'on' | 'queue'>): readonly RoleGrant[] {
  return names.map((queue) => ({ ...grant, on: 'queue', queue }));
}

/** All that anybody may do, each on the smallest thing that Azure can give it on. */
export function roleGrants(): readonly RoleGrant[] {
  const receiver = 'Azure Service Bus Data Receiver';
  const sender = 'Azure Service Bus Data Sender';
  const { events, deliveries, jobs, outcomes } = queueNames;
  return [
    {
      to: 'app',
      role: 'Storage Blob Data Owner',
      on: 'hostStorage',
      why: "The functions host's leases and timer schedules, and the deployed package.",
    },
    { to: 'app', role: 'Storage Table Data Contributor', on: 'dataStorage', why: "The app's tables." },
    {
      to: 'app',
      role: 'Monitoring Metrics Publisher',
      on: 'applicationInsights',
      why: 'Telemetry without an instrumentation key.',
    },
    ...onQueues([events, deliveries, jobs], { to: 'app', role: receiver, why: 'Its trigger.' }),
    ...onQueues([events, deliveries, jobs], {
      to: 'app',
      role: sender,
      why: 'Wake-up calls and pages, and messages that are put back for later.',
    }),
    ...onQueues([outcomes], { to: 'app', role: sender, why: 'What people answered.' }),
    ...onQueues([events, deliveries, jobs], {
      to: 'app',
      role: 'Azure Service Bus Data Owner',
      option: 'scaleByQueueLength',
      why: 'The scale controller reads queue lengths only with the right to manage.',
    }),
    {
      to: 'operators',
      role: 'Storage Table Data Contributor',
      on: 'dataStorage',
      why: 'notifier parked, status.',
    },
    ...onQueues([events, deliveries, jobs, outcomes], {
      to: 'operators',
      role: receiver,
      why: 'notifier parked --source dlq.',
    }),
    ...onQueues([events, deliveries, jobs, outcomes], {
      to: 'operators',
      role: sender,
      why: 'notifier publish, notifier parked replay.',
    }),
    ...onQueues([events], { to: 'publishers', role: sender, why: 'Publishing events.' }),
    ...onQueues([outcomes], { to: 'outcomeReaders', role: receiver, why: 'Reading what people answered.' }),
  ];
}

/**
 * Settings that are one connection string locally and several names in Azure: `AzureWebJobsStorage__accountName` ...
 * By identity only: no template holds a key.
 */
export const identitySettings = {
  AzureWebJobsStorage: ['accountName', 'credential', 'clientId'],
  ServiceBusConnection: ['fullyQualifiedNamespace', 'credential', 'clientId'],
  TablesConnection: ['tableServiceUri'],
} as const;

/** Settings of `config.ts` that no deployed app has, each with its reason. */
export const notDeployed: { readonly [setting: string]: string } = {
  MicrosoftAppPassword: 'The bot is a managed identity; a password is for single-tenant development bots.',
};

/** Settings that only an app with a console has. */
export const consoleSettings: { readonly [setting: string]: string } = {
  OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID:
    "The sign-in of App Service proves itself by the app's identity and holds no secret.",
};

/** Settings that the host reads and the app does not. */
export const hostSettings: { readonly [setting: string]: string } = {
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: "Telemetry is sent with the app's identity.",
  NODE_ENV: 'What libraries ask for before they leave their checks for development out.',
};
