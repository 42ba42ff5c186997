import type { CommandGroup } from '../command.ts';
import { drop } from '../parked/drop.ts';
import { list } from '../parked/list.ts';
import { replay } from '../parked/replay.ts';
import { show } from '../parked/show.ts';

export const command: CommandGroup = {
  summary: 'Lists, shows, replays and drops what could not be used or finished.',
  commands: { list, show, replay, drop },
};
