import type { ConversationKey, NotificationId } from '../../../../shared/domain/ids.ts';
import {
  type AnswerId,
  type AnswerStore,
  type KeptAnswer,
  type StoredAnswer,
  sequenceAfter,
} from '../../../../shared/ports/conversation/answer-store.ts';

export class InMemoryAnswerStore implements AnswerStore {
  readonly all = new Map<string, KeptAnswer>();

  async keepAnswer(answer: StoredAnswer): Promise<KeptAnswer> {
    const known = this.all.get(nameOf(answer.id));
    if (known?.stands.turn === answer.turn) return structuredClone(known);
    const kept = {
      stands: structuredClone(answer),
      sequence: sequenceAfter(known, answer.at),
      isPublished: false,
    };
    this.all.set(nameOf(answer.id), kept);
    return structuredClone(kept);
  }

  async findAnswer(id: AnswerId): Promise<KeptAnswer | undefined> {
    return structuredClone(this.all.get(nameOf(id)));
  }

  async count(
    notification: NotificationId,
    conversation: ConversationKey,
  ): Promise<ReadonlyMap<string, number>> {
    const counts = new Map<string, number>();
    for (const { stands } of this.all.values()) {
      const { id, choice } = stands;
      if (id.notification !== notification || id.conversation !== conversation) continue;
      counts.set(choice, (counts.get(choice) ?? 0) + 1);
    }
    return counts;
  }

  removeWhere(goes: (id: AnswerId) => boolean): void {
    for (const [name, { stands }] of this.all) if (goes(stands.id)) this.all.delete(name);
  }

  async markPublished(id: AnswerId, turn: string): Promise<void> {
    const known = this.all.get(nameOf(id));
    if (known?.stands.turn === turn) this.all.set(nameOf(id), { ...known, isPublished: true });
  }
}

function nameOf({ notification, conversation, person }: AnswerId): string {
  return `${notification}:${conversation}:${person ?? ''}`;
}
