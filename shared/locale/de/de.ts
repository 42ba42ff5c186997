import type { en } from '../en/en.ts';
import type { Wording } from '../wording.ts';
import { cards } from './cards.ts';
import { chat } from './chat.ts';
import { commands } from './commands.ts';
import { interruptions } from './interruptions.ts';
import { living } from './living.ts';
import { presses } from './presses.ts';
import { privacy } from './privacy.ts';
import { quiet } from './quiet.ts';
import { reach } from './reach.ts';
import { recurrence } from './recurrence.ts';
import { status } from './status.ts';
import { times } from './times.ts';
import { topics } from './topics.ts';
import { why } from './why.ts';

/** German, informal. What is to be said to the bot is German, too: see the phrases of each command. */
export const de: Wording<typeof en> = {
  language: 'de',
  cards,
  chat,
  commands,
  interruptions,
  living,
  presses,
  privacy,
  quiet,
  reach,
  recurrence,
  status,
  times,
  topics,
  why,
};
