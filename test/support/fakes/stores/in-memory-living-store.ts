import type { ConversationKey, NotificationId } from '../../../../shared/domain/ids.ts';
import type { Living, LivingId } from '../../../../shared/domain/living/living.ts';
import type { LivingStore } from '../../../../shared/ports/delivery/living-store.ts';

/** Tags are numbers that rise with every write. */
export class InMemoryLivingStore implements LivingStore {
  readonly #rows = new Map<string, Living & { readonly etag: string }>();
  #writes = 0;

  async findLiving(id: LivingId): Promise<Living | undefined> {
    return structuredClone(this.#rows.get(nameOf(id)));
  }

  async livingsOf(conversation: ConversationKey): Promise<readonly Living[]> {
    return structuredClone([...this.#rows.values()].filter(({ id }) => id.conversation === conversation));
  }

  async changeLiving(living: Living): Promise<Living | 'lost'> {
    return this.write(living);
  }

  /** At once, for a transaction with other rows. */
  write(living: Living): Living | 'lost' {
    if (!this.mayWrite(living)) return 'lost';
    this.#writes += 1;
    const written = { ...structuredClone(living), etag: `L/"${this.#writes}"` };
    this.#rows.set(nameOf(living.id), written);
    return structuredClone(written);
  }

  mayWrite({ id, etag }: Living): boolean {
    return this.#rows.get(nameOf(id))?.etag === etag;
  }

  remove(id: LivingId): void {
    this.#rows.delete(nameOf(id));
  }

  /** Rows whose newest state is this one. */
  removeOf(notification: NotificationId): void {
    for (const { id, newest } of [...this.#rows.values()]) {
      if (newest.notification === notification) this.remove(id);
    }
  }

  removeAll(conversation: ConversationKey): void {
    for (const { id } of [...this.#rows.values()]) if (id.conversation === conversation) this.remove(id);
  }
}

function nameOf({ conversation, name }: LivingId): string {
  return `${conversation} ${name}`;
}
