import { tableEndpoint, tablesConnectionString } from '../tables/azurite.ts';
import type { Ports } from './ports.mjs';

/** The parts' ports, and that of the broker's control where it is wanted. */
export type StackPorts = Ports & { readonly brokerControl?: number };

/** Where the parts of a running stack are reached. */
export interface Addresses {
  /** Origin of the functions host: `http://127.0.0.1:7071`. */
  readonly functions: string;
  /** What a channel posts activities to. */
  readonly botEndpoint: string;
  /** Connection string of the Service Bus stand-in, for any Service Bus client. */
  readonly serviceBus: string;
  /** Connection string of the tables. */
  readonly tables: string;
  /** The tables' address: `http://127.0.0.1:10002/devstoreaccount1`. */
  readonly tableEndpoint: string;
  /** Connection string of blobs and tables for Core Tools; absent unless they take the functions host's place. */
  readonly storage?: string;
  /** Origin of the local channel and its chat page; absent without a chat. */
  readonly channel?: string;
  /** Origin of the broker's HTTP control (counts, faults); absent unless asked for. */
  readonly brokerControl?: string;
}

export function addressesOf(ports: StackPorts, chat: boolean): Addresses {
  const functions = `http://127.0.0.1:${ports.functions}`;
  const tables = `http://127.0.0.1:${ports.tables}`;
  return {
    functions,
    botEndpoint: `${functions}/api/messages`,
    serviceBus: serviceBusConnectionString(ports.broker),
    tables: tablesConnectionString(tables),
    tableEndpoint: tableEndpoint(tables),
    ...(ports.blobs === undefined
      ? {}
      : { storage: tablesConnectionString(tables, `http://127.0.0.1:${ports.blobs}`) }),
    ...(chat ? { channel: `http://127.0.0.1:${ports.channel}` } : {}),
    ...(ports.brokerControl === undefined
      ? {}
      : { brokerControl: `http://127.0.0.1:${ports.brokerControl}` }),
  };
}

/** The connection string of Microsoft's Service Bus emulator, which the stand-in shares, with a port. */
export function serviceBusConnectionString(port: number): string {
  return `Endpoint=sb://localhost:${port};SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=SAS_KEY_VALUE;UseDevelopmentEmulator=true;`;
}
