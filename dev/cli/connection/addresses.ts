import type { ServiceAddress } from '../../../shared/settings/service-address.ts';
import type { Flags } from '../arguments/flags.ts';
import { UsageError } from '../arguments/usage-error.ts';
import type { Io } from '../io.ts';
import { localStack } from './local-stack.ts';

export const stackFlag = {
  stack: {
    type: 'string',
    value: 'DIR',
    about: 'data folder of a running local stack (default .local; npm start -- --data DIR)',
  },
} as const satisfies Flags;

export const brokerFlags = {
  connection: {
    type: 'string',
    value: 'STRING',
    about: 'connection string of the Service Bus (default: ServiceBusConnection, else the local stack)',
  },
  namespace: {
    type: 'string',
    value: 'HOST',
    about: 'Service Bus namespace NAME.servicebus.windows.net, reached by your Azure identity',
  },
} as const satisfies Flags;

export const tableFlags = {
  tables: {
    type: 'string',
    value: 'STRING',
    about: 'connection string of the tables (default: TablesConnection, else the local stack)',
  },
  'tables-endpoint': {
    type: 'string',
    value: 'URL',
    about: 'https://ACCOUNT.table.core.windows.net, reached by your Azure identity',
  },
} as const satisfies Flags;

/** A service's address with what to say of it. */
export interface Target {
  readonly service: 'broker' | 'tables';
  readonly address: ServiceAddress;
  /** Host and port, for people: never a key. */
  readonly host: string;
  /** Named by a flag or the environment; else it is the local stack. */
  readonly named: boolean;
}

/** Values of the flags above, whichever of them the command has. */
export interface ConnectionValues {
  readonly stack?: string | undefined;
  readonly connection?: string | undefined;
  readonly namespace?: string | undefined;
  readonly tables?: string | undefined;
  readonly 'tables-endpoint'?: string | undefined;
}

/** Flag, else environment, else the local stack. Throws `UsageError` for what cannot be an address. */
export function brokerTarget(flags: ConnectionValues, io: Io): Target {
  refuseBoth('--connection', flags.connection, '--namespace', flags.namespace);
  if (flags.namespace !== undefined) return byNamespace('--namespace', flags.namespace);
  if (flags.connection !== undefined) return byBrokerString('--connection', flags.connection, true);
  const { ServiceBusConnection: text, ServiceBusConnection__fullyQualifiedNamespace: namespace } = io.env;
  if (text) return byBrokerString('ServiceBusConnection', text, true);
  if (namespace) return byNamespace('ServiceBusConnection__fullyQualifiedNamespace', namespace);
  return byBrokerString('the local stack', localStack(io.cwd, flags.stack).serviceBus, false);
}

export function tablesTarget(flags: ConnectionValues, io: Io): Target {
  refuseBoth('--tables', flags.tables, '--tables-endpoint', flags['tables-endpoint']);
  if (flags['tables-endpoint'] !== undefined)
    return byEndpoint('--tables-endpoint', flags['tables-endpoint']);
  if (flags.tables !== undefined) return byTablesString('--tables', flags.tables, true);
  const { TablesConnection: text, TablesConnection__tableServiceUri: endpoint } = io.env;
  if (text) return byTablesString('TablesConnection', text, true);
  if (endpoint) return byEndpoint('TablesConnection__tableServiceUri', endpoint);
  return byTablesString('the local stack', localStack(io.cwd, flags.stack).tables, false);
}

/**
 * Both, for work that reads one and writes the other. Throws `UsageError` when only one of them is named: what is
 * parked in one installation must never be put on the queues of another.
 */
export function bothTargets(
  flags: ConnectionValues,
  io: Io,
): { readonly broker: Target; readonly tables: Target } {
  const broker = brokerTarget(flags, io);
  const tables = tablesTarget(flags, io);
  if (broker.named && !tables.named) {
    throw new UsageError(
      `the broker is named (${broker.host}) and the tables are not; name the tables of the same installation with --tables or --tables-endpoint`,
    );
  }
  if (tables.named && !broker.named) {
    throw new UsageError(
      `the tables are named (${tables.host}) and the broker is not; name the broker of the same installation with --connection or --namespace`,
    );
  }
  return { broker, tables };
}

function byNamespace(from: string, namespace: string): Target {
  if (!/^[a-z][a-z0-9-]{4,48}[a-z0-9](\.[a-z0-9-]+)+$/i.test(namespace)) {
    throw new UsageError(`${from} is "${namespace}" and must be a host such as NAME.servicebus.windows.net`);
  }
  return {
    service: 'broker',
    address: { kind: 'identity', endpoint: namespace },
    host: namespace,
    named: true,
  };
}

function byEndpoint(from: string, endpoint: string): Target {
  if (!URL.canParse(endpoint) || new URL(endpoint).protocol !== 'https:') {
    throw new UsageError(
      `${from} is "${endpoint}" and must be an address such as https://ACCOUNT.table.core.windows.net`,
    );
  }
  return {
    service: 'tables',
    address: { kind: 'identity', endpoint },
    host: new URL(endpoint).host,
    named: true,
  };
}

function byBrokerString(from: string, value: string, named: boolean): Target {
  const host = /(?:^|;)\s*Endpoint\s*=\s*sb:\/\/([^/;\s]+)/i.exec(value)?.[1];
  if (host === undefined) {
    throw new UsageError(
      `${from} is no connection string of a Service Bus; it looks like Endpoint=sb://HOST;SharedAccessKeyName=NAME;SharedAccessKey=KEY`,
    );
  }
  return {
    service: 'broker',
    address: { kind: 'connectionString', value },
    host: host.includes(':') || !/UseDevelopmentEmulator\s*=\s*true/i.test(value) ? host : `${host}:5672`,
    named,
  };
}

function byTablesString(from: string, value: string, named: boolean): Target {
  const setting = (name: string): string | undefined =>
    new RegExp(`(?:^|;)\\s*${name}\\s*=\\s*([^;]+)`, 'i').exec(value)?.[1]?.trim();
  const endpoint = setting('TableEndpoint');
  const account = setting('AccountName');
  const emulated = setting('UseDevelopmentStorage')?.toLowerCase() === 'true';
  if (endpoint === undefined && account === undefined && !emulated) {
    throw new UsageError(
      `${from} is no connection string of a storage account; it looks like DefaultEndpointsProtocol=https;AccountName=NAME;AccountKey=KEY;EndpointSuffix=core.windows.net`,
    );
  }
  return {
    service: 'tables',
    address: { kind: 'connectionString', value },
    host:
      endpoint !== undefined && URL.canParse(endpoint)
        ? new URL(endpoint).host
        : account === undefined
          ? '127.0.0.1:10002'
          : `${account}.table.${setting('EndpointSuffix') ?? 'core.windows.net'}`,
    named,
  };
}

function refuseBoth(a: string, first: unknown, b: string, second: unknown): void {
  if (first !== undefined && second !== undefined) {
    throw new UsageError(`${a} and ${b} name the same thing in two ways; give one of them`);
  }
}
