import type { Guest, Traffic } from './traffic.ts';

/** One round of what a person does, each turn of it heard by another process than the one before. */
export type Life = (traffic: Traffic, guest: Guest) => Promise<void>;

/** Books half a trip, is not disturbed meanwhile, and hears what waited when the dialog is over. */
const books: Life = async (traffic, guest) => {
  await untilAsked(guest);
  const waiting = await traffic.publish(guest, { mode: 'wait' });
  await guest.voice().talks('next friday', 'When do you come back?');
  const before = (await guest.voice().sees()).length;
  await guest.voice().talks('cancel', 'nothing was booked');
  await guest.voice().hears(waiting.text, before);
};

/** Is interrupted while booking, and goes on. */
const isInterrupted: Life = async (traffic, guest) => {
  await untilAsked(guest);
  const { text } = await traffic.publish(guest, { mode: 'interrupt' });
  await guest.voice().hears(text);
  await guest.voice().talks('done', 'Back to your travel booking');
  await guest.voice().talks('next friday', 'When do you come back?');
  await guest.voice().talks('cancel', 'nothing was booked');
};

const isReminded: Life = async (traffic, guest) => {
  const text = await traffic.remind(guest, 2);
  await guest.voice().hears(text);
};

const isAsked: Life = async (traffic, guest) => {
  const question = await traffic.survey(guest);
  await guest.voice().hears(question);
  await guest.voice().talks('great', 'I noted **Great**');
};

/** Wants quiet, and hears what came meanwhile when it is over. */
const isQuiet: Life = async (traffic, guest) => {
  const minute = new Date().getUTCHours() * 60 + new Date().getUTCMinutes();
  // All day but an hour that is far away.
  await guest.voice().talks(`quiet hours ${clock(minute + 780)}-${clock(minute + 720)}`, 'quiet hours');
  const { text } = await traffic.publish(guest);
  const before = (await guest.voice().sees()).length;
  await guest.voice().talks('quiet hours off', 'quiet hours');
  await guest.voice().hears(text, before);
};

export const lives: readonly Life[] = [books, isInterrupted, isReminded, isAsked, isQuiet];

/** What is open when one of the two is stopped, and how it goes on with the other alone. */
export async function leaveOpen(traffic: Traffic): Promise<() => Promise<void>> {
  const [booking, interrupted, reminded, asked, quiet] = traffic.guests;
  if (!booking || !interrupted || !reminded || !asked || !quiet) throw new Error('Five guests are needed.');
  await untilAsked(booking);
  const waiting = await traffic.publish(booking, { mode: 'wait' });
  await untilAsked(interrupted);
  const interruption = await traffic.publish(interrupted, { mode: 'interrupt' });
  await interrupted.voice().hears(interruption.text);
  const reminder = await traffic.remind(reminded, 6);
  await asked.voice().hears(await traffic.survey(asked));
  await quiet.voice().talks('mute for 1 hour', 'I keep everything from you');
  await traffic.publish('everyone', { mode: 'wait', onUnconfirmed: 'resend' });

  return async () => {
    await booking.voice().talks('next friday', 'When do you come back?');
    const before = (await booking.voice().sees()).length;
    await booking.voice().talks('cancel', 'nothing was booked');
    await booking.voice().hears(waiting.text, before);
    await interrupted.voice().talks('done', 'Back to your travel booking');
    await interrupted.voice().talks('cancel', 'nothing was booked');
    await reminded.voice().hears(reminder);
    await asked.voice().talks('fine', 'I noted **Fine**');
    await traffic.publish(quiet);
    await quiet.voice().talks('unmute', 'Nothing is muted any more');
    await traffic.publish('news');
    await traffic.publish('everyone');
  };
}

async function untilAsked(guest: Guest): Promise<void> {
  await guest.voice().talks('book travel', 'Where do you want to go?');
  await guest.voice().talks('London', 'When do you leave for London?');
}

function clock(minute: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)}`;
}
