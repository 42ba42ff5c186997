import type {
  AnswerId,
  AnswerStore,
  StoredAnswer,
} from '../../../../shared/ports/conversation/answer-store.ts';

export class InMemoryAnswerStore implements AnswerStore {
  readonly all = new Map<string, { readonly stands: StoredAnswer; readonly isPublished: boolean }>();

  async keep(
    answer: StoredAnswer,
  ): Promise<{ readonly stands: StoredAnswer; readonly isPublished: boolean }> {
    const known = this.all.get(nameOf(answer.id));
    if (known !== undefined) return structuredClone(known);
    const kept = { stands: structuredClone(answer), isPublished: false };
    this.all.set(nameOf(answer.id), kept);
    return structuredClone(kept);
  }

  removeWhere(goes: (id: AnswerId) => boolean): void {
    for (const [name, { stands }] of this.all) if (goes(stands.id)) this.all.delete(name);
  }

  async markPublished(id: AnswerId): Promise<void> {
    const known = this.all.get(nameOf(id));
    if (known !== undefined) this.all.set(nameOf(id), { ...known, isPublished: true });
  }
}

function nameOf({ notification, conversation, person }: AnswerId): string {
  return `${notification}:${conversation}:${person ?? ''}`;
}
