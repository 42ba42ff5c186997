import { hotels } from '../../kinds/hotels/words/en.ts';
import { reminders } from '../../kinds/reminders/words/en.ts';
import { booking } from '../../kinds/travel/words/en.ts';
import { cards } from './cards.ts';
import { chat } from './chat.ts';
import { commands } from './commands.ts';
import { interruptions } from './interruptions.ts';
import { presses } from './presses.ts';
import { privacy } from './privacy.ts';
import { quiet } from './quiet.ts';
import { recurrence } from './recurrence.ts';
import { status } from './status.ts';
import { times } from './times.ts';
import { topics } from './topics.ts';
import { why } from './why.ts';

/** English. Every other language has the form of this one. */
export const en = {
  /** BCP 47. */
  language: 'en',
  booking,
  cards,
  chat,
  commands,
  hotels,
  interruptions,
  presses,
  privacy,
  quiet,
  recurrence,
  reminders,
  status,
  times,
  topics,
  why,
};
