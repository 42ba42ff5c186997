import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { notificationId } from '../../../shared/domain/ids.ts';
import { aBroker, jsonOf } from './broker.ts';
import { notifier } from './command-line.ts';

const { connection, host, takeAll } = await aBroker();
const folder = await mkdtemp(join(tmpdir(), 'notifier-publish-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const to = ['--connection', connection];
const hello = ['publish', '--to-everyone', '--text', 'hello', ...to];
const oneEvent = {
  specversion: '1.0',
  id: 'e-1',
  source: 'urn:upstream',
  type: 'notification.requested',
  data: { to: { everyone: true }, text: 'hi' },
};

describe('publish', () => {
  it('sends one event in structured mode and says what to type next', async () => {
    const { status, out, err } = await notifier(hello);
    const [message, ...more] = await takeAll('events');
    const event = jsonOf(message);
    expect(event).toMatchObject({
      specversion: '1.0',
      source: 'urn:notifier:cli',
      type: 'notification.requested',
      data: { to: { everyone: true }, text: 'hello' },
    });
    expect(message).toMatchObject({ contentType: 'application/cloudevents+json' });
    expect(more).toEqual([]);
    const { id } = event as { readonly id: string }; // Matched above.
    expect(out).toContain(`Sent 1 event to queue "events" at ${host}`);
    expect(out).toContain(`npx notifier status ${notificationId('urn:notifier:cli', id)}`);
    expect({ status, err }).toEqual({ status: 0, err: '' });
  });

  it.each([
    {
      type: 'survey.requested',
      flags: [
        '--to-everyone',
        '--question',
        'Well?',
        '--choice',
        'Yes',
        '--choice',
        'No',
        '--reply-to',
        'outcomes',
      ],
      data: { to: { everyone: true }, question: 'Well?', choices: ['Yes', 'No'], replyTo: 'outcomes' },
    },
    {
      type: 'build.finished',
      flags: [
        '--pipeline',
        'web',
        '--number',
        '7',
        '--status',
        'failed',
        '--branch',
        'main',
        '--link',
        'https://b.example',
      ],
      data: { pipeline: 'web', number: 7, status: 'failed', branch: 'main', url: 'https://b.example' },
    },
  ])('has a flag for every field of $type', async ({ type, flags, data }) => {
    const { status, err } = await notifier(['publish', '--type', type, ...flags, ...to]);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    const [message] = await takeAll('events');
    expect(jsonOf(message)).toMatchObject({ type, data });
  });

  it('narrows a user to a channel, and asks for the user', async () => {
    const flags = ['--text', 'x', '--user-channel', 'telegram'];
    await notifier(['publish', '--to-user', '12345', ...flags, ...to]);
    const [message] = await takeAll('events');
    expect(jsonOf(message)).toMatchObject({ data: { to: { user: '12345', channel: 'telegram' } } });
    const { status, err } = await notifier(['publish', '--to-everyone', ...flags, ...to]);
    expect(status).toBe(2);
    expect(err).toContain('--user-channel narrows --to-user');
  });

  it('names the flag of what is wrong with a field of one kind only', async () => {
    const flags = ['--pipeline', 'web', '--number', '7', '--status', 'broken'];
    const { status, err } = await notifier(['publish', '--type', 'build.finished', ...flags, ...to]);
    expect(status).toBe(2);
    expect(err).toContain('data.status (--status): must be one of succeeded, failed, canceled');
  });

  it('has a flag for every field of an event', async () => {
    const card = join(folder, 'card.json');
    await writeFile(card, JSON.stringify({ type: 'AdaptiveCard', version: '1.5', body: [] }));
    const fields = [
      ['--id', '7', '--source', 'urn:here', '--subject', 'lunch', '--time', '2026-11-23T09:00:00Z'],
      ['--to-user', 'ada', '--to-user', 'bob', '--to-conversation', 'k', '--to-topic', 'Lunch'],
      ['--to-audience', 'kitchen', '--except-user', 'cy', '--except-conversation', 'l'],
      ['--except-topic', 'diet', '--except-audience', 'away'],
      ['--text', 'eat', '--card', card, '--mode', 'adHoc', '--max-wait', 'PT5M', '--on-deadline', 'drop'],
      ['--expires-at', '2026-12-01T00:00:00Z', '--urgent', '--on-unconfirmed', 'park'],
    ].flat();
    const { status } = await notifier(['publish', ...fields, ...to]);
    expect(status).toBe(0);
    const [message] = await takeAll('events');
    expect(jsonOf(message)).toEqual({
      specversion: '1.0',
      id: '7',
      source: 'urn:here',
      type: 'notification.requested',
      subject: 'lunch',
      time: '2026-11-23T09:00:00Z',
      datacontenttype: 'application/json',
      data: {
        to: [
          ...[{ user: 'ada' }, { user: 'bob' }, { conversation: 'k' }, { topic: 'Lunch' }],
          ...[{ audience: 'kitchen' }, { except: true }],
        ],
        except: [{ user: 'cy' }, { conversation: 'l' }, { topic: 'diet' }, { audience: 'away' }],
        text: 'eat',
        card: { type: 'AdaptiveCard', version: '1.5', body: [] },
        delivery: {
          mode: 'adHoc',
          maxWait: 'PT5M',
          onDeadline: 'drop',
          expiresAt: '2026-12-01T00:00:00Z',
          urgent: true,
          onUnconfirmed: 'park',
        },
      },
    });
    expect(message?.messageId).toBe(notificationId('urn:here', '7'));
  });

  it('takes data for other kinds, from the command line, a file or stdin', async () => {
    const data = { pipeline: 'web', number: 1, status: 'failed' };
    await writeFile(join(folder, 'data.json'), JSON.stringify(data));
    const around = { cwd: folder, input: JSON.stringify(data) };
    for (const given of [JSON.stringify(data), '@data.json', 'data.json', '-']) {
      const { status, err } = await notifier(
        ['publish', '--type', 'build.finished', '--data', given, ...to],
        around,
      );
      expect({ status, err }, given).toEqual({ status: 0, err: '' });
      expect(jsonOf((await takeAll('events'))[0]), given).toMatchObject({ type: 'build.finished', data });
    }
  });

  it('adds what the flags say to the data', async () => {
    const data = '{"text":"old","to":{"user":"ada"},"delivery":{"mode":"adHoc"}}';
    await notifier(['publish', '--data', data, '--text', 'new', '--urgent', ...to]);
    expect(jsonOf((await takeAll('events'))[0])).toMatchObject({
      data: { to: { user: 'ada' }, text: 'new', delivery: { mode: 'adHoc', urgent: true } },
    });
  });

  it('sends binary mode: attributes as properties, data as the body', async () => {
    await notifier([...hello, '--binary', '--id', 'b-1', '--subject', 'x']);
    const [message] = await takeAll('events');
    expect(message?.applicationProperties).toEqual({
      cloudEvents_specversion: '1.0',
      cloudEvents_id: 'b-1',
      cloudEvents_source: 'urn:notifier:cli',
      cloudEvents_type: 'notification.requested',
      cloudEvents_subject: 'x',
    });
    expect(message?.contentType).toBe('application/json');
    expect(jsonOf(message)).toEqual({ to: { everyone: true }, text: 'hello' });
  });

  it('sends a file of one event as it is, and a list of them from stdin', async () => {
    // With the byte order mark with which Windows PowerShell begins a file.
    await writeFile(join(folder, 'event.json'), `\ufeff${JSON.stringify({ ...oneEvent, traceparent: 'x' })}`);
    await notifier(['publish', '--file', 'event.json', ...to], { cwd: folder });
    expect(jsonOf((await takeAll('events'))[0])).toEqual({ ...oneEvent, traceparent: 'x' });

    const list = [oneEvent, { ...oneEvent, id: 'e-2' }];
    const { json } = await notifier(['publish', '--file', '-', '--json', ...to], {
      input: JSON.stringify(list),
    });
    expect((await takeAll('events')).map(jsonOf)).toEqual(list);
    const ids = ['e-1', 'e-2'].map((id) => notificationId('urn:upstream', id));
    expect(json()).toEqual({ sent: 2, queue: 'events', broker: host, ids });
  });

  it('sends an event many times under ids of its own, in batches', async () => {
    const { status, out } = await notifier([...hello, '--count', '1200', '--id', 'load']);
    expect(status).toBe(0);
    expect(out).toContain('Sent 1,200 events');
    const ids = (await takeAll('events')).map((message) => (jsonOf(message) as { readonly id: string }).id); // Ours.
    expect(new Set(ids).size).toBe(1200);
    expect([ids[0], ids.at(-1)]).toEqual(['load-1', 'load-1200']);
  });

  it('refuses a bad event with every fault and its flag, and sends nothing', async () => {
    const { status, out, err } = await notifier([
      'publish',
      '--to-topic',
      '?',
      '--max-wait',
      '10m',
      '--time',
      'now',
      '--text',
      'x',
      ...to,
    ]);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toContain('time (--time): must be an RFC 3339 date-time');
    const second = await notifier(['publish', '--to-everyone', '--max-wait', '10m', '--text', 'x', ...to]);
    expect(second.err).toContain('data.delivery.maxWait (--max-wait): must be an ISO 8601 duration');
    const third = await notifier(['publish', '--text', 'x', ...to]);
    expect(third.err).toContain(
      'data.to (--to-everyone, --to-user, --to-conversation, --to-topic, --to-audience): must be',
    );
    const type = await notifier(['publish', '--type', 'build.finish', '--data', '{}', ...to]);
    expect(type.err).toContain('did you mean build.finished?');
    expect(await takeAll('events')).toEqual([]);
  });

  it('names the bad ones of a list by their place, as JSON too, and sends none', async () => {
    const input = JSON.stringify([oneEvent, 7, { ...oneEvent, data: { to: { everyone: true } } }]);
    const { status, json, err } = await notifier(['publish', '--file', '-', '--json', ...to], { input });
    expect(status).toBe(2);
    expect(json()).toMatchObject({
      sent: 0,
      reason: 'invalid-envelope',
      faults: [{ path: '[1]' }, { path: '[2].data' }],
    });
    expect(err).toContain('[2].data: must hold "text"');
    expect(await takeAll('events')).toEqual([]);
  });

  it('sends a bad event all the same when it is told not to check', async () => {
    const around = { input: '{"no":"event"}' };
    const { status, out } = await notifier(['publish', '--file', '-', '--no-check', ...to], around);
    expect(status).toBe(0);
    expect(out).toContain('npx notifier parked list');
    expect(jsonOf((await takeAll('events'))[0])).toEqual({ no: 'event' });
  });

  it('does not mix a file with the flags of an event', async () => {
    const { status, err } = await notifier(['publish', '--file', 'x.json', '--text', 'x', '--count', '2']);
    expect(status).toBe(2);
    expect(err).toContain('--text, --count cannot go with it');
  });

  it('says that an event is larger than a message may be, and how many went before it', async () => {
    const large = { ...oneEvent, data: { text: 'x'.repeat(400_000) } };
    const input = JSON.stringify([oneEvent, oneEvent, large, oneEvent]);
    const { status, err } = await notifier(['publish', '--file', '-', '--no-check', ...to], { input });
    expect(status).toBe(1);
    expect(err).toContain('larger than a message may be');
    expect(err).toContain('Sent before it: 2');
    expect(await takeAll('events')).toHaveLength(2);
  });

  it.each([
    [
      'a flag',
      [
        '--connection',
        'Endpoint=sb://localhost:1;SharedAccessKeyName=a;SharedAccessKey=b;UseDevelopmentEmulator=true;',
      ],
      {},
    ],
    [
      'the environment',
      [],
      {
        ServiceBusConnection:
          'Endpoint=sb://localhost:1;SharedAccessKeyName=a;SharedAccessKey=b;UseDevelopmentEmulator=true;',
      },
    ],
  ])('says in one line that no broker answers where %s points', async (_what, flags, env) => {
    const { status, out, err } = await notifier(['publish', '--to-everyone', '--text', 'x', ...flags], {
      env,
    });
    expect({ status, out }).toEqual({ status: 1, out: '' });
    expect(err).toMatch(
      /^notifier publish: no broker answers at localhost:1 \(ECONNREFUSED\); .*--connection.*\n$/,
    );
  });

  it('takes the environment for the broker, and a flag before it', async () => {
    const env = { ServiceBusConnection: connection };
    expect((await notifier(['publish', '--to-everyone', '--text', 'x'], { env })).status).toBe(0);
    const nowhere = { ServiceBusConnection: 'Endpoint=sb://localhost:1;UseDevelopmentEmulator=true;' };
    expect((await notifier(hello, { env: nowhere })).status).toBe(0);
    expect(await takeAll('events')).toHaveLength(2);
  });

  it('names each field of data that nothing is done with, and what was most likely meant', async () => {
    const given = '{"txet":"hello","curl":"\\u001b[2J","text":"hi"}';
    const { status, err } = await notifier(['publish', '--to-everyone', '--data', given, ...to]);
    expect(status).toBe(0);
    expect(err).toBe(
      [
        'Warning:',
        '  data.txet: is no field of notification.requested and is ignored; known are to, except, text, card, delivery; did you mean text?',
        '  data.curl: is no field of notification.requested and is ignored; known are to, except, text, card, delivery',
        '',
      ].join('\n'),
    );
    expect(jsonOf((await takeAll('events'))[0])).toMatchObject({ data: { txet: 'hello' } });
    const json = await notifier(['publish', '--to-everyone', '--data', given, '--json', ...to]);
    expect(json.json()).toMatchObject({ warnings: [{ path: 'data.txet' }, { path: 'data.curl' }] });
    await takeAll('events');
  });

  it('refuses a line feed in an id, by which two events would be one', async () => {
    const { status, err } = await notifier([...hello, '--id', 'x\ny']);
    expect(status).toBe(2);
    expect(err).toContain('id (--id): must hold no control characters');
    expect(err).toContain('it has U+000A at character 2');
    expect(await takeAll('events')).toEqual([]);
  });

  it('says that what answers is no broker', async () => {
    const { createServer } = await import('node:http');
    const server = createServer((_request, response) => response.end('hello')).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const wrong = `Endpoint=sb://127.0.0.1:${port};SharedAccessKeyName=a;SharedAccessKey=b;UseDevelopmentEmulator=true;`;
    const { status, err } = await notifier([...hello.slice(0, 4), '--connection', wrong]);
    server.closeAllConnections();
    server.close();
    expect(status).toBe(1);
    expect(err).toMatch(
      /^notifier publish: what answers at 127\.0\.0\.1:\d+ is no broker; check the port\n$/,
    );
  });
});
