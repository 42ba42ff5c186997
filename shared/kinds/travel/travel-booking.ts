import { z } from 'zod';
import type { Dialog, DialogMove } from '../../chat/dialogs/dialog.ts';
import type { DialogTurn } from '../../chat/dialogs/dialogs.ts';
import { defined } from '../../domain/defined.ts';
import { type Booking, newBooking, promptOf, steps, takeAnswer } from './booking.ts';
import { bookingCard } from './booking-card.ts';
import { bookingWords } from './words/words.ts';

/** A type and not an interface, so that it is JSON by its type. */
type Answers = { readonly booking: Booking };

const answers = z.object({
  booking: z.object({
    step: z.enum(steps),
    destination: z.string().exactOptional(),
    departure: z.string().exactOptional(),
    returning: z.string().exactOptional(),
    travellers: z.int().exactOptional(),
  }),
}) satisfies z.ZodType<Answers>;

/** `book travel`: where to, when, and who; any answer can be corrected at any question. */
export const travelBooking: Dialog<Answers> = {
  name: 'book travel',
  version: 1,

  title(locale) {
    return bookingWords(locale).title;
  },

  read(stored) {
    return answers.parse(stored);
  },

  begin(turn, answer) {
    const { begin } = bookingWords(turn.locale);
    const { booking, said } = firstAnswers(turn, answer);
    return { kind: 'ask', state: { booking }, said: said === undefined ? begin : `${begin} ${said}` };
  },

  answer({ booking }, turn) {
    const answered = takeAnswer(booking, turn.text, { now: turn.at, zone: turn.zone, locale: turn.locale });
    switch (answered.kind) {
      case 'left':
        return { kind: 'end', reply: { text: bookingWords(turn.locale).left } };
      case 'booked':
        return booked(answered.booking, turn);
      case 'ask': {
        const { booking: next, said } = answered;
        return { kind: 'ask', state: { booking: next }, ...defined({ said }) };
      }
    }
  },

  question({ booking }, { locale }) {
    return promptOf(booking, bookingWords(locale));
  },
};

function booked(booking: Booking, { id, locale }: DialogTurn): DialogMove<Answers> {
  const words = bookingWords(locale);
  const letters = id.replace(/[^A-Za-z0-9]/g, '').slice(0, 6);
  const card = bookingCard(booking, `TR-${letters.toUpperCase()}`, words);
  // The question before said all of it, and the card says it again to keep.
  return { kind: 'end', reply: { text: words.booked, card } };
}

/** With what the opening said already: `book a flight to Tokyo tomorrow`. What is no answer there is asked for. */
function firstAnswers(
  turn: DialogTurn,
  answer: string,
): { readonly booking: Booking; readonly said?: string } {
  if (answer === '') return { booking: newBooking };
  const { at: now, zone, locale } = turn;
  const answered = takeAnswer(newBooking, answer, { now, zone, locale });
  const isTaken = answered.kind === 'ask' && Object.keys(answered.booking).length > 1;
  return isTaken ? answered : { booking: newBooking };
}
