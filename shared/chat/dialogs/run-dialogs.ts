import { ABOUT_DIALOG, type OpenDialog } from '../../domain/conversation/turn-state.ts';
import type { JsonObject } from '../../domain/event/notification.ts';
import { isJsonObject } from '../../domain/json-object.ts';
import type { Dialog, DialogMove } from './dialog.ts';
import { type DialogStep, type Dialogs, type DialogTurn, UnknownDialogState } from './dialogs.ts';

/**
 * Runs dialogs turn by turn. What is stored of an open one is `{dialogStack: [{id, state}]}` with one entry: the form of
 * Bot Framework's dialog library, which earlier releases ran, so that a dialog goes on whichever release asked its question.
 */
export function runDialogs(known: readonly Dialog[]): Dialogs {
  const byName = new Map(known.map((dialog) => [dialog.name, dialog]));

  return {
    async begin({ name, answer }, turn) {
      const dialog = byName.get(name);
      if (dialog === undefined) throw new Error(`there is no dialog "${name}"`);
      return toStep(dialog, dialog.begin(turn, answer), turn);
    },

    async continue(open, turn) {
      const dialog = byName.get(open.name);
      const stored = storedAnswers(open);
      if (dialog?.version !== open.version || stored === undefined) throw new UnknownDialogState(open);
      try {
        return toStep(dialog, dialog.answer(dialog.read(stored), turn), turn);
      } catch (cause) {
        // Whatever it is, the same answer would run into it again, for ever: the dialog is given up, and the person told.
        throw new UnknownDialogState(open, cause);
      }
    },
  };
}

function toStep(dialog: Dialog, move: DialogMove<JsonObject>, turn: DialogTurn): DialogStep {
  if (move.kind === 'end') return { replies: [{ ...move.reply, settles: { own: [ABOUT_DIALOG] } }] };
  const prompt = { ...dialog.question(move.state, turn), about: ABOUT_DIALOG };
  const text = move.said === undefined ? prompt.text : `${move.said} ${prompt.text}`;
  return {
    dialog: {
      name: dialog.name,
      title: dialog.title(turn.locale),
      version: dialog.version,
      state: { dialogStack: [{ id: dialog.name, state: move.state }] },
      prompt,
    },
    replies: [{ ...prompt, text }],
  };
}

/** The answers of a dialog that waits by itself; `undefined` for a stack of any other form. */
function storedAnswers({ name, state }: OpenDialog): JsonObject | undefined {
  const stack = state.dialogStack;
  if (!Array.isArray(stack) || stack.length !== 1) return undefined;
  const entry: unknown = stack[0];
  if (!isJsonObject(entry) || entry.id !== name || !isJsonObject(entry.state)) return undefined;
  return entry.state;
}
