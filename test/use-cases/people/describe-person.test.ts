import { expect, it } from 'vitest';
import { conversationKey } from '../../../shared/domain/ids.ts';
import { describePerson } from '../../../shared/use-cases/people/describe-person.ts';
import { resolvePerson } from '../../../shared/use-cases/people/resolve-person.ts';
import { aChat } from '../../support/chat.ts';
import { everyCommand } from '../../support/every-command.ts';
import { aWorld } from '../../support/world.ts';

const at = (id: string) => ({
  conversation: { id, conversationType: 'personal', isGroup: false, name: '', tenantId: 'contoso' },
  from: { id: '29:ana', name: 'Ana', aadObjectId: '5b6f1a10-0000-4000-8000-00000000000a' },
});
const key = (id: string) => conversationKey('msteams', id);

it('a person with several conversations is described with each of them, where they are told, and the dialog of each', async () => {
  const world = aWorld();
  const { answer } = await everyCommand(world);
  const chat = aChat({ world, more: { answer } });
  await chat.says('hello', at('a:default'));
  await chat.says('book travel', at('a:session-1'));
  await chat.says('notify me here', at('a:session-2'));
  const found = await resolvePerson(world)('29:ana');
  if (found.kind !== 'one') throw new Error('she was met');
  const { conversations, dialogs } = await describePerson({ ...world, defaultTimeZone: 'UTC' })(found.person);
  expect(conversations).toMatchObject([
    { key: key('a:default'), conversationId: 'a:default', isTold: false },
    { key: key('a:session-1'), conversationId: 'a:session-1', isTold: false },
    { key: key('a:session-2'), conversationId: 'a:session-2', isTold: true },
  ]);
  expect(dialogs).toMatchObject([{ name: 'book travel', conversation: key('a:session-1') }]);
});
