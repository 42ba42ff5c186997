import { randomUUID } from 'node:crypto';
import { TableClient } from '@azure/data-tables';
import { ServiceBusClient } from '@azure/service-bus';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Stack, startStack } from '../../dev/stack/stack.ts';
import { tableNames } from '../../shared/kinds/catalog.ts';
import { ChatPerson, eventually } from './person.ts';

let stack: Stack;
let upstream: ServiceBusClient;

beforeAll(async () => {
  stack = await startStack({
    channelArgs: ['--no-limits'],
    env: { NOTIFIER_REQUESTS_PER_SECOND: '200', NOTIFIER_BURST: '100/1s' },
  });
  upstream = new ServiceBusClient(stack.addresses.serviceBus);
});

afterAll(async () => {
  await upstream?.close();
  await stack?.stop();
});

async function publish(type: string, data: object): Promise<URLSearchParams> {
  const event = { specversion: '1.0', type, source: 'urn:journey', id: randomUUID(), data };
  const sender = upstream.createSender('events');
  await sender.sendMessages({ contentType: 'application/cloudevents+json', body: event });
  await sender.close();
  return new URLSearchParams({ source: event.source, id: event.id });
}

/** Every row of every table, as text. */
async function everything(): Promise<string> {
  const rows: string[] = [];
  for (const name of tableNames) {
    const table = TableClient.fromConnectionString(stack.addresses.tables, name, {
      allowInsecureConnection: true,
    });
    for await (const row of table.listEntities()) {
      const values = Object.values(row).map((value) =>
        value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : String(value),
      );
      rows.push(`${name} ${values.join(' ')}`);
    }
  }
  return rows.join('\n');
}

it('a person sees why they get something, ends it with the button’s words, has their data, and is forgotten', async () => {
  const { channel } = stack.addresses;
  if (channel === undefined) throw new Error('this stack has no channel');
  const ana = await ChatPerson.arrives(channel, 'dl_privacy_ana');
  await ana.says('subscribe builds');
  await ana.hears('Done. I will tell you here');
  await publish('build.finished', { pipeline: 'web', number: 1, status: 'failed' });
  await ana.hears('Build web #1 failed');
  const card = JSON.stringify((await ana.sees()).at(-1)?.attachments);
  expect(card).toContain('You get this because you subscribed to **builds**.');
  const [snooze] = /snooze notification [\w-]{43} for 1 hour/.exec(card) ?? [];
  await ana.says(snooze ?? '');
  await ana.hears('Done. I bring that once more');
  await ana.says('unsubscribe builds');
  await ana.hears('Done. I will no longer tell you');

  await ana.says('remind me to water the secret orchids tomorrow at 9');
  await eventually('the reminder to be stored', async () => (await everything()).includes('secret orchids'));
  await publish('notification.requested', { to: { user: ana.id }, text: 'a letter to ana alone' });
  await ana.hears('a letter to ana alone');

  await ana.says('export my data');
  await ana.hears('This is everything that I have stored about you');
  const answer = (await ana.sees()).at(-1);
  const url = String(answer?.attachments?.[0]?.contentUrl);
  expect(url).toMatch(/^data:application\/json;base64,/);
  expect(JSON.parse(Buffer.from(url.split(',')[1] ?? '', 'base64').toString())).toMatchObject({
    person: { id: ana.id },
    conversations: [{ reminders: [{ text: 'water the secret orchids' }] }],
  });

  expect(await everything()).toContain(ana.id);
  await ana.says('forget me');
  await ana.hears('If you want, I forget everything about you');
  await ana.says('forget me now');
  await ana.hears('I forget you now');
  await eventually('everything to be gone', async () => {
    const left = await everything();
    return [ana.id, ana.conversationId, 'secret orchids', 'a letter to ana alone'].every(
      (trace) => !left.includes(trace),
    );
  });
  const late = await publish('notification.requested', { to: { user: ana.id }, text: 'too late' });
  await eventually('the report', async () => {
    const report = await fetch(`${stack.addresses.functions}/api/notifications?${late}`);
    return report.ok && (await report.text()).includes('no-such-recipient');
  });

  await ana.says('hello');
  await eventually('to be greeted as somebody new', async () => {
    const greetings = (await ana.texts()).filter((text) => text.includes('good to meet you'));
    return greetings.length === 2;
  });
  expect(await ana.texts()).not.toContain('too late');
});
