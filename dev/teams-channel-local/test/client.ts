import type { RunningChannel } from '../channel.ts';

/** An answer of the channel. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // The tests say what they expect of it.
  readonly body: Json;
}

/** JSON as a test walks through it: whatever is not there is `undefined`. */
export type Json = { readonly [key: string]: Json } & { readonly length: number };

/** Asks the channel by its HTTP API. */
export async function ask(
  channel: Pick<RunningChannel, 'url'>,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(new URL(path, channel.url), {
    method,
    redirect: 'manual',
    headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}

/** Opens a conversation as a person, which brings the bot into it. */
export function open(
  channel: Pick<RunningChannel, 'url'>,
  user: string,
  conversation?: string,
): Promise<Answer> {
  return ask(channel, 'POST', '/v3/directline/conversations', { user: { id: user }, conversation });
}

/** Says something as a person in their own or another conversation. */
export function say(
  channel: Pick<RunningChannel, 'url'>,
  conversation: string,
  activity: string | Record<string, unknown>,
): Promise<Answer> {
  const content = typeof activity === 'string' ? { type: 'message', text: activity } : activity;
  return ask(
    channel,
    'POST',
    `/v3/directline/conversations/${encodeURIComponent(conversation)}/activities`,
    content,
  );
}

/** Sends as the bot. */
export function send(
  channel: Pick<RunningChannel, 'url'>,
  conversationId: string,
  activity: string | Record<string, unknown>,
): Promise<Answer> {
  const content = typeof activity === 'string' ? { text: activity } : activity;
  const path = `/v3/conversations/${encodeURIComponent(conversationId)}/activities`;
  return ask(channel, 'POST', path, { type: 'message', from: { id: 'bot' }, ...content });
}

/** The id by which the bot knows a conversation. */
export async function idOf(channel: Pick<RunningChannel, 'url'>, key: string): Promise<string> {
  const { body } = await ask(channel, 'GET', `/transcript?conversation=${key}`);
  return String(body.conversation);
}

/** Brings the bot into a conversation and waits until it was told; gives the id that the bot knows. */
export async function install(channel: Pick<RunningChannel, 'url'>, key: string): Promise<string> {
  const user = ['group', 'team'].includes(key) ? 'ana' : key;
  await ask(channel, 'POST', '/membership', { conversation: key, user, action: 'install' });
  return idOf(channel, key);
}

/** What people were shown, as texts. */
export function texts(channel: Pick<RunningChannel, 'transcript'>, conversation: string): unknown[] {
  return channel.transcript(conversation).map((entry) => entry.text);
}
