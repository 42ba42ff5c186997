import type { CommandGroup } from '../command.ts';
import { list } from '../conversations/list.ts';
import { show } from '../conversations/show.ts';

export const command: CommandGroup = {
  summary: 'Lists and shows the conversations that the bot knows.',
  commands: { list, show },
};
