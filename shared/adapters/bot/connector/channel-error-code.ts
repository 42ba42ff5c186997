import { STATUS_CODES } from 'node:http';
import { FailureMeaning } from '../../../domain/delivery/failure.ts';
import { isJsonObject } from '../../../domain/json-object.ts';

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

/** A code goes into log lines and rows: short, and of letters that mean nothing there. Teams writes `Bad Argument`, too. */
function codeText(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || text.length > LONGEST_CODE_TEXT) return undefined;
  const code = text === 'Bad Argument' ? 'BadArgument' : text;
  return /^[\w.-]+$/.test(code) ? code : undefined;
}

const LONGEST_CODE_TEXT = 64;

/** Of a message so much is looked at; what is looked for stands at its beginning. */
const LONGEST_MESSAGE = 1000;

/** Words of answers that say what their code does not, as they were seen. */
const WORDS: readonly (readonly [RegExp, FailureMeaning])[] = [
  [/failed to decrypt (conversation|pairwise) id/i, FailureMeaning.failedToDecrypt],
  [/authorization has been denied for this request/i, FailureMeaning.tokenRefused],
  [/resulted into multiple skype activities/i, FailureMeaning.splitsInTwo],
  [/not a known activity id|message does not exist in the thread/i, FailureMeaning.messageGone],
];

/** What the words beside the code say; `undefined` where they say no more than the code. */
export function failureMeaning(body: string): FailureMeaning | undefined {
  const answer = parseObject(body);
  const said = [objectOf(answer?.error)?.message, answer?.message].find((text) => typeof text === 'string');
  if (typeof said !== 'string') return undefined;
  const message = said.slice(0, LONGEST_MESSAGE);
  return WORDS.find(([words]) => words.test(message))?.[1];
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
  return isJsonObject(value) ? value : undefined;
}
