import type { JsonObject } from '../../domain/event/notification.ts';
import type { Instant } from '../../domain/time.ts';

export interface DraftInBrief {
  readonly id: string;
  readonly name: string;
  readonly changedAt: Instant;
  /** Who wrote it: their name as people read it. */
  readonly changedBy: string;
  /** Another one with each change. */
  readonly version: string;
}

export interface Draft extends DraftInBrief {
  /** A message as its author left it, finished or not. */
  readonly content: JsonObject;
}

/** More drafts are not kept. */
export const MOST_DRAFTS = 200;

/** Messages that authors have not sent. Every method may throw `StoreUnavailable`. */
export interface DraftStore {
  /** All of them, the one that was changed last first. */
  listDrafts(): Promise<readonly DraftInBrief[]>;

  findDraft(id: string): Promise<Draft | undefined>;

  /**
   * Keeps a new one. Where one was added under this id by the same `request`, a digest of what was asked for, gives that as it is
   * now. `taken`: the one of this id was added by another. `full`: there are `MOST_DRAFTS`.
   */
  addDraft(draft: Omit<Draft, 'version'>, request: string): Promise<Draft | 'taken' | 'full'>;

  /** `changed`: it is not there with the version `over` any more. */
  putDraft(draft: Omit<Draft, 'version'>, over: string): Promise<Draft | 'changed'>;

  /** Gives whether it was there with this version. */
  removeDraft(id: string, version: string): Promise<boolean>;
}
