import type { Format } from './message.ts';

/** What a sender is answered. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** As plain text. */
  readonly body?: string;
  readonly json?: object;
}

/** The words of the end point that was there before: tools look for them to see that an address is one. */
const REQUIRED = 'Summary or Text is required.';
const BAD = 'Bad payload received by generic incoming webhook.';

/** The same, whatever was wrong with the address, in the same time. */
export const unknown: Answer = { status: 404, body: 'No web hook has this address.' };
export const unsigned: Answer = {
  status: 401,
  body: 'The signature does not fit the secret of this web hook.',
};
export const tooLarge: Answer = { status: 413, body: 'The body has more than 1048576 bytes.' };
export const noSuchAnswer: Answer = {
  status: 400,
  body: 'The address may end in ?answer=202; it has another value.',
};
export const empty: Answer = { status: 400, body: REQUIRED };
export const unreadable: Answer = { status: 400, body: BAD };

/** Nothing in it can be read. */
export function refused({ answer }: Pick<Format, 'answer'>): Answer {
  return answer === 'ok' ? { status: 400, body: 'no_text' } : empty;
}

/** What senders of a shape take for success; Zabbix's workflow script takes 202 and nothing else. */
export function accepted(
  { answer, name }: Pick<Format, 'answer' | 'name'>,
  wish: { readonly only202: boolean; readonly userAgent: string; readonly id: string },
): Answer {
  if (wish.only202 || (name === 'adaptive' && /^zabbix\b/i.test(wish.userAgent))) return { status: 202 };
  if (answer === 'one') return { status: 200, body: '1' };
  return answer === 'ok' ? { status: 200, body: 'ok' } : { status: 200, json: { id: wish.id } };
}

export function tooMany(seconds: number): Answer {
  return {
    status: 429,
    headers: { 'retry-after': String(Math.max(1, Math.ceil(seconds))) },
    body: 'Too many requests.',
  };
}

/** CloudEvents' handshake: whoever has the address may send. */
export function handshake(headers: Readonly<Record<string, string>>): Answer {
  const origin = (headers['webhook-request-origin'] ?? '').trim();
  if (origin === '' || origin.length > 300 || !/^[\x21-\x7e]+$/.test(origin))
    return { status: 400, body: 'WebHook-Request-Origin is required.' };
  return {
    status: 200,
    headers: { allow: 'POST', 'webhook-allowed-origin': origin, 'webhook-allowed-rate': '*' },
  };
}
