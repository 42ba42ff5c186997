import { createRequire } from 'node:module';

/** The account and key that every Azure Storage emulator has; public, and worth nothing elsewhere. */
const ACCOUNT = 'devstoreaccount1';
const ACCOUNT_KEY =
  'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

/**
 * Arguments of Node that start Azurite's table service on 127.0.0.1, with its files in `directory`. Nothing comes in
 * from a web page: every page knows the account's key.
 */
export function azuriteTablesArgs(port: number, directory: string): string[] {
  return [
    '--import',
    new URL('../local-server/gate-all.mjs', import.meta.url).href,
    createRequire(import.meta.url).resolve('azurite/dist/src/table/main.js'),
    '--location',
    directory,
    '--silent',
    '--skipApiVersionCheck',
    '--disableTelemetry',
    '--tableHost',
    '127.0.0.1',
    '--tablePort',
    String(port),
  ];
}

/** The same for its blob service. */
export function azuriteBlobsArgs(port: number, directory: string): string[] {
  return [
    createRequire(import.meta.url).resolve('azurite/dist/src/blob/main.js'),
    ...['--location', directory, '--silent', '--skipApiVersionCheck', '--disableTelemetry'],
    ...['--blobHost', '127.0.0.1', '--blobPort', String(port)],
  ];
}

/** The table endpoint behind an origin: `http://127.0.0.1:10002` -> `http://127.0.0.1:10002/devstoreaccount1`. */
export function tableEndpoint(origin: string): string {
  return `${origin}/${ACCOUNT}`;
}

/**
 * A connection string for the tables behind an origin, spelled out in full: the short form
 * `UseDevelopmentStorage=true` only knows the default ports. With `blobsOrigin` for blobs as well.
 */
export function tablesConnectionString(origin: string, blobsOrigin?: string): string {
  const blobs = blobsOrigin === undefined ? '' : `BlobEndpoint=${blobsOrigin}/${ACCOUNT};`;
  return `DefaultEndpointsProtocol=http;AccountName=${ACCOUNT};AccountKey=${ACCOUNT_KEY};${blobs}TableEndpoint=${tableEndpoint(origin)};`;
}
