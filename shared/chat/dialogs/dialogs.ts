import type { OpenDialog } from '../../domain/conversation/turn-state.ts';
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

/** What somebody said to begin a dialog. */
export interface Begun {
  /** The dialog's. */
  readonly name: string;
  /** The first answers that they gave with it; empty where they gave none. */
  readonly answer: string;
}

/** Runs dialogs. What is stored of one is data: `OpenDialog`. */
export interface Dialogs {
  begin(begun: Begun, turn: DialogTurn): Promise<DialogStep>;
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
