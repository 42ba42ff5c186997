import { ServiceBusClient, type ServiceBusReceivedMessage } from '@azure/service-bus';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Stack, startStack } from '../../dev/stack/stack.ts';
import { heardIn } from '../support/reading.ts';
import { ChatPerson, eventually } from './person.ts';
import { published } from './published.ts';

let stack: Stack;
let client: ServiceBusClient;

beforeAll(async () => {
  stack = await startStack({ channelArgs: ['--no-limits'], serviceBus: 'Basic' });
  client = new ServiceBusClient(stack.addresses.serviceBus);
});

afterAll(async () => {
  await client?.close();
  await stack?.stop();
});

const peeked = async () => {
  const receiver = client.createReceiver('deliveries', { skipParsingBodyAsJson: true });
  const messages = await receiver.peekMessages(100);
  await receiver.close();
  return messages;
};

it('on Service Bus Basic, which looks for no duplicates, a call that is sent three times more tells once', async () => {
  const { channel, functions } = stack.addresses;
  if (channel === undefined) throw new Error('this stack has no channel');
  const ana = await ChatPerson.arrives(channel, 'dl_basic_ana');
  await ana.says('hello');
  await ana.hears('Hello');
  const due = new Date(Date.now() + 3000);
  const data = { to: { user: ana.id }, text: 'told once', delivery: { at: due.toISOString() } };
  await published(functions, { source: 'urn:basic', data });
  let call: ServiceBusReceivedMessage | undefined;
  await eventually('the call', async () => {
    call = (await peeked()).find(({ state }) => state === 'scheduled');
    return call !== undefined;
  });
  const { body, messageId = '', applicationProperties = {} } = call ?? {};
  const sender = client.createSender('deliveries');
  const copy = { body, messageId, applicationProperties, scheduledEnqueueTimeUtc: due };
  for (let sent = 0; sent < 3; sent += 1) await sender.sendMessages(copy);
  await sender.close();
  const copies = (await peeked()).filter((each) => each.messageId === messageId);
  expect(copies.length).toBeGreaterThanOrEqual(3);
  await eventually('every copy to be taken', async () => (await peeked()).length === 0);
  await ana.hears('told once');
  expect((await ana.sees()).filter((shown) => heardIn(shown).startsWith('told once'))).toHaveLength(1);
});
