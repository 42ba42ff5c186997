import type { CommandGroup } from '../command.ts';
import { erase } from '../people/erase.ts';
import { find } from '../people/find.ts';
import { show } from '../people/show.ts';

export const command: CommandGroup = {
  summary: 'Finds people, shows what is known of them, and has them forgotten.',
  commands: { find, show, erase },
};
