import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startChannel } from '../../../dev/teams-channel-local/channel.ts';
import { standingConversations } from '../../../dev/teams-channel-local/conversations/conversation.ts';
import { PERSONAS } from '../../../dev/teams-channel-local/people/person.ts';
import { type Bot, createBot } from '../../../shared/adapters/bot/bot.ts';
import { seconds } from '../../../shared/domain/time.ts';
import { type FakeConnector, startConnector } from '../../support/connector.ts';
import { aReference, localBot, loopbackNotTrusted } from '../../support/connector-bot.ts';

let connector: FakeConnector;
let bot: Bot;
const ADA = {
  id: '29:ada',
  aadObjectId: 'object-of-ada',
  email: 'ada@x.example',
  userPrincipalName: 'a@x.example',
};
const ada = {
  id: '29:ada',
  aadObjectId: 'object-of-ada',
  mail: 'ada@x.example',
  userPrincipalName: 'a@x.example',
};

beforeEach(async () => {
  connector = await startConnector();
  bot = createBot(localBot());
});
afterEach(async () => {
  await connector.close();
  await bot.close();
});

const member = () => bot.roster.member(aReference(connector.url), '29:ada');
const owners = () => bot.roster.owners(aReference(connector.url));

describe('a member', () => {
  it('is asked for by one GET', async () => {
    connector.next({ status: 200, body: { ...ADA, userRole: 'user' } });
    expect(await member()).toEqual({ kind: 'told', told: { ...ada, isOwner: false } });
    expect(connector.requests).toMatchObject([
      { method: 'GET', path: '/v3/conversations/a%3Aconversation/members/29%3Aada' },
    ]);
  });

  it('is known by the object id as lists say it, and is an owner where the roster says so', async () => {
    const { aadObjectId: objectId, ...rest } = ADA;
    connector.next({ status: 200, body: { ...rest, objectId, userRole: 'Owner' } });
    expect(await member()).toEqual({ kind: 'told', told: { ...ada, isOwner: true } });
  });

  it('goes by no name that is none, and is nobody without an id', async () => {
    const long = `${'a'.repeat(400)}@x.example`;
    connector.next({ status: 200, body: { id: '29:ada', email: 'no mail', userPrincipalName: long } });
    expect(await member()).toEqual({ kind: 'told', told: { id: '29:ada', isOwner: false } });
    for (const body of [{}, [], 'no json', { id: 7 }, { id: 'x'.repeat(2000) }]) {
      connector.next({ status: 200, body });
      expect(await member()).toEqual({ kind: 'none' });
    }
  });

  it('of whom the channel knows nothing is none; where it does not answer it is away', async () => {
    for (const status of [400, 403, 404, 405]) {
      connector.next({ status });
      expect(await member()).toEqual({ kind: 'none' });
    }
    for (const behaviour of [{ status: 503 }, { status: 401 }, 'reset'] as const) {
      connector.next(behaviour);
      expect(await member()).toEqual({ kind: 'away' });
    }
    connector.next({ status: 429, headers: { 'retry-after': '7' } }, { status: 429 });
    expect(await member()).toEqual({ kind: 'away', retryAfter: seconds(7) });
    expect(await member()).toEqual({ kind: 'away', retryAfter: seconds(1) });
  });

  it('is not asked for where no token may go', async () => {
    const careful = createBot(localBot({ trustedServiceUrls: loopbackNotTrusted }));
    expect(await careful.roster.member(aReference(connector.url), '29:ada')).toEqual({ kind: 'none' });
    expect(connector.requests).toEqual([]);
    await careful.close();
  });
});

describe('owners', () => {
  it('are read from all pages, to a bound', async () => {
    const page = (count: number, more: object = {}) => ({
      status: 200,
      body: { members: Array.from({ length: count }, (_one, index) => ({ id: `29:${index}` })), ...more },
    });
    connector.next(page(3, { continuationToken: 'next' }), {
      status: 200,
      body: { members: [{ ...ADA, userRole: 'owner' }, 'nonsense', { id: '29:bob', userRole: 'user' }] },
    });
    expect(await owners()).toEqual({ kind: 'told', told: [{ ...ada, isOwner: true }] });
    expect(connector.requests.map(({ path }) => path)).toEqual([
      '/v3/conversations/a%3Aconversation/pagedmembers?pageSize=500',
      '/v3/conversations/a%3Aconversation/pagedmembers?pageSize=500&continuationToken=next',
    ]);
    connector.always(page(1, { continuationToken: 'for ever' }));
    expect(await owners()).toEqual({ kind: 'told', told: [] });
    expect(connector.requests).toHaveLength(6);
  });
});

it('reads the rosters of the local channel', async () => {
  const channel = await startChannel({ botUrl: 'http://127.0.0.1:9/', port: 0 });
  const [person] = PERSONAS;
  const { id: conversationId } = standingConversations()[0] ?? {};
  const here = { ...aReference(channel.serviceUrl), conversationId: conversationId ?? '' };
  await fetch(`${channel.url}/membership`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ conversation: 'ana', action: 'install' }),
  });
  const told = await bot.roster.member(here, person?.id ?? '');
  await channel.close();
  expect(told).toMatchObject({
    kind: 'told',
    told: {
      id: person?.id,
      mail: 'ana@people.example',
      userPrincipalName: 'ana@people.example',
      isOwner: false,
    },
  });
});
