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

function channel(): string {
  const { channel: address } = stack.addresses;
  if (address === undefined) throw new Error('this stack has no channel');
  return address;
}

async function publish(
  type: string,
  data: object,
): Promise<{ readonly source: string; readonly id: string }> {
  const event = { specversion: '1.0', type, source: 'urn:journey:dialogs', id: randomUUID(), data };
  const sender = upstream.createSender('events');
  await sender.sendMessages({ contentType: 'application/cloudevents+json', body: event });
  await sender.close();
  return event;
}

/** Somebody who is asked when they leave for London. */
async function whoBooks(name: string): Promise<ChatPerson> {
  const person = await ChatPerson.arrives(channel(), `dl_dialogs_${name}`);
  await person.says('hello');
  await person.hears('Hello');
  await person.says('book travel');
  await person.hears('Let us book a trip. Where do you want to go?');
  await person.says('London');
  await person.hears('London, a good choice. When do you leave for London?');
  return person;
}

async function outcomes(event: { readonly source: string; readonly id: string }): Promise<unknown> {
  const query = new URLSearchParams(event);
  const answer = await fetch(`${stack.addresses.functions}/api/notifications?${query}`);
  return answer.ok ? ((await answer.json()) as { outcomes: unknown }).outcomes : undefined;
}

describe('a person who books a trip', () => {
  it('gets it booked, with a card', async () => {
    const ana = await whoBooks('ana');
    for (const [said, heard] of [
      ['next friday', 'Leaving on Friday'],
      ['back', 'One step back. When do you leave for London? (So far: Friday'],
      ['next friday', 'Leaving on Friday'],
      ['after 3 nights', 'Back on Monday'],
      ['two of us', '2 travellers, noted. Shall I book this? **London**'],
      ['yes', 'Booked. Have a good trip!'],
    ] as const) {
      await ana.says(said);
      await ana.hears(heard);
    }
    const booked = (await ana.sees()).at(-1);
    expect(JSON.stringify(booked?.attachments)).toContain('3 nights');
  });

  it('is interrupted, sees it, and goes on where they were', async () => {
    const ben = await whoBooks('ben');
    const event = await publish('notification.requested', {
      to: { user: ben.id },
      text: 'The Bellagio in Las Vegas is down to 120 USD',
      delivery: { mode: 'interrupt' },
    });
    await ben.hears(
      'The Bellagio in Las Vegas is down to 120 USD\n\n*Let us change the topic for a moment.*',
    );
    // Nothing is asked, so whatever is said next is for the booking below.
    await ben.says('next friday');
    await ben.hears('Leaving on Friday');
    expect((await ben.texts()).filter((text) => text.includes('Let us change the topic')).length).toBe(1);
    expect(await outcomes(event)).toEqual({ delivered: 1 });
  });

  it('is asked something, and the service that asked is told the answer', async () => {
    const cleo = await whoBooks('cleo');
    const event = await publish('survey.requested', {
      to: { user: cleo.id },
      question: 'How was your last trip?',
      choices: ['Great', 'Fine', 'Not so good'],
      replyTo: 'outcomes',
      delivery: { mode: 'interrupt' },
    });
    await cleo.hears('How was your last trip?\n\n*Let us change the topic for a moment.*');
    await cleo.says('Great');
    await cleo.hears('Thank you. I noted **Great**. Back to your travel booking.');
    await cleo.hears('When do you leave for London?');
    const receiver = upstream.createReceiver('outcomes', { receiveMode: 'receiveAndDelete' });
    const [answer] = await receiver.receiveMessages(1, { maxWaitTimeInMs: 20_000 });
    await receiver.close();
    expect(answer?.body).toMatchObject({
      specversion: '1.0',
      type: 'survey.answered',
      data: {
        question: 'How was your last trip?',
        choice: 'Great',
        user: cleo.id,
        event: { source: event.source, id: event.id },
      },
    });
  });

  it('is told what was left when something takes the place of the booking', async () => {
    const dan = await whoBooks('dan');
    await publish('notification.requested', {
      to: { user: dan.id },
      text: 'All flights are off today',
      delivery: { mode: 'replace' },
    });
    await dan.hears('All flights are off today\n\n*I left your travel booking to tell you this.');
    await dan.says('next friday');
    await dan.hears('I did not understand that.');
    await dan.says('resume booking');
    await dan.hears('Back to your travel booking.');
    await dan.says('next friday');
    await dan.hears('Leaving on Friday');
  });

  it('has two questions one after the other, and what waited when all is over', async () => {
    const eve = await whoBooks('eve');
    const ask = (question: string) =>
      publish('survey.requested', {
        to: { user: eve.id },
        question,
        choices: ['Yes', 'No'],
        delivery: { mode: 'interrupt' },
      });
    await ask('First?');
    await eve.hears('First?');
    await ask('Second?');
    const waiting = await publish('notification.requested', { to: { user: eve.id }, text: 'no hurry' });
    await eventually('both to wait', async () => JSON.stringify(await outcomes(waiting)) === '{}');
    await eve.says('yes');
    await eve.hears('Second?');
    await eve.says('no');
    await eve.hears('Thank you. I noted **No**. Back to your travel booking.');
    await eve.says('cancel');
    await eve.hears('The travel booking is cancelled; nothing was booked.');
    await eventually('what waited to be told', async () =>
      (await eve.texts()).some((text) => text.includes('no hurry')),
    );
    const texts = await eve.texts();
    expect(texts.findIndex((text) => text.startsWith('First?'))).toBeLessThan(
      texts.findIndex((text) => text.startsWith('Second?')),
    );
  });

  it('whose answer crosses an interruption has both', async () => {
    const people = await Promise.all(['1', '2', '3', '4', '5'].map((name) => whoBooks(`crossing_${name}`)));
    await Promise.all(
      people.map(async (person, index) => {
        const told = publish('notification.requested', {
          to: { user: person.id },
          text: `crossing ${index}`,
          delivery: { mode: 'interrupt' },
        });
        await person.says('next friday');
        await told;
        await person.hears(`crossing ${index}\n\n*Let us change the topic`);
        await person.says('done');
        await person.hears('All right. Back to your travel booking.');
        await eventually('the open question to be asked again', async () => {
          const last = (await person.texts()).at(-1);
          return last === 'When do you come back?' || last === 'When do you leave for London?';
        });
        const texts = await person.texts();
        expect(texts.filter((text) => text.includes('Let us change the topic')).length).toBe(1);
      }),
    );
  });

  it('finds the booking again after the functions host was killed', async () => {
    const fay = await whoBooks('fay');
    await stack.kill('functions', 'SIGKILL');
    await stack.waitUntilRestarted('functions');
    await fay.says('tomorrow');
    await fay.hears('Leaving on');
  });
});
