import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Stack, startStack } from '../../../../dev/stack/stack.ts';
import { ChatPerson, eventually } from '../../../journeys/person.ts';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack({ env: { NOTIFIER_BURST: '1000/1s' } });
});

afterAll(() => stack?.stop());

it.each([
  { name: 'ana', away: 'uninstall', back: 'install' },
  { name: 'ben', away: 'block', back: 'unblock' },
])(
  'a web hook of somebody by whom the bot is gone ($away) answers 404, and works when they are back',
  async ({ name, away, back }) => {
    const { channel = '', functions } = stack.addresses;
    const person = await ChatPerson.arrives(channel, name);
    await person.says('create webhook alerts');
    await person.hears('Here is the address');
    await person.says('rotate webhook alerts');
    await eventually('two addresses', async () => (await addresses(person)).length === 2);
    const both = (await addresses(person)).map((path) => `${functions}${path}`);
    let posts = 0;
    const post = async (address: string) => {
      posts += 1;
      const body = JSON.stringify({ text: `post ${posts}` });
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(address, { method: 'POST', headers, body });
      return { status: answer.status, body: await answer.text() };
    };
    const answers = () => Promise.all(both.map(post));
    const statuses = async () => (await answers()).map(({ status }) => status);
    expect(await statuses()).toEqual([200, 200]);
    await person.hears('post 1');

    await membership(channel, person, away);
    // Whoever is blocked is found out by the next message that the channel refuses.
    if (away === 'block') await statuses();
    await eventually('silence', async () => (await statuses()).join() === '404,404');
    // As where there is no such hook: nobody learns from it who is gone.
    const unknown = await post(`${functions}/api/hooks/unknownunknown12.${'s'.repeat(43)}`);
    expect(await answers()).toEqual([unknown, unknown]);

    await membership(channel, person, back);
    await person.says('hello');
    await eventually('to be heard again', async () => (await statuses()).join() === '200,200');
    await person.hears(`post ${posts}`);
  },
);

async function addresses(person: ChatPerson): Promise<readonly string[]> {
  return [...new Set((await person.texts()).join('\n').match(/\/api\/hooks\/[\w-]{16}\.[\w-]{43}/g))];
}

async function membership(channel: string, { id }: ChatPerson, action: string): Promise<void> {
  const answer = await fetch(`${channel}/membership`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ conversation: id, action }),
  });
  expect({ status: answer.status, said: answer.ok || (await answer.text()) }).toEqual({
    status: 200,
    said: true,
  });
}
