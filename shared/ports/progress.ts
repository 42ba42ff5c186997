/** Where long work is that goes on a bite at a time. Every method may throw `StoreUnavailable`. */
export interface Progress {
  /** What was saved last under the name of the work, with its version tag; `undefined` when it never began. */
  readProgress(name: string): Promise<{ readonly text: string; readonly tag: string } | undefined>;

  /** Writes if the stored version is still the one that was read (no tag: none stored); gives whether it was. */
  saveProgress(name: string, text: string, tag?: string): Promise<'saved' | 'lost'>;
}
