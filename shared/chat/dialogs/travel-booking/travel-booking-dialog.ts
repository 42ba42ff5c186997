import type { TurnContext } from 'botbuilder-core';
import { Dialog, type DialogContext, type DialogInstance, type DialogTurnResult } from 'botbuilder-dialogs';
import { toActivity } from '../../activity.ts';
import { turnOf } from '../turn-in-context.ts';
import { type Booking, newBooking, promptOf, summaryOf, takeAnswer } from './booking.ts';
import { bookingCard } from './booking-card.ts';

/**
 * `book travel` as a dialog of the library: one dialog that keeps the whole booking, rather than one prompt a question,
 * so that `back` and a correction of any answer go anywhere.
 */
export class TravelBookingDialog extends Dialog {
  override async beginDialog(dc: DialogContext): Promise<DialogTurnResult> {
    keep(instanceOf(dc), newBooking);
    await dc.context.sendActivity(
      toActivity({
        ...promptOf(newBooking),
        text: `Let us book a trip. ${promptOf(newBooking).text}`,
      }),
    );
    return Dialog.EndOfTurn;
  }

  override async continueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    const turn = turnOf(dc.context);
    const answered = takeAnswer(bookingOf(instanceOf(dc)), turn.text, {
      now: turn.at,
      zone: turn.zone,
    });
    switch (answered.kind) {
      case 'left':
        await dc.context.sendActivity('The travel booking is cancelled; nothing was booked.');
        return dc.endDialog();
      case 'booked': {
        const reference = `TR-${turn.id
          .replace(/[^A-Za-z0-9]/g, '')
          .slice(0, 6)
          .toUpperCase()}`;
        const card = bookingCard(answered.booking, reference);
        await dc.context.sendActivity(
          toActivity({ text: `Booked: ${summaryOf(answered.booking)} Have a good trip!`, card }),
        );
        return dc.endDialog(answered.booking);
      }
      case 'ask': {
        keep(instanceOf(dc), answered.booking);
        const prompt = promptOf(answered.booking);
        const text = answered.said === undefined ? prompt.text : `${answered.said} ${prompt.text}`;
        await dc.context.sendActivity(toActivity({ ...prompt, text }));
        return Dialog.EndOfTurn;
      }
    }
  }

  override async repromptDialog(context: TurnContext, instance: DialogInstance): Promise<void> {
    await context.sendActivity(toActivity(promptOf(bookingOf(instance))));
  }
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
