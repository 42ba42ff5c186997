/** A message of the bot to somebody of a crowd: what it said, in order. */
export interface CrowdMessage {
  readonly conversation: string;
  readonly id: string;
  /** The beginning of each text that it had, and when it was put there, by the order of all changes. */
  readonly states: readonly { readonly text: string; readonly order: number }[];
  readonly isDeleted: boolean;
}

/** So many are kept of all crowds together, the newest: enough for whoever looks at each round of a test. */
const MOST = 20_000;

/** What people of crowds see now, as far as it is kept. */
export class CrowdMessages {
  readonly #messages = new Map<string, CrowdMessage>();
  #order = 0;

  show(conversation: string, id: string, text: string): void {
    this.#order += 1;
    const states = [{ text, order: this.#order }];
    this.#messages.set(nameOf(conversation, id), { conversation, id, states, isDeleted: false });
    const [oldest] = this.#messages.keys();
    if (this.#messages.size > MOST && oldest !== undefined) this.#messages.delete(oldest);
  }

  /** One that is not kept, or gone, stays so. */
  change(conversation: string, id: string, text: string): void {
    const name = nameOf(conversation, id);
    const before = this.#messages.get(name);
    if (before === undefined || before.isDeleted) return;
    this.#order += 1;
    this.#messages.set(name, { ...before, states: [...before.states, { text, order: this.#order }] });
  }

  remove(conversation: string, id: string): void {
    const name = nameOf(conversation, id);
    const before = this.#messages.get(name);
    if (before !== undefined) this.#messages.set(name, { ...before, isDeleted: true });
  }

  /** The oldest first. */
  *list(prefix = ''): Generator<CrowdMessage> {
    for (const message of this.#messages.values()) if (message.conversation.startsWith(prefix)) yield message;
  }

  clear(): void {
    this.#messages.clear();
  }
}

function nameOf(conversation: string, id: string): string {
  return `${conversation}\n${id}`;
}
