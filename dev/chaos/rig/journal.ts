/** Something that happened, as a person reads it. */
export interface JournalLine {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** `chaos` is what the suite did; all others are parts of the stack. */
  readonly by: string;
  readonly text: string;
}

/** Longer lines are stack traces; their beginning tells what went wrong. */
const LONGEST_LINE = 600;
const MOST_LINES = 200_000;

/** What happened since it was last cleared, in the order in which this process heard of it. */
export class Journal {
  #lines: JournalLine[] = [];
  readonly #watchers = new Set<(line: JournalLine) => void>();

  add(by: string, text: string): void {
    const line = { at: Date.now(), by, text: text.slice(0, LONGEST_LINE) };
    if (this.#lines.length < MOST_LINES) this.#lines.push(line);
    for (const watch of this.#watchers) watch(line);
  }

  clear(): void {
    this.#lines = [];
  }

  /** Calls `onLine` for every line from now on, until the returned function is called. */
  watch(onLine: (line: JournalLine) => void): () => void {
    this.#watchers.add(onLine);
    return () => this.#watchers.delete(onLine);
  }

  /** Resolves when `count` different lines matched since the call; rejects when that takes longer than `withinMs`. */
  async waitFor(matches: (line: JournalLine) => boolean, count: number, withinMs: number): Promise<void> {
    let found = 0;
    const enough = Promise.withResolvers<void>();
    const stop = this.watch((line) => {
      if (!matches(line)) return;
      found += 1;
      if (found === count) enough.resolve();
    });
    const timer = setTimeout(
      () => enough.reject(new Error(`${found} of ${count} expected log lines came within ${withinMs} ms`)),
      withinMs,
    );
    try {
      await enough.promise;
    } finally {
      clearTimeout(timer);
      stop();
    }
  }

  /**
   * The sequence of what happened to one delivery, from the first line that names it: lines about it, about its
   * notification as a whole, and what was done to the stack meanwhile. Without a conversation: all of the notification.
   */
  of({
    notification,
    conversation,
  }: {
    readonly notification: string;
    readonly conversation?: string | undefined;
  }): JournalLine[] {
    const isAbout = ({ by, text }: JournalLine): boolean => {
      const namesNotification = text.includes(notification);
      if (conversation === undefined) return namesNotification;
      const namesConversation = text.includes(conversation);
      if (namesNotification && namesConversation) return true;
      if (by === 'chaos') return namesConversation || !text.includes('conversation');
      return namesNotification && !text.includes('"conversation":');
    };
    const first = this.#lines.findIndex(
      ({ text }) =>
        text.includes(notification) || (conversation !== undefined && text.includes(conversation)),
    );
    return first < 0 ? [] : this.#lines.slice(first).filter(isAbout);
  }
}
