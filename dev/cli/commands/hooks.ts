import type { CommandGroup } from '../command.ts';
import { list } from '../hooks/list.ts';
import { revoke } from '../hooks/revoke.ts';

export const command: CommandGroup = {
  summary: 'Lists the web hooks that people made, and revokes them.',
  commands: { list, revoke },
};
