import { type Activity, BotAdapter, type ResourceResponse, TurnContext } from 'botbuilder-core';
import { DialogContext, type DialogInstance, DialogSet } from 'botbuilder-dialogs';
import type { OpenDialog } from '../../domain/conversation/turn-state.ts';
import { type Words, wordsFor } from '../../locale/words.ts';
import { toReply } from '../activity.ts';
import type { Reply } from '../turn.ts';
import { type DialogStep, type Dialogs, type DialogTurn, UnknownDialogState } from './dialogs.ts';
import { TravelBookingDialog } from './travel-booking/travel-booking-dialog.ts';
import { carryTurn } from './turn-in-context.ts';

/** Each dialog by the command that begins it. The version rises when its stored form changes. */
const known = new Map([
  [
    'book travel',
    {
      title: ({ booking }: Words) => booking.title,
      version: 1,
      dialog: new TravelBookingDialog('book travel'),
    },
  ],
]);

const dialogs = new DialogSet();
for (const { dialog } of known.values()) dialogs.add(dialog);

/**
 * The dialogs of Bot Framework's dialog library, each turn run in a context of its own that holds back what they send
 * and stores nothing: the turn's transaction stores and sends.
 */
export const libraryDialogs: Dialogs = {
  async begin(name, turn) {
    return step(name, [], turn, async (dialog) => {
      await dialog.beginDialog(name);
    });
  },

  async continue(open, turn) {
    const stack = open.state.dialogStack;
    if (known.get(open.name)?.version !== open.version || !Array.isArray(stack)) {
      throw new UnknownDialogState(open);
    }
    try {
      // The library's own stack, as it was given by it.
      return await step(open.name, structuredClone(stack) as DialogInstance[], turn, async (dialog) => {
        await dialog.continueDialog();
      });
    } catch (cause) {
      // Whatever it is, the same answer would run into it again, for ever: the dialog is given up, and the person told.
      throw new UnknownDialogState(open, cause);
    }
  },
};

async function step(
  name: string,
  dialogStack: DialogInstance[],
  turn: DialogTurn,
  run: (dialog: DialogContext) => Promise<void>,
): Promise<DialogStep> {
  const entry = known.get(name);
  if (entry === undefined) throw new Error(`there is no dialog "${name}"`);
  const state = { dialogStack };
  const replies = await heldBack(turn, async (context) => {
    await run(new DialogContext(dialogs, context, state));
  });
  if (state.dialogStack.length === 0) return { replies };
  const [prompt] = await heldBack(turn, async (context) => {
    await new DialogContext(dialogs, context, state).repromptDialog();
  });
  if (prompt === undefined) throw new Error(`dialog "${name}" waits for an answer without a prompt`);
  const dialog: OpenDialog = {
    name,
    title: entry.title(wordsFor(turn.locale)),
    version: entry.version,
    // As it will be read again: what JSON keeps of it.
    state: JSON.parse(JSON.stringify(state)),
    prompt,
  };
  return { dialog, replies };
}

/** Runs a turn of the library and gives what it would have sent. */
async function heldBack(
  turn: DialogTurn,
  run: (context: TurnContext) => Promise<void>,
): Promise<readonly Reply[]> {
  const adapter = new HoldingAdapter();
  const context = new TurnContext(adapter, { type: 'message', text: turn.text, locale: turn.locale });
  carryTurn(context, turn);
  await run(context);
  return adapter.held;
}

class HoldingAdapter extends BotAdapter {
  readonly held: Reply[] = [];

  async sendActivities(_context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    for (const activity of activities) {
      const reply = toReply(activity);
      if (reply !== undefined) this.held.push(reply);
    }
    return activities.map(() => ({ id: '' }));
  }

  async updateActivity(): Promise<never> {
    throw new Error('a dialog cannot change what it said: it is said after the turn');
  }

  async deleteActivity(): Promise<never> {
    throw new Error('a dialog cannot take back what it said: it is said after the turn');
  }

  async continueConversation(): Promise<never> {
    throw new Error('a dialog cannot speak first: notifications are delivered');
  }
}
