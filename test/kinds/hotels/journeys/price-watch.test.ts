import { randomUUID } from 'node:crypto';
import { ServiceBusClient } from '@azure/service-bus';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Stack, startStack } from '../../../../dev/stack/stack.ts';
import { ChatPerson, eventually } from '../../../journeys/person.ts';

let stack: Stack;
let upstream: ServiceBusClient;

beforeAll(async () => {
  stack = await startStack({ channelArgs: ['--no-limits'], env: { NOTIFIER_REQUESTS_PER_SECOND: '200' } });
  upstream = new ServiceBusClient(stack.addresses.serviceBus);
});

afterAll(async () => {
  await upstream?.close();
  await stack?.stop();
});

async function arrives(name: string): Promise<ChatPerson> {
  const { channel } = stack.addresses;
  if (channel === undefined) throw new Error('this stack has no channel');
  const person = await ChatPerson.arrives(channel, name);
  await person.says('hello');
  await person.hears('Hello');
  return person;
}

function aPrice(hotelName: string, price: number, time: string, data: object = {}) {
  return {
    specversion: '1.0',
    type: 'hotel.price.changed',
    source: 'urn:prices',
    id: randomUUID(),
    time,
    data: { hotelId: hotelName, hotelName, city: 'Las Vegas', price, currency: 'USD', ...data },
  };
}

async function publish(...events: readonly object[]): Promise<void> {
  const sender = upstream.createSender('events');
  for (const body of events) {
    await sender.sendMessages({ contentType: 'application/cloudevents+json', body });
  }
  await sender.close();
}

async function isDone(event: { readonly source: string; readonly id: string }): Promise<boolean> {
  const query = new URLSearchParams({ source: event.source, id: event.id });
  const answer = await fetch(`${stack.addresses.functions}/api/notifications?${query}`);
  return answer.ok && ((await answer.json()) as { complete: boolean }).complete;
}

async function alerts(person: ChatPerson): Promise<readonly string[]> {
  return (await person.texts()).filter((text) => /: \$\d/.test(text));
}

describe('a price watch', () => {
  it('tells a fall once, with before and after, and the same event again tells nothing', async () => {
    const ana = await arrives('dl_prices_ana');
    const first = aPrice('Vegas Grand', 200, '2026-11-20T08:00:00Z');
    await publish(first);
    await eventually('the first price', () => isDone(first));
    await ana.says('watch vegas grand');
    await ana.hears('Done. I watch **Vegas Grand** in Las Vegas. It costs **$200** now.');

    const fall = aPrice('Vegas Grand', 149, '2026-11-21T08:00:00Z', { url: 'https://hotels.example/grand' });
    await publish(fall);
    await ana.hears('Vegas Grand, Las Vegas: $149, was $200 (26% less)');
    await publish(fall, fall);
    const small = aPrice('Vegas Grand', 148, '2026-11-22T08:00:00Z');
    await publish(small);
    await eventually('the small fall to be through', () => isDone(small));
    expect(await alerts(ana)).toEqual(['Vegas Grand, Las Vegas: $149, was $200 (26% less)']);

    const shown = (await ana.sees()).find(({ attachments }) => attachments !== undefined);
    expect(shown?.attachments?.[0]?.contentType).toBe('application/vnd.microsoft.card.adaptive');
    expect(JSON.stringify(shown?.attachments?.[0]?.content)).toContain('"unwatch Vegas Grand, Las Vegas"');
  });

  it('that was ended tells nothing more, and one below a price tells when it is passed', async () => {
    const [ben, cleo] = [await arrives('dl_prices_ben'), await arrives('dl_prices_cleo')];
    const first = aPrice('Palm Court', 300, '2026-11-20T08:00:00Z');
    await publish(first);
    await eventually('the first price', () => isDone(first));
    await ben.says('watch palm court drop 10%');
    await ben.hears('Done.');
    await cleo.says('watch palm court below 250');
    await cleo.hears('Done.');
    await ben.says('unwatch Palm Court');
    await ben.hears('Done. I no longer watch');
    await publish(aPrice('Palm Court', 249.5, '2026-11-21T08:00:00Z'));
    await cleo.hears('Palm Court, Las Vegas: $249.50, was $300 (17% less)');
    expect(await alerts(ben)).toEqual([]);
  });
});

describe('a price report', () => {
  it('is promised at once and delivered later, once, also when the host dies in between', async () => {
    const dora = await arrives('dl_prices_dora');
    const prices = [210, 190, 170].map((price, day) =>
      aPrice('Sands End', price, `2026-11-${String(day + 10)}T08:00:00Z`),
    );
    await publish(...prices);
    for (const price of prices) await eventually('the prices', () => isDone(price));
    await dora.says('price report sands end');
    await dora.hears('I am putting the prices of **Sands End** in Las Vegas together. That takes a while');
    expect((await dora.texts()).some((text) => text.startsWith('Price report'))).toBe(false);
    await stack.kill('functions', 'SIGKILL');
    await stack.waitUntilRestarted('functions');
    await dora.says('help');
    await dora.hears('I tell you when something happens');
    await dora.hears(
      'Price report for Sands End, Las Vegas: $170 now. The price has fallen by 19% since Nov 10',
    );
    const reports = (await dora.texts()).filter((text) => text.startsWith('Price report'));
    expect(reports.length).toBe(1);
  });
});
