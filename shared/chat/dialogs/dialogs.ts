import type { OpenDialog } from '../../domain/conversation/turn-state.ts';
import { withoutTail } from '../../domain/text.ts';
import type { CommandName } from '../commands/command.ts';
import { behindPoliteness } from '../politeness.ts';
import type { Reply, Turn } from '../turn.ts';

/** What a turn within a dialog comes to. */
export interface DialogStep {
  /** The dialog as it waits for the next answer; absent when it is over. */
  readonly dialog?: OpenDialog;
  readonly replies: readonly Reply[];
}

/** A turn with the person's own clock. */
export interface DialogTurn extends Turn {
  /** IANA zone. */
  readonly zone: string;
}

/** Runs dialogs. What is stored of one is data: `OpenDialog`. */
export interface Dialogs {
  begin(name: string, turn: DialogTurn): Promise<DialogStep>;
  /** Throws `UnknownDialogState` for what another version of the app stored. */
  continue(dialog: OpenDialog, turn: DialogTurn): Promise<DialogStep>;
}

/** A dialog that this version of the app cannot go on with. */
export class UnknownDialogState extends Error {
  readonly code = 'unknown-dialog-state';

  constructor(dialog: Pick<OpenDialog, 'name' | 'version'>, cause?: unknown) {
    super(`the stored state of dialog "${dialog.name}", version ${dialog.version}, cannot be gone on with`, {
      cause,
    });
    this.name = 'UnknownDialogState';
  }
}

/** What people can say to dialogs, and to begin one. */
export const dialogCommands: readonly CommandName[] = [
  { name: 'book travel', usage: 'book travel' },
  { name: 'cancel', usage: 'cancel' },
];

/** `I'd like to book a flight to Tokyo`: what people say for `book travel`, and what they go on with. */
const WISH =
  /(?:(?:i|we)(?:'d| would)? (?:want|like|need)|(?:can|could) (?:i|we|you)|let'?s|let us) (?:to )?(?:please )?/iy;
const BOOK_TRAVEL =
  /book (?:me |us )?(?:an? |my |our |some )?(?:travels?|trip|journey|flight|holiday|vacation)\b/iy;

/** The dialog that a text begins, and the first answers to it that it has already. */
export function begunBy(text: string): { readonly name: string; readonly answer: string } | undefined {
  const polite = behindPoliteness(text);
  WISH.lastIndex = polite;
  BOOK_TRAVEL.lastIndex = WISH.test(text) ? WISH.lastIndex : polite;
  if (!BOOK_TRAVEL.test(text)) return undefined;
  const behind = text.slice(BOOK_TRAVEL.lastIndex);
  const answer = withoutTail(behind.replace(/^[\s,:]+/, ''), /[\s.!?]/);
  return { name: 'book travel', answer };
}

/** The dialogs are loaded with the first one that somebody begins. */
export async function loadDialogs(): Promise<Dialogs> {
  const [{ runDialogs }, { travelBooking }] = await Promise.all([
    import('./run-dialogs.ts'),
    import('../../kinds/travel/travel-booking.ts'),
  ]);
  return runDialogs([travelBooking]);
}
