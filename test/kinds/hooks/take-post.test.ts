import { createHmac } from 'node:crypto';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parseTopic } from '../../../shared/domain/event/topic.ts';
import { hours, minutes, seconds } from '../../../shared/domain/time.ts';
import { aConversation, anEvent } from '../../support/builders.ts';
import { RecordingLog } from '../../support/fakes/recording-log.ts';
import { ADDRESS, aHook } from './a-hook.ts';

const text = (body: string) => JSON.stringify({ text: body });

describe('an address', () => {
  it('tells whoever it belongs to, and nobody else', async () => {
    const hook = await aHook();
    await hook.world.knows(aConversation());
    expect(await hook.post(text('The coffee is out'))).toMatchObject({ status: 200, body: '1' });
    const shown = await hook.told();
    expect(shown.map(({ conversationId }) => conversationId)).toEqual([hook.owner.conversationId]);
    expect(JSON.stringify(shown)).toContain('The coffee is out');
  });

  it('that is wrong, was revoked or is of somebody who is gone answers alike', async () => {
    const hook = await aHook();
    const [id] = ADDRESS.split('.');
    const wrong = [
      `${id}.${'x'.repeat(43)}`,
      `unknownunknown12.${'s'.repeat(43)}`,
      'nothing',
      '',
      `${ADDRESS}x`,
    ];
    const answers = await Promise.all(wrong.map((address) => hook.post(text('x'), {}, { address })));
    await hook.world.conversations.suppressConversation(hook.owner.key, 'blocked');
    answers.push(await hook.post(text('x')));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 404 });
    expect(hook.queued()).toEqual([]);
  });

  it('is in no log line, nor is its secret', async () => {
    const hook = await aHook();
    await hook.post(text('a'));
    await hook.post('{', {});
    expect(hook.world.log).toBeInstanceOf(RecordingLog);
    expect(JSON.stringify(hook.world.log)).not.toContain('s'.repeat(43));
  });

  it('reaches the subscribers of its topic in its own tenant only', async () => {
    const hook = await aHook({ value: { topic: 'alerts/grafana' } });
    const topic = parseTopic('alerts');
    if (!topic.ok) throw new Error('a topic');
    const near = aConversation();
    const far = aConversation({ tenantId: 'other' });
    for (const one of [near, far]) {
      await hook.world.knows(one);
      const { key: conversation, tenant } = one;
      await hook.world.subscriptions.subscribe({ conversation, tenant, topic: topic.value, since: 0 });
    }
    await hook.post(text('disk full'));
    expect((await hook.told()).map(({ conversationId }) => conversationId)).toEqual([near.conversationId]);
  });
});

describe('an answer', () => {
  it.each([
    ['a text', { text: 'x' }, {}, { status: 200, body: '1' }],
    [
      'a card',
      { type: 'AdaptiveCard', body: [{ type: 'TextBlock', text: 'x' }] },
      {},
      { status: 200, body: '1' },
    ],
    [
      "Zabbix' workflow",
      {
        type: 'message',
        attachments: [
          {
            contentType: 'application/vnd.microsoft.card.adaptive',
            content: { type: 'AdaptiveCard', body: [{ type: 'TextBlock', text: 'x' }] },
          },
        ],
      },
      { 'user-agent': 'Zabbix 7.0' },
      { status: 202 },
    ],
    ['Slack', { text: 'x', username: 'ci' }, {}, { status: 200, body: 'ok' }],
    ['nothing', {}, {}, { status: 400, body: 'Summary or Text is required.' }],
    ['nothing of Slack', { username: 'x', channel: '#y' }, {}, { status: 400, body: 'no_text' }],
    ['anything', { coffee: 'empty' }, {}, { status: 200, json: { id: expect.any(String) } }],
  ])('to %s is what its senders check', async (_name, body, headers, answer) => {
    const hook = await aHook();
    expect(await hook.postJson(body, headers)).toMatchObject(answer);
  });

  it('to what cannot be read says so, and an empty body is told what is required', async () => {
    const hook = await aHook();
    expect(await hook.post('{"text": "untermin')).toEqual({
      status: 400,
      body: 'Bad payload received by generic incoming webhook.',
    });
    expect(await hook.post('')).toEqual({ status: 400, body: 'Summary or Text is required.' });
    expect(hook.queued()).toEqual([]);
  });

  it.each(['', '200', '999', '202 '])('refuses an address that asks to be answered by %j', async (answer) => {
    const hook = await aHook();
    expect(await hook.post(text('x'), {}, { answer })).toMatchObject({ status: 400 });
    expect(hook.queued()).toEqual([]);
    // Whoever does not have the address learns nothing by it.
    const address = `${'x'.repeat(16)}.${'y'.repeat(43)}`;
    expect(await hook.post(text('x'), {}, { answer, address })).toMatchObject({ status: 404 });
  });

  it('is 202 where the address or the hook says so', async () => {
    expect(await (await aHook()).post(text('x'), {}, { answer: '202' })).toEqual({ status: 202 });
    expect(await (await aHook({ value: { rules: { answer: 202 } } })).post(text('x'))).toEqual({
      status: 202,
    });
  });

  it('comes only when what it stands for is queued', async () => {
    const hook = await aHook();
    hook.world.events.publishEvents = () => Promise.reject(new Error('the queue is away'));
    await expect(hook.post(text('x'))).rejects.toThrow('the queue is away');
    expect((await hook.hooks.byId(hook.record.key))?.record.value.last).toBeUndefined();
  });

  it('to a handshake lets the sender in', async () => {
    const hook = await aHook();
    expect(
      await hook.post('', { 'webhook-request-origin': 'eventgrid.azure.net' }, { method: 'OPTIONS' }),
    ).toMatchObject({
      status: 200,
      headers: { 'webhook-allowed-origin': 'eventgrid.azure.net' },
    });
  });
});

describe('what comes again', () => {
  it('is told once by the sender\u2019s own id, however much later', async () => {
    const hook = await aHook();
    const headers = { 'webhook-id': 'msg_1' };
    const first = await hook.postJson({ a: 1 }, headers);
    hook.world.clock.set(hook.world.clock.now() + hours(3));
    expect(await hook.postJson({ a: 2 }, headers)).toEqual(first);
    expect(new Set(hook.queued().map(({ id }) => id)).size).toBe(1);
  });

  it('without one is the same while it is the last one, and for five minutes', async () => {
    const hook = await aHook();
    await hook.post(text('down'));
    await hook.post(text('down'));
    expect(hook.queued()).toHaveLength(1);
    await hook.post(text('up'));
    await hook.post(text('down'));
    expect(hook.queued()).toHaveLength(2);
    hook.world.clock.set(hook.world.clock.now() + minutes(5) + 1);
    await hook.post(text('down'));
    expect(hook.queued()).toHaveLength(1);
  });

  it('to two processes at once has one id', async () => {
    const hook = await aHook();
    const other = await aHook();
    await Promise.all([hook.post(text('x')), other.post(text('x'))]);
    expect(hook.queued()[0]?.id).toBe(other.queued()[0]?.id);
  });
});

describe('the state of a thing', () => {
  it('goes with its key, and ends it when it is over', async () => {
    const hook = await aHook({ value: { rules: { onRepeat: 'reply' } } });
    const alert = (status: string) => ({
      version: '4',
      groupKey: 'g1',
      status,
      alerts: [{ status, labels: { alertname: 'Disk' } }],
    });
    await hook.postJson(alert('firing'));
    await hook.postJson(alert('resolved'));
    const [firing, resolved] = hook.queued();
    expect(firing?.data.delivery).toEqual({ key: 'alertmanager g1', onRepeat: 'reply' });
    expect(resolved?.data.delivery).toEqual({ key: 'alertmanager g1', onRepeat: 'reply', last: true });
  });

  it('may be named by a rule of the hook', async () => {
    const hook = await aHook({ value: { rules: { key: 'job.name' } } });
    await hook.postJson({ job: { name: 'import' }, step: 1 });
    expect(hook.queued()[0]?.data.delivery).toEqual({ key: 'import' });
  });
});

describe('a signature', () => {
  const secret = "It's a Secret to Everybody";
  const body = text('signed');
  const hex = (kind: string) => createHmac(kind, secret).update(body).digest('hex');
  const at = (now: number) => String(Math.floor(now / 1000));
  const standard = (now: number) => ({
    'webhook-id': 'm1',
    'webhook-timestamp': at(now),
    'webhook-signature': `v1,AAAA v1,${createHmac('sha256', secret)
      .update(`m1.${at(now)}.${body}`)
      .digest('base64')}`,
  });

  it('is asked for where a secret was set, and only there', async () => {
    const hook = await aHook({ value: { rules: { secret } } });
    const now = hook.world.clock.now();
    expect(await hook.post(body)).toMatchObject({ status: 401 });
    expect(await hook.post(body, { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` })).toMatchObject({
      status: 401,
    });
    expect(await hook.post(body, standard(now - minutes(6)))).toMatchObject({ status: 401 });
    expect(hook.queued()).toEqual([]);
    for (const headers of [
      { 'x-hub-signature-256': `sha256=${hex('sha256')}` },
      { 'x-grafana-alerting-signature': hex('sha256') },
      { 'x-gitlab-token': secret },
      { 'x-tfe-notification-signature': hex('sha512') },
      { 'x-pagerduty-signature': `v1=${'0'.repeat(64)},v1=${hex('sha256')}` },
      standard(now),
    ]) {
      expect(await hook.post(body, headers)).toMatchObject({ status: 200 });
    }
    expect(await (await aHook()).post(body, { 'x-hub-signature-256': 'sha256=00' })).toMatchObject({
      status: 200,
    });
  });
});

describe('a body', () => {
  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
  ])('is unpacked: %s', async (encoding, pack) => {
    const hook = await aHook();
    expect(
      await hook.post(pack(Buffer.from(text('packed'))), { 'content-encoding': encoding }),
    ).toMatchObject({ status: 200 });
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
  ])('that unpacks to more than a megabyte is refused: %s', async (encoding, pack) => {
    const hook = await aHook();
    const bomb = pack(Buffer.alloc(20 * 1024 * 1024, 'a'));
    expect(bomb.length).toBeLessThan(1024 * 1024);
    expect(await hook.post(bomb, { 'content-encoding': encoding })).toMatchObject({ status: 413 });
    expect(await hook.post('x'.repeat(1024 * 1024 + 1))).toMatchObject({ status: 413 });
    expect(await hook.post('x', { 'content-encoding': encoding })).toMatchObject({ status: 400 });
  });

  it('of a form is read by its fields', async () => {
    const hook = await aHook();
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(await hook.post(`payload=${encodeURIComponent(text('in a form'))}`, form)).toMatchObject({
      body: 'ok',
    });
    expect(await hook.post('host=web-01&state=down', form)).toMatchObject({ status: 200 });
    expect(JSON.stringify(hook.queued())).toContain('web-01');
  });
});

describe('the rate of a hook', () => {
  it('tells what it holds, then the newest of each thing and how many more, then refuses', async () => {
    const hook = await aHook({ rate: { count: 2, window: seconds(60) } });
    const alert = (key: string, value: number) => ({
      version: '4',
      groupKey: key,
      status: 'firing',
      alerts: [{ labels: { alertname: key, value } }],
    });
    for (let value = 1; value <= 20; value += 1) {
      expect(await hook.postJson(alert(`g${value % 2}`, value))).toMatchObject({ status: 200 });
    }
    expect(hook.queued()).toHaveLength(2);
    const refused = await hook.post(text('one too many'));
    expect(refused).toMatchObject({ status: 429, headers: { 'retry-after': '60' } });
    await hook.world.run(hook.world.clock.now() + minutes(2));
    const held = hook.queued();
    const keys = held.map(({ data }) => (data.delivery as { key?: string } | undefined)?.key).filter(Boolean);
    expect(keys.sort()).toEqual(['alertmanager g0', 'alertmanager g1']);
    expect(JSON.stringify(held)).toContain('"value":"20"');
    expect(held.find(({ data }) => data.more !== undefined)?.data.more).toBeGreaterThan(0);
    expect(await hook.postJson(alert('g3', 1))).toMatchObject({ status: 200 });
  });
});

describe('what waits on the queue of one hook', () => {
  it('is a thousand at most, whatever its rate is and however long nobody reads; then all goes on', async () => {
    const hook = await aHook({ rate: { count: 100_000, window: seconds(60) } });
    const { world } = hook;
    const alert = (number: number) => ({
      ...{ version: '4', groupKey: `g${number}`, status: 'firing' },
      alerts: [{ labels: { alertname: `Alert ${number}` } }],
    });
    for (let number = 0; number < 1500; number += 1)
      expect(await hook.postJson(alert(number))).toMatchObject({ status: 200 });
    expect(world.events.waiting.length).toBe(800);
    for (let minute = 0; minute < 10; minute += 1) {
      await world.run(world.clock.now() + seconds(65));
      await hook.postJson(alert(2000 + minute));
      expect(world.events.waiting.length).toBeGreaterThan(900);
      expect(world.events.waiting.length).toBeLessThanOrEqual(1000);
    }
    await hook.told();
    await world.run(world.clock.now() + minutes(3));
    await hook.told();
    // The newest of what was held as well.
    expect(world.channel.shown.map(({ message }) => message.summary)).toContain('Alert 2009');
    await hook.postJson(alert(3000));
    expect(world.events.waiting.length).toBe(1);
  });
});

describe('a leaked address', () => {
  it('with 100 posts a second for a minute fills no queue and holds up nobody', async () => {
    const hook = await aHook();
    const { world } = hook;
    const ben = aConversation();
    await world.knows(ben);
    const began = world.clock.now();
    const statuses = new Map<number, number>();
    let read = 0;
    for (let count = 0; count < 6000; count += 1) {
      world.clock.set(began + count * 10);
      const body = Buffer.from(JSON.stringify({ title: `spam ${count}`, status: 'firing', alert: count }));
      const { status } = await hook.take({
        method: 'POST',
        address: ADDRESS,
        headers: { 'content-type': 'application/json' },
        body: async () => {
          read += 1;
          return body;
        },
      });
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    expect(Object.fromEntries(statuses)).toEqual({ 200: 600, 429: 5400 });
    expect(read).toBe(600);
    expect(hook.queued()).toHaveLength(60);
    await world.publish(anEvent({ data: { to: { conversation: ben.key }, text: 'for Ben' } }));
    await world.run(world.clock.now() + seconds(30));
    expect(world.channel.shown.map(({ conversationId }) => conversationId)).toContain(ben.conversationId);
    await world.run(world.clock.now() + minutes(2));
    // What was held is one message, that says how many more there were.
    expect(hook.queued().map(({ data }) => data.more)).toEqual([540]);
  });
});

describe('mentions', () => {
  const card = {
    type: 'AdaptiveCard',
    body: [{ type: 'TextBlock', text: 'Hello <at>Ada</at> and <at>Eve</at>' }],
    msteams: {
      entities: ['Ada', 'Eve'].map((name) => ({
        type: 'mention',
        text: `<at>${name}</at>`,
        mentioned: { id: `${name}@example.com`, name },
      })),
    },
  };

  it('ping nobody unless that was said, and then only who is known', async () => {
    const quiet = await aHook({ knows: ['Ada@example.com'] });
    await quiet.postJson(card);
    expect(JSON.stringify(quiet.queued())).not.toMatch(/<at>|entities|mentions/);
    const loud = await aHook({ knows: ['Ada@example.com'], value: { rules: { mentions: true } } });
    await loud.postJson(card);
    const told = JSON.stringify(await loud.told());
    expect(told).toContain('Hello <at>Ada</at> and Eve');
    expect(told).toContain('Ada@example.com');
    expect(told).not.toContain('Eve@example.com');
  });
});
