import { describe, expect, it } from 'vitest';
import { type Answer, ask, install, send, texts } from './client.ts';
import { channelWithBot } from './fixture.ts';

const local = channelWithBot({ limits: { isEnforced: false } });

const card = (text: string) => ({
  contentType: 'application/vnd.microsoft.card.adaptive',
  content: { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text }] },
});
const actions = ['one', 'two', 'three', 'four'].map((value) => ({ type: 'imBack', title: value, value }));
const suggestedActions = { to: [], actions };
const code = (answer: Answer) => [answer.status, answer.body?.error?.code, answer.body?.error?.message];
const pathOf = (id: string, activity: string) =>
  `/v3/conversations/${encodeURIComponent(id)}/activities/${activity}`;

describe('an activity of text and card', () => {
  it('becomes two messages on Teams, and nobody is told their ids', async () => {
    const id = await install(local.channel, 'ana');
    const answer = await send(local.channel, id, { text: 'news', attachments: [card('details')] });
    expect([answer.status, answer.body]).toEqual([202, undefined]);
    expect(local.channel.transcript('ana')).toMatchObject([
      { text: 'news' },
      { attachments: [card('details')] },
    ]);
    expect(local.channel.transcript('ana')[0]).not.toHaveProperty('attachments');
    expect(local.channel.transcript('ana')[1]).not.toHaveProperty('text');
    expect(local.channel.stats().shown).toBe(2);
  });

  it('is one message on Direct Line', async () => {
    const id = await install(local.channel, 'dora');
    const answer = await send(local.channel, id, { text: 'news', attachments: [card('details')] });
    expect([answer.status, typeof answer.body.id]).toEqual([201, 'string']);
    expect(local.channel.transcript('dora')).toHaveLength(1);
  });

  it('begins a thread with its text in a team’s channel, and names no message', async () => {
    const id = await install(local.channel, 'team');
    const activity = { type: 'message', text: 'news', attachments: [card('details')] };
    const channelData = { channel: { id } };
    const { status, body } = await ask(local.channel, 'POST', '/v3/conversations', { channelData, activity });
    const [first] = local.channel.transcript('team');
    expect([status, body.id, body.activityId]).toEqual([
      201,
      `${id};messageid=${first?.activityId}`,
      undefined,
    ]);
  });

  it('counts twice against the limits of the conversation', async () => {
    await local.restart({ limits: { threadRules: [{ count: 2, windowMs: 60_000 }] } });
    const id = await install(local.channel, 'ana');
    expect((await send(local.channel, id, { text: 'a', attachments: [card('b')] })).status).toBe(202);
    expect((await send(local.channel, id, 'c')).status).toBe(429);
  });
});

describe('several cards', () => {
  it('are a message each in a list, and one message in a carousel', async () => {
    const id = await install(local.channel, 'ana');
    const attachments = [card('a'), card('b')];
    expect((await send(local.channel, id, { attachments })).status).toBe(202);
    expect((await send(local.channel, id, { attachments, attachmentLayout: 'carousel' })).status).toBe(201);
    expect(local.channel.transcript('ana').map((entry) => entry.attachments)).toEqual([
      [card('a')],
      [card('b')],
      attachments,
    ]);
  });

  it('that are one with a summary are one message with an id', async () => {
    const id = await install(local.channel, 'ana');
    const answer = await send(local.channel, id, { summary: 'a', attachments: [card('a')] });
    expect(answer.status).toBe(201);
    expect(local.channel.transcript('ana')).toMatchObject([{ activityId: answer.body.id, summary: 'a' }]);
  });
});

describe('suggested actions', () => {
  /** What a client of the conversation is offered, message by message. */
  async function offered(key: string): Promise<unknown[]> {
    const { body } = await ask(local.channel, 'GET', `/v3/directline/conversations/${key}/activities`);
    return Array.from(
      body.activities as unknown as { suggestedActions?: { actions: { value: string }[] } }[],
    ).map(({ suggestedActions: shown }) => shown?.actions.map(({ value }) => value));
  }

  it('are the first three on Teams, and none beside a card', async () => {
    const id = await install(local.channel, 'ana');
    await send(local.channel, id, { text: 'which?', suggestedActions });
    await send(local.channel, id, { attachments: [card('which?')], suggestedActions });
    await send(local.channel, id, { text: 'which?', attachments: [card('which?')], suggestedActions });
    expect(await offered('ana')).toEqual([['one', 'two', 'three'], undefined, undefined, undefined]);
  });

  it('are all on Direct Line', async () => {
    const id = await install(local.channel, 'dora');
    await send(local.channel, id, { text: 'which?', suggestedActions });
    expect(await offered('dora')).toEqual([['one', 'two', 'three', 'four']]);
  });
});

describe('an update and a deletion', () => {
  it('of a message that nobody knows, and of one that was deleted, are refused in different words', async () => {
    const id = await install(local.channel, 'ana');
    const { body } = await send(local.channel, id, 'short-lived');
    const update = { type: 'message', text: 'x' };
    expect((await ask(local.channel, 'DELETE', pathOf(id, String(body.id)))).status).toBe(200);
    for (const [activity, status, error, message] of [
      [String(body.id), 403, 'ServiceError', 'Unknown'],
      ['17', 404, 'ActivityNotFoundInConversation', 'The activity was not found in the conversation.'],
    ] as const) {
      const refused = [status, error, message];
      expect(code(await ask(local.channel, 'PUT', pathOf(id, activity), update))).toEqual(refused);
      expect(code(await ask(local.channel, 'DELETE', pathOf(id, activity)))).toEqual(refused);
    }
  });

  it('are not possible on Direct Line, whatever the message', async () => {
    const id = await install(local.channel, 'dora');
    const { body } = await send(local.channel, id, 'stays');
    const refused = [405, 'BadArgument', 'This channel does not support this operation'];
    const update = { type: 'message', text: 'x' };
    expect(code(await ask(local.channel, 'PUT', pathOf(id, String(body.id)), update))).toEqual(refused);
    expect(code(await ask(local.channel, 'DELETE', pathOf(id, '17')))).toEqual(refused);
    expect(texts(local.channel, 'dora')).toEqual(['stays']);
  });

  it('of one message into text and card is refused; into a card it is not', async () => {
    const id = await install(local.channel, 'ana');
    const { body } = await send(local.channel, id, 'draft');
    const path = pathOf(id, String(body.id));
    const both = { type: 'message', text: 'x', attachments: [card('x')] };
    expect(code(await ask(local.channel, 'PUT', path, both))).toEqual([
      400,
      'BadArgument',
      'Activity resulted into multiple skype activities',
    ]);
    const { text, ...alone } = both;
    expect((await ask(local.channel, 'PUT', path, alone)).status).toBe(200);
    expect(local.channel.transcript('ana')).toMatchObject([{ attachments: [card('x')] }]);
  });
});

describe('the size of a message', () => {
  const room = 100 * 1024;
  /** So many characters that the message is just as large as it may be, at so many bytes each. */
  const largest = (bytes: number) => room / bytes - '{"text":""}'.length;

  it.each([
    ['plain letters', 'x', 1],
    ['letters that UTF-8 writes with three bytes', '長', 1],
    ['pairs of surrogates', '🦊', 2],
  ])('is counted as UTF-16 on Teams: %s', async (_what, letter, units) => {
    const id = await install(local.channel, 'ana');
    const most = Math.floor(largest(2) / units);
    expect((await send(local.channel, id, letter.repeat(most))).status).toBe(201);
    expect(code(await send(local.channel, id, letter.repeat(most + 1))).slice(0, 2)).toEqual([
      413,
      'MessageSizeTooBig',
    ]);
    expect(local.channel.transcript('ana')).toHaveLength(1);
  });

  it('is counted as UTF-8 elsewhere', async () => {
    const id = await install(local.channel, 'dora');
    expect((await send(local.channel, id, 'x'.repeat(largest(1)))).status).toBe(201);
    expect((await send(local.channel, id, 'x'.repeat(largest(1) + 1))).status).toBe(413);
    expect((await send(local.channel, id, '長'.repeat(largest(1) / 2))).status).toBe(413);
  });

  it('is that of cards too, without the pictures that lie in them', async () => {
    const id = await install(local.channel, 'ana');
    const picture = `data:image/png;base64,${'A'.repeat(200_000)}`;
    expect((await send(local.channel, id, { attachments: [card(picture)] })).status).toBe(201);
    expect((await send(local.channel, id, { attachments: [card('x'.repeat(60_000))] })).status).toBe(413);
  });

  it('is looked at when a conversation begins with a message, too', async () => {
    await install(local.channel, 'ana');
    const members = [{ id: '29:1zJm7XkQ2pTfR9sVbNcYdWeLaUgHoIxKt4v0Ana' }];
    const activity = { type: 'message', text: 'x'.repeat(60_000) };
    expect((await ask(local.channel, 'POST', '/v3/conversations', { members, activity })).status).toBe(413);
  });
});

describe('a press that the bot does not answer in time', () => {
  const press = { type: 'invoke', name: 'adaptiveCard/action', value: { action: {} } };
  const at = ({ id, timestamp }: Readonly<Record<string, unknown>>) => ({ id, timestamp });

  it('comes once more as it was, and then as another activity', async () => {
    await local.restart({ botTimeoutMs: 30, renewAfterMs: 10 });
    local.bot.react = ({ type }) => (type === 'invoke' ? 'hang' : undefined);
    await install(local.channel, 'ana');
    const said = await ask(local.channel, 'POST', '/v3/directline/conversations/ana/activities', press);
    expect(said.status).toBe(504);
    const isPress = ({ type }: { readonly type: string }) => type === 'invoke';
    const third = await local.bot.receives(isPress, 3);
    const [first, second] = local.bot.received.filter(isPress);
    if (first === undefined || second === undefined) throw new Error('both have come');
    expect(at(second)).toEqual(at(first));
    expect(third.id).not.toBe(first.id);
    expect(Date.parse(String(third.timestamp))).toBeGreaterThan(Date.parse(String(first.timestamp)));
    expect(third.value).toEqual(first.value);
  });

  it('can be made to come as another activity though it was answered', async () => {
    const id = await install(local.channel, 'ana');
    local.channel.fault({ kind: 'resend', conversation: id, count: 1, renewed: true });
    await ask(local.channel, 'POST', '/v3/directline/conversations/ana/activities', press);
    const again = await local.bot.receives(({ type }) => type === 'invoke', 2);
    const [first] = local.bot.received.filter(({ type }) => type === 'invoke');
    expect(again.id).not.toBe(first?.id);
    expect(again.value).toEqual(first?.value);
  });
});
