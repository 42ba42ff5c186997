import type { Operation } from './operation.ts';

const CODES: Readonly<Record<number, string>> = {
  400: 'InvalidInput',
  403: 'AuthenticationFailed',
  404: 'ResourceNotFound',
  409: 'EntityAlreadyExists',
  412: 'UpdateConditionNotSatisfied',
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'ServerBusy',
};

/** Failures of one operation inside a batch: the batch is answered 202 and carries them inside. */
const INSIDE_BATCH = new Set([404, 409, 412]);

export interface ErrorAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The table service's own form of an error, for an operation that is not carried out. */
export function errorAnswer(
  operation: Operation,
  fault: { status: number; code?: string | undefined; retryAfterSeconds?: number | undefined },
): ErrorAnswer {
  const code = fault.code ?? CODES[fault.status] ?? 'InjectedFault';
  const retry =
    fault.retryAfterSeconds === undefined ? {} : { 'retry-after': String(fault.retryAfterSeconds) };
  const inBatch = operation.kind === 'batch' && INSIDE_BATCH.has(fault.status);
  const json = JSON.stringify({
    'odata.error': {
      code,
      message: { lang: 'en-US', value: `${inBatch ? '0:' : ''}Fault injected by the table proxy.` },
    },
  });
  const contentType = 'application/json;odata=minimalmetadata;charset=utf-8';
  if (!inBatch) {
    const headers = { 'content-type': contentType, 'x-ms-error-code': code, ...retry };
    return { status: fault.status, headers, body: json };
  }
  const body = [
    '--batchresponse_fault',
    'Content-Type: multipart/mixed; boundary=changesetresponse_fault',
    '',
    '--changesetresponse_fault',
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    '',
    `HTTP/1.1 ${fault.status} Injected`,
    'X-Content-Type-Options: nosniff',
    'DataServiceVersion: 3.0;',
    `Content-Type: ${contentType}`,
    '',
    json,
    '--changesetresponse_fault--',
    '--batchresponse_fault--',
    '',
  ].join('\r\n');
  return {
    status: 202,
    headers: { 'content-type': 'multipart/mixed; boundary=batchresponse_fault', ...retry },
    body,
  };
}
