import { afterEach, beforeEach, expect, it } from 'vitest';
import { ChannelError } from '../../../shared/adapters/bot/connector/channel-error.ts';
import { ConnectorApi } from '../../../shared/adapters/bot/connector/connector-api.ts';
import { conversationsAt } from '../../../shared/adapters/bot/connector/conversations.ts';
import { HttpClient } from '../../../shared/adapters/bot/connector/http-client.ts';
import {
  ServiceEndpoints,
  UntrustedServiceUrl,
} from '../../../shared/adapters/bot/connector/service-endpoints.ts';
import type { Conversations } from '../../../shared/adapters/bot/sdk/sdk.ts';
import { seconds } from '../../../shared/domain/time.ts';
import { type FakeConnector, startConnector } from '../../support/connector.ts';
import { loopbackTrusted, RecordedLog } from '../../support/connector-bot.ts';

const clock = { now: () => Date.parse('2026-11-22T10:00:00Z') };
let connector: FakeConnector;
let http: HttpClient;
let deps: { readonly api: ConnectorApi; readonly clock: typeof clock; readonly endpoints: ServiceEndpoints };
let conversations: Conversations;

beforeEach(async () => {
  connector = await startConnector();
  http = new HttpClient({ timeout: seconds(10) });
  const endpoints = new ServiceEndpoints(loopbackTrusted);
  const api = new ConnectorApi({
    endpoints,
    http,
    audience: 'https://audience.example',
    log: new RecordedLog(),
  });
  deps = { api, clock, endpoints };
  conversations = conversationsAt(deps)(connector.url);
});
afterEach(async () => {
  await connector.close();
  await http.close();
});

const asked = () => connector.requests.map(({ method, path }) => `${method} ${path}`);

it('gives an empty id where the channel gives none', async () => {
  connector.next({ status: 202, body: '' });
  expect(await conversations.sendToConversation('a:1', { type: 'message' })).toEqual({ id: '' });
});

it('fails with what the channel said', async () => {
  connector.next({ status: 404, body: { error: { code: 'ConversationNotFound' } } });
  const failure = conversations.sendToConversation('a:1', { type: 'message' });
  await expect(failure).rejects.toThrow(ChannelError);
  await expect(failure).rejects.toMatchObject({ code: 'ConversationNotFound', statusCode: 404 });
});

it('is not made for a service URL that is not trusted', async () => {
  const at = conversationsAt(deps);
  expect(() => at('https://evil.example/')).toThrow(UntrustedServiceUrl);
  await expect(deps.api.call('https://evil.example/', { method: 'GET', path: '' })).rejects.toThrow(
    UntrustedServiceUrl,
  );
  expect(() => at(connector.url)).not.toThrow();
});

it('asks for a message that one person alone sees by its own address, never as a reply', async () => {
  connector.always({ status: 201, body: { id: '1' } });
  const entities = [{ type: 'activityTreatment', treatment: 'targeted' }];
  await conversations.sendToConversation('19:g', { type: 'message', text: 'x', entities });
  await conversations.replyToActivity('19:g', '17', { type: 'message', text: 'x', entities });
  await conversations.replyToActivity('19:g', '17', { type: 'message', text: 'for all' });
  expect(asked()).toEqual([
    'POST /v3/conversations/19%3Ag/activities?isTargetedActivity=true',
    'POST /v3/conversations/19%3Ag/activities?isTargetedActivity=true',
    'POST /v3/conversations/19%3Ag/activities/17',
  ]);
});
