import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ChannelError } from '../../../shared/adapters/bot/connector/channel-error.ts';
import { ConnectorApi } from '../../../shared/adapters/bot/connector/connector-api.ts';
import { HttpClient } from '../../../shared/adapters/bot/connector/http-client.ts';
import {
  ServiceEndpoints,
  UntrustedServiceUrl,
} from '../../../shared/adapters/bot/connector/service-endpoints.ts';
import {
  ThinConnectorFactory,
  ThinConversations,
} from '../../../shared/adapters/bot/connector/thin-connector-client.ts';
import { seconds } from '../../../shared/domain/time.ts';
import { type FakeConnector, startConnector } from '../../support/connector.ts';
import { loopbackTrusted, RecordedLog } from '../../support/connector-bot.ts';

const clock = { now: () => Date.parse('2026-11-22T10:00:00Z') };
let connector: FakeConnector;
let http: HttpClient;
let deps: { readonly api: ConnectorApi; readonly clock: typeof clock; readonly endpoints: ServiceEndpoints };
let conversations: ThinConversations;

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
  conversations = new ThinConversations(connector.url, deps);
});
afterEach(async () => {
  await connector.close();
  await http.close();
});

const asked = () => connector.requests.map(({ method, path }) => `${method} ${path}`);

it('reads members by the paths of the Bot Connector', async () => {
  connector.always({ status: 200, body: [{ id: '29:ada' }] });
  expect(await conversations.getConversationMembers('a:1')).toEqual([{ id: '29:ada' }]);
  await conversations.getConversationMember('a:1', '29:a/b');
  await conversations.getConversationPagedMembers('a:1');
  await conversations.getConversationPagedMembers('a:1', { pageSize: 500, continuationToken: 'x&y=z' });
  expect(asked()).toEqual([
    'GET /v3/conversations/a%3A1/members',
    'GET /v3/conversations/a%3A1/members/29%3Aa%2Fb',
    'GET /v3/conversations/a%3A1/pagedmembers',
    'GET /v3/conversations/a%3A1/pagedmembers?pageSize=500&continuationToken=x%26y%3Dz',
  ]);
});

it('reads a roster that is longer than a message could ever be', async () => {
  const roster = Array.from({ length: 500 }, (_none, i) => ({ id: `29:${i}`, name: 'x'.repeat(400) }));
  connector.next({ status: 200, body: roster });
  expect(await conversations.getConversationMembers('a:1')).toEqual(roster);
});

it('creates a conversation', async () => {
  connector.next({ status: 201, body: { id: 'a:new' } });
  expect(await conversations.createConversation({ isGroup: false })).toEqual({ id: 'a:new' });
  expect(asked()).toEqual(['POST /v3/conversations']);
});

it('gives an empty id where the channel gives none', async () => {
  connector.next({ status: 202, body: '' });
  expect(await conversations.sendToConversation('a:1', { type: 'message' })).toEqual({ id: '' });
});

it('deletes without expecting a body', async () => {
  connector.next({ status: 200 });
  await conversations.deleteActivity('a:1', '17');
  expect(asked()).toEqual(['DELETE /v3/conversations/a%3A1/activities/17']);
});

describe('fails with what the channel said', () => {
  it.each([
    ['a refusal', { status: 404, body: { error: { code: 'ConversationNotFound' } } }, 'ConversationNotFound'],
    ['an answer that is not JSON', { status: 200, body: '<html>' }, 'not-json'],
  ] as const)('on %s', async (_what, behaviour, code) => {
    connector.next(behaviour);
    const failure = conversations.getConversationMembers('a:1');
    await expect(failure).rejects.toThrow(ChannelError);
    await expect(failure).rejects.toMatchObject({ code });
  });
});

it('is not made for a service URL that is not trusted', async () => {
  const factory = new ThinConnectorFactory(deps);
  await expect(factory.create('https://evil.example/')).rejects.toThrow(UntrustedServiceUrl);
  await expect(deps.api.call('https://evil.example/', { method: 'GET', path: '' })).rejects.toThrow(
    UntrustedServiceUrl,
  );
  expect(await factory.create(connector.url)).toHaveProperty('conversations');
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
