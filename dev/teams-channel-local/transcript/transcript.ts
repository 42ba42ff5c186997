import type { ActivityJson, Entry, Sender } from './entry.ts';

/** More than this is forgotten, the oldest first. */
const RETAINED_ENTRIES = 5000;
/** What a page reads again when it is opened. */
const REPLAYED_ENTRIES = 500;

/** What somebody who watches a conversation hears: a message that is new or changed, or something that passes. */
export type Change =
  | { readonly kind: 'entry'; readonly entry: Entry }
  | { readonly kind: 'passing'; readonly activity: ActivityJson; readonly from: Sender };

/** A message that is about to be shown. */
export type Draft = Pick<Entry, 'id' | 'at' | 'from' | 'activity' | 'isHidden' | 'onlyFor'>;

/** What the people in one conversation have been shown, in order, and who watches it. */
export class Transcript {
  /** In the order of the conversation. */
  readonly #entries = new Map<string, Entry>();
  readonly #watchers = new Set<(change: Change) => void>();
  readonly #keep: (entry: Entry) => void;
  #version = 0;
  #order = 0;
  #shownByBot = 0;

  /** `keep` is told every entry that is new or changed. */
  constructor(keep: (entry: Entry) => void) {
    this.#keep = keep;
  }

  /** The version of the newest change. */
  get version(): number {
    return this.#version;
  }

  /** How many messages of the bot people were ever shown here; forgotten and deleted ones count. */
  get shownByBot(): number {
    return this.#shownByBot;
  }

  /** Shows a message at the end. An id that is there already moves to the end. */
  show(draft: Draft): Entry {
    this.#entries.delete(draft.id);
    if (draft.from.role === 'bot') this.#shownByBot++;
    return this.#put({ ...draft, order: ++this.#order, version: ++this.#version });
  }

  /** Changes a message where it stands; `undefined` when it is not there, or was deleted and is not brought back. */
  revise(
    id: string,
    change: Partial<Pick<Entry, 'activity' | 'updatedAt' | 'isDeleted' | 'isUndelivered'>>,
  ): Entry | undefined {
    const entry = this.#entries.get(id);
    if (!entry || (entry.isDeleted && change.isDeleted !== false)) return undefined;
    return this.#put({ ...entry, ...change, version: ++this.#version });
  }

  /** Something that is seen only while it happens, such as typing. */
  pass(activity: ActivityJson, from: Sender): void {
    this.#tell({ kind: 'passing', activity, from });
  }

  /** Puts back an entry that the journal remembers. */
  restore(entry: Entry): void {
    if (!this.#entries.has(entry.id) && entry.from.role === 'bot') this.#shownByBot++;
    const moved = this.#entries.get(entry.id)?.order !== entry.order;
    if (moved) this.#entries.delete(entry.id);
    this.#entries.set(entry.id, entry);
    this.#version = Math.max(this.#version, entry.version);
    this.#order = Math.max(this.#order, entry.order);
    this.#forgetOldest();
  }

  get(id: string): Entry | undefined {
    return this.#entries.get(id);
  }

  /** Everything that is still known, in order. */
  entries(): Entry[] {
    return [...this.#entries.values()];
  }

  /**
   * What changed after `version`, in the order of the conversation, the last 500 at most. A version of an earlier
   * life that is ahead of this one gives everything.
   */
  since(version: number): Entry[] {
    const from = version > this.#version ? 0 : version;
    return this.entries()
      .slice(-REPLAYED_ENTRIES)
      .filter((entry) => entry.version > from);
  }

  /** Calls `onChange` for every change from now on, until the returned function is called. */
  watch(onChange: (change: Change) => void): () => void {
    this.#watchers.add(onChange);
    return () => this.#watchers.delete(onChange);
  }

  #put(entry: Entry): Entry {
    this.#entries.set(entry.id, entry);
    this.#forgetOldest();
    this.#keep(entry);
    this.#tell({ kind: 'entry', entry });
    return entry;
  }

  #forgetOldest(): void {
    if (this.#entries.size <= RETAINED_ENTRIES) return;
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined) this.#entries.delete(oldest);
  }

  #tell(change: Change): void {
    for (const watcher of this.#watchers) watcher(change);
  }
}
