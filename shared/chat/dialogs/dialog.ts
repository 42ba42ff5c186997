import type { JsonObject } from '../../domain/event/notification.ts';
import type { Reply } from '../turn.ts';
import type { DialogTurn } from './dialogs.ts';

/** What one turn does to a dialog. */
export type DialogMove<State> =
  /** The dialog goes on: it says `said`, if anything, and asks its question in the same message. */
  | { readonly kind: 'ask'; readonly state: State; readonly said?: string }
  /** The dialog is over, and these are its last words. */
  | { readonly kind: 'end'; readonly reply: Reply };

/**
 * A conversation with questions. It keeps all of its answers in one state, rather than one step a question, so that going
 * back and correcting an earlier answer need nothing of their own.
 *
 * A dialog stores and sends nothing by itself: the turn's transaction does, and a turn may be thought through more than
 * once. `Answers` is what it needs to know between two turns, as JSON keeps it.
 */
export interface Dialog<Answers extends JsonObject = JsonObject> {
  /** The command that begins it, `book travel`. */
  readonly name: string;
  /** Rises when the form of `Answers` changes: an open dialog of another version is given up, and the person told. */
  readonly version: number;
  /** What people call it, as in "your travel booking", in the language of a BCP 47 tag. */
  title(locale: string): string;
  /** Reads answers that this version stored. Throws for anything else. */
  read(stored: JsonObject): Answers;
  /** Begins, with the first answers that were given with the command; empty where there were none. */
  begin(turn: DialogTurn, answer: string): DialogMove<Answers>;
  /** Takes what the person says next. */
  answer(answers: Answers, turn: DialogTurn): DialogMove<Answers>;
  /** The question that these answers leave open: said again whenever the conversation comes back to it. */
  question(answers: Answers, turn: Pick<DialogTurn, 'locale'>): Reply;
}
