import { groupForgetId } from '../../domain/conversation/forgetting.ts';
import type { ConversationKey, PersonKey } from '../../domain/ids.ts';
import type { Tombstone, Tombstones } from '../../ports/conversation/tombstones.ts';

/** A stone, and the name under which it stands. */
export interface Standing {
  readonly name: string;
  readonly stone: Tombstone;
}

/**
 * The stones of a person who goes by these names, and of one conversation. One that stands under a name which the person
 * shares with somebody on another channel, or of another tenant, is not theirs. Throws `StoreUnavailable`.
 */
export async function forgottenLately(
  tombstones: Pick<Tombstones, 'findTombstone'>,
  {
    persons,
    conversation,
  }: { readonly persons: readonly PersonKey[]; readonly conversation?: ConversationKey },
): Promise<readonly Standing[]> {
  const names = [
    ...(conversation === undefined ? [] : [conversation, groupForgetId(conversation, persons)]),
    ...persons,
  ];
  const found = await Promise.all(
    names.map(async (name) => ({ name, stone: await tombstones.findTombstone(name) })),
  );
  return found.flatMap(({ name, stone }) =>
    stone !== undefined && isOf(stone, persons) ? [{ name, stone }] : [],
  );
}

/** A bare id stands in both lists whoever has it: what decides are the names that only the person has. */
function isOf({ of }: Tombstone, persons: readonly PersonKey[]): boolean {
  return of === undefined || of.some((name) => persons.includes(name));
}
