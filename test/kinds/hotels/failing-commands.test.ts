import { expect, it } from 'vitest';
import type { Command } from '../../../shared/chat/commands/command.ts';
import { aChat } from '../../support/chat.ts';
import { everyCommand } from '../../support/every-command.ts';
import { aHotelWorld } from './support/hotel-world.ts';

const bug = () => Promise.reject(new TypeError('a bug'));
const failing = (command: Command): Command => ({ ...command, run: bug });

it.each([
  'watch Vegas Grand',
  'unwatch Vegas Grand',
  'watches',
  'snooze watch Vegas Grand',
  'price report Vegas Grand',
])(
  'a command that fails is answered, nobody asks for it again, and the open dialog goes on: %s',
  async (text) => {
    const world = aHotelWorld();
    const { answer } = await everyCommand(world, failing);
    const { says, hears, state } = aChat({ world, more: { answer } });
    await says('hello');
    expect(await hears(text)).toContain('Sorry, something went wrong here');
    expect(await hears(text)).toContain('Sorry, something went wrong here');
    expect(world.log.of('turn.failed')).toMatchObject([
      { level: 'error', fields: { code: 'TypeError' } },
      { level: 'error' },
    ]);
    await says('book travel');
    const heard = await hears(text);
    expect(heard).toContain('Sorry, something went wrong here');
    expect(heard).toContain('Where');
    expect((await state()).dialog?.name).toBe('book travel');
    expect(await hears(text, { locale: 'de-DE' })).toContain('schiefgegangen');
  },
);
