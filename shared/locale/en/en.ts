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

/** English. Every other language has the form of this one. */
export const en = {
  /** BCP 47. */
  language: 'en',
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
