import type { Topic } from '../../domain/event/topic.ts';
import type { PersonKey } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';

/** A stored audience without its entries. */
export interface AudienceInBrief {
  readonly name: Topic;
  /** As it was written; who was forgotten since is no longer among them. */
  readonly entries: number;
  readonly changedAt: Instant;
  /** Who wrote it: their name as people read it. */
  readonly changedBy: string;
  /** Another one with each change. */
  readonly version: string;
}

/** More audiences are not kept. */
export const MOST_AUDIENCES = 200;

/**
 * Named lists of mails, ids and keys that an author stored, for notifications to be for. Entries are apart by `entryKey` and
 * come in the order of it, so that whoever reads an audience that is written anew meanwhile goes on in the new one. Every
 * method may throw `StoreUnavailable`; each write may be repeated.
 */
export interface AudienceStore {
  findAudience(name: Topic): Promise<AudienceInBrief | undefined>;

  /** All of them, by name. */
  listAudiences(): Promise<readonly AudienceInBrief[]>;

  /**
   * Writes all entries, distinct by `entryKey`, in the place of those that are there. `changed`: the audience is not the one
   * that has the version `over`; without one: there is one already. `full`: there are `MOST_AUDIENCES` others.
   */
  putAudience(
    audience: Pick<AudienceInBrief, 'name' | 'changedAt' | 'changedBy'>,
    entries: readonly string[],
    over?: string,
  ): Promise<AudienceInBrief | 'changed' | 'full'>;

  /** Gives whether it was there with this version. */
  removeAudience(name: Topic, version: string): Promise<boolean>;

  /** Up to `limit` (1..1000) entries behind `after`, which an earlier page gave; `undefined` where there is no such audience. */
  entriesOf(
    name: Topic,
    page: { readonly limit: number; readonly after?: string },
  ): Promise<{ readonly items: readonly string[]; readonly after?: string } | undefined>;

  /** Names of the audiences that have any of these entries, by name. */
  audiencesNaming(entries: readonly PersonKey[]): Promise<readonly Topic[]>;

  /** Takes these entries out of every audience. */
  forgetEntries(entries: readonly PersonKey[]): Promise<void>;
}
