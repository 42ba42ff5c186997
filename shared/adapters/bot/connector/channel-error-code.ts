import { STATUS_CODES } from 'node:http';

/**
 * The channel's own code for what went wrong, or `http-<status>` where it gives none.
 *
 * Channels write it in several shapes: `{"error":{"code"}}`; `{"errorCode":209,"message":"{\"subCode\":...}"}` with
 * JSON inside a string; a `subCode` beside or within `error`. A `subCode` is taken where the code itself is missing
 * or only repeats the status (`Forbidden`).
 */
export function channelErrorCode(status: number, body: string): string {
  const answer = parseObject(body);
  const error = objectOf(answer?.error);
  const code = codeText(error?.code) ?? codeText(answer?.code);
  if (code !== undefined && !repeatsStatus(status, code)) return code;
  return subCodeOf(error) ?? subCodeOf(answer) ?? code ?? numberedCode(answer) ?? `http-${status}`;
}

function subCodeOf(source: JsonFields | undefined): string | undefined {
  return codeText(source?.subCode) ?? codeText(parseObject(source?.message)?.subCode);
}

/** Teams' number for a conversation that takes no messages; the `subCode` that should come with it is often missing. */
function numberedCode(answer: JsonFields | undefined): string | undefined {
  if (answer?.errorCode === 209) return 'MessageWritesBlocked';
  return codeText(answer?.errorCode);
}

function repeatsStatus(status: number, code: string): boolean {
  return STATUS_CODES[status]?.replaceAll(' ', '').toLowerCase() === code.toLowerCase();
}

/** A code goes into log lines and rows: short, and of letters that mean nothing there. */
function codeText(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && /^[\w.-]{1,64}$/.test(text) ? text : undefined;
}

type JsonFields = { readonly [name: string]: unknown };

function parseObject(text: unknown): JsonFields | undefined {
  if (typeof text !== 'string' || !text.trimStart().startsWith('{')) return undefined;
  try {
    return objectOf(JSON.parse(text));
  } catch {
    // Not JSON: it holds no code. The status alone decides.
    return undefined;
  }
}

function objectOf(value: unknown): JsonFields | undefined {
  // A JSON object by the check; its fields are looked at one by one.
  return value !== null && typeof value === 'object' ? (value as JsonFields) : undefined;
}
