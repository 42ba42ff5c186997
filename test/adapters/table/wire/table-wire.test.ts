import { createHttpHeaders } from '@azure/core-rest-pipeline';
import { TableServiceClient } from '@azure/data-tables';
import { describe, expect, it } from 'vitest';
import {
  errorCodeOf,
  policiesLeftOut,
  TableWire,
} from '../../../../shared/adapters/table/wire/table-wire.ts';
import type { TableHttpClient } from '../../../../shared/adapters/table/wire/undici-http-client.ts';

type Request = Parameters<TableHttpClient['sendRequest']>[0];

const ENDPOINT = 'https://account.table.core.windows.net';
const abortSignal = new AbortController().signal;

/** A wire whose requests are answered with `statuses` in turn, and what was asked. */
function aWire(connected: TableServiceClient, statuses: readonly number[] = [200], body = '') {
  const asked: Request[] = [];
  const wire = new TableWire(connected, {
    sendRequest: async (request) => {
      const status = statuses[Math.min(asked.length, statuses.length - 1)] ?? 200;
      asked.push(request);
      return {
        request,
        status,
        headers: createHttpHeaders({ etag: 'W/"1"', 'x-ms-error-code': 'FromHeader' }),
        bodyAsText: body,
      };
    },
  });
  return { wire, asked };
}

const options = { retryOptions: { maxRetries: 1, retryDelayInMs: 1, maxRetryDelayInMs: 1 } };

describe('the wire to the table service', () => {
  it('leaves out policies that the SDK has by these names, and no others', () => {
    const { pipeline } = TableServiceClient.fromConnectionString(
      'DefaultEndpointsProtocol=https;AccountName=account;AccountKey=a2V5;EndpointSuffix=core.windows.net',
    );
    const names = pipeline.getOrderedPolicies().map(({ name }) => name);
    expect(policiesLeftOut.filter((name) => !names.includes(name))).toEqual([]);
    // One more is work for every request, or something that requests need: somebody looks at it.
    expect(names.filter((name) => !policiesLeftOut.includes(name))).toEqual([
      'userAgentPolicy',
      'setClientRequestIdPolicy',
      'tablesSecondaryEndpointPolicy',
      'tablesNamedKeyCredentialPolicy',
      'defaultRetryPolicy',
    ]);
  });

  it('signs with the key of a connection string', async () => {
    const connected = TableServiceClient.fromConnectionString(
      'DefaultEndpointsProtocol=https;AccountName=account;AccountKey=a2V5;EndpointSuffix=core.windows.net',
      options,
    );
    const { wire, asked } = aWire(connected);
    await wire.send({ method: 'GET', path: '/people()?$top=1', abortSignal });
    expect(asked[0]?.url).toBe(`${ENDPOINT}/people()?$top=1`);
    expect(asked[0]?.headers.get('authorization')).toMatch(/^SharedKeyLite account:/);
  });

  it('shows the token of an identity', async () => {
    const credential = {
      getToken: async () => ({ token: 'abc', expiresOnTimestamp: Date.now() + 3_600_000 }),
    };
    const { wire, asked } = aWire(new TableServiceClient(ENDPOINT, credential, options));
    await wire.send({ method: 'GET', path: '/people()', abortSignal });
    expect(asked[0]?.headers.get('authorization')).toBe('Bearer abc');
  });

  it.each([
    ['/people()?$top=1', `${ENDPOINT}/people()?$top=1&sv=1&sig=x`],
    ['/people', `${ENDPOINT}/people?sv=1&sig=x`],
  ])('puts a shared access signature behind %s, and not into the addresses of rows', async (path, url) => {
    const connected = TableServiceClient.fromConnectionString(
      `TableEndpoint=${ENDPOINT}/;SharedAccessSignature=sv=1&sig=x`,
      options,
    );
    const { wire, asked } = aWire(connected);
    await wire.send({ method: 'GET', path, abortSignal });
    expect(asked[0]?.url).toBe(url);
    expect(wire.addressOf('/people')).toBe(`${ENDPOINT}/people`);
  });

  it('asks again after a 503, and gives the last answer as it is', async () => {
    const { wire, asked } = aWire(new TableServiceClient(ENDPOINT, options), [503, 503]);
    const answer = await wire.send({ method: 'GET', path: '/people()', abortSignal });
    expect(asked).toHaveLength(2);
    expect(answer.status).toBe(503);
    expect(answer.header('etag')).toBe('W/"1"');
  });

  it('makes the error of the SDK of an answer, with the code of its body before that of its header', async () => {
    const connected = new TableServiceClient(ENDPOINT, options);
    const request = { method: 'GET', path: '/people()', abortSignal } as const;
    const inBody = await aWire(connected, [404], '{"odata.error":{"code":"FromBody"}}').wire.send(request);
    expect(inBody.toError()).toMatchObject({ name: 'RestError', statusCode: 404, code: 'FromBody' });
    const inHeader = await aWire(connected, [404], '').wire.send(request);
    expect(inHeader.toError()).toMatchObject({ statusCode: 404, code: 'FromHeader' });
  });
});

describe('the code of an error', () => {
  it.each([
    ['{"odata.error":{"code":"TableNotFound","message":{}}}', 'TableNotFound'],
    ['{"odata.error":{"co', undefined],
    ['<html>', undefined],
    ['', undefined],
    ['{}', undefined],
  ])('of %s is %s', (text, code) => {
    expect(errorCodeOf(text)).toBe(code);
  });
});
