import type { TurnPlace, TurnState } from '../../domain/conversation/turn-state.ts';

/** A state as it was read. */
export interface LoadedTurns {
  /** `noTurns` when nothing is stored, or when what is stored cannot be read. */
  readonly state: TurnState;
  /** Opaque version tag; absent when nothing is stored. */
  readonly tag?: string;
  /** Something is stored that this version of the app cannot read; saving with the tag takes its place. */
  readonly unreadable?: true;
}

/**
 * What the bot and each person are in the middle of: dialogs, answers that are being said, and the activities that
 * were answered. One writer wins; every other one reads again. Every method may throw `StoreUnavailable`.
 */
export interface TurnStore {
  loadTurns(place: TurnPlace): Promise<LoadedTurns>;

  /**
   * Writes if the stored version is still the one that was read (no tag: none stored): the new tag, or `lost`.
   * For a personal conversation it writes the dialogs' status, which deliveries read, in the same transaction.
   */
  saveTurns(place: TurnPlace, state: TurnState, tag?: string): Promise<{ readonly tag: string } | 'lost'>;
}
