import type { Roster, RosterAnswer, RosterMember } from '../../../shared/ports/conversation/roster.ts';

/** Rosters that know whom a test puts in, and nobody else. */
export class ScriptedRoster implements Roster {
  readonly #members = new Map<string, RosterMember>();
  readonly #scripts: RosterAnswer<never>[] = [];
  /** Each question: the channel's id of the conversation, and of whom it was asked. */
  readonly asked: { readonly conversationId: string; readonly id?: string }[] = [];

  has(...members: readonly (Pick<RosterMember, 'id'> & Partial<RosterMember>)[]): void {
    for (const member of members) this.#members.set(member.id, { isOwner: false, ...member });
  }

  /** Scripts the next answers, first come first used. */
  next(...answers: readonly RosterAnswer<never>[]): void {
    this.#scripts.push(...answers);
  }

  async member(
    { conversationId }: { readonly conversationId: string },
    id: string,
  ): Promise<RosterAnswer<RosterMember>> {
    this.asked.push({ conversationId, id });
    const told = this.#members.get(id);
    return this.#scripts.shift() ?? (told === undefined ? { kind: 'none' } : { kind: 'told', told });
  }

  async owners({
    conversationId,
  }: {
    readonly conversationId: string;
  }): Promise<RosterAnswer<readonly RosterMember[]>> {
    this.asked.push({ conversationId });
    const told = [...this.#members.values()].filter(({ isOwner }) => isOwner);
    return this.#scripts.shift() ?? { kind: 'told', told };
  }
}
