import type { TurnContext } from 'botbuilder-core';
import { Dialog, type DialogContext, type DialogInstance, type DialogTurnResult } from 'botbuilder-dialogs';
import { wordsFor } from '../../../locale/words.ts';
import { toActivity } from '../../activity.ts';
import { plain } from '../../markdown.ts';
import { begunBy, type DialogTurn } from '../dialogs.ts';
import { turnOf } from '../turn-in-context.ts';
import { type Booking, newBooking, promptOf, takeAnswer } from './booking.ts';
import { bookingCard } from './booking-card.ts';

/**
 * `book travel` as a dialog of the library: one dialog that keeps the whole booking, rather than one prompt a question,
 * so that `back` and a correction of any answer go anywhere.
 */
export class TravelBookingDialog extends Dialog {
  override async beginDialog(dc: DialogContext): Promise<DialogTurnResult> {
    const turn = turnOf(dc.context);
    const words = wordsFor(turn.locale).booking;
    const { booking, said } = begin(turn);
    const prompt = promptOf(booking, words);
    keep(instanceOf(dc), booking);
    const text = words.begin(said === undefined ? prompt.text : `${said} ${prompt.text}`);
    await dc.context.sendActivity(toActivity({ ...prompt, text }));
    return Dialog.EndOfTurn;
  }

  override async continueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    const turn = turnOf(dc.context);
    const words = wordsFor(turn.locale).booking;
    const answered = takeAnswer(bookingOf(instanceOf(dc)), turn.text, {
      now: turn.at,
      zone: turn.zone,
      locale: turn.locale,
    });
    switch (answered.kind) {
      case 'left':
        await dc.context.sendActivity(words.left);
        return dc.endDialog();
      case 'booked': {
        const reference = `TR-${turn.id
          .replace(/[^A-Za-z0-9]/g, '')
          .slice(0, 6)
          .toUpperCase()}`;
        const card = bookingCard(answered.booking, reference, words);
        // The question before said all of it, and the card says it again to keep.
        const text = words.booked(`**${plain(answered.booking.destination ?? '')}**.`);
        await dc.context.sendActivity(toActivity({ text, card }));
        return dc.endDialog(answered.booking);
      }
      case 'ask': {
        keep(instanceOf(dc), answered.booking);
        const prompt = promptOf(answered.booking, words);
        const text = answered.said === undefined ? prompt.text : `${answered.said} ${prompt.text}`;
        await dc.context.sendActivity(toActivity({ ...prompt, text }));
        return Dialog.EndOfTurn;
      }
    }
  }

  override async repromptDialog(context: TurnContext, instance: DialogInstance): Promise<void> {
    const words = wordsFor(turnOf(context).locale).booking;
    await context.sendActivity(toActivity(promptOf(bookingOf(instance), words)));
  }
}

/** With what the opening said already: `book a flight to Tokyo tomorrow`. What is no answer there is asked for. */
function begin(turn: DialogTurn): { readonly booking: Booking; readonly said?: string } {
  const answer = begunBy(turn.text)?.answer ?? '';
  if (answer === '') return { booking: newBooking };
  const { at: now, zone, locale } = turn;
  const answered = takeAnswer(newBooking, answer, { now, zone, locale });
  const isTaken = answered.kind === 'ask' && Object.keys(answered.booking).length > 1;
  return isTaken ? answered : { booking: newBooking };
}

function instanceOf(dc: DialogContext): DialogInstance {
  if (dc.activeDialog === undefined) throw new Error('the library runs a dialog that is not on its stack');
  return dc.activeDialog;
}

function keep(instance: DialogInstance, booking: Booking): void {
  instance.state = { booking };
}

/** Our own shape of this version, by the version that is stored beside it. */
function bookingOf({ state }: DialogInstance<{ booking?: Booking }>): Booking {
  if (state.booking === undefined) throw new Error('the stored dialog has no booking');
  return state.booking;
}
