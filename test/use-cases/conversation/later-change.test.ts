import { expect, it } from 'vitest';
import { conversationKey } from '../../../shared/domain/ids.ts';
import { hours } from '../../../shared/domain/time.ts';
import { aChat } from '../../support/chat.ts';
import { everyCommand } from '../../support/every-command.ts';
import { aWorld } from '../../support/world.ts';

const aadObjectId = '5b6f1a10-0000-4000-8000-00000000000a';
const at = (id: string, more: object = {}) => ({
  conversation: { id, conversationType: 'personal', isGroup: false, name: '', tenantId: 'contoso' },
  from: { id: `29:${id}`, name: 'Ana', ...more },
});

it('of two who turn out to be one the later change stands, wherever they speak', async () => {
  const world = aWorld();
  const { answer } = await everyCommand(world);
  const chat = aChat({ world, more: { answer } });
  for (const [id, ...texts] of [
    ['a:1', 'timezone Europe/Berlin', 'quiet hours 22:00-07:00'],
    ['a:2', 'timezone America/New_York', 'quiet hours 18:00-07:00'],
    ['a:1', 'quiet hours off'],
  ] as const) {
    world.clock.advance(hours(1));
    for (const text of texts) await chat.says(text, at(id));
  }
  await chat.says('hello', at('a:2', { aadObjectId }));
  await chat.says('hello', at('a:1', { aadObjectId }));
  const { preferences } = await world.preferences.findPreferences(conversationKey('msteams', 'a:1'));
  expect(preferences.timeZone).toBe('America/New_York');
  expect(preferences.quietHours).toBeUndefined();
});
