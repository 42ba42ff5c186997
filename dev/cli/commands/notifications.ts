import type { CommandGroup } from '../command.ts';
import { list } from '../notifications/list.ts';

export const command: CommandGroup = {
  summary: 'Lists what was sent lately.',
  commands: { list },
};
