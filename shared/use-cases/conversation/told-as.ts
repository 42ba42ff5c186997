import type { DeliveryRow } from '../../domain/delivery/delivery.ts';
import type { ConversationKey } from '../../domain/ids.ts';
import { inParallel } from '../../domain/in-parallel.ts';
import type { AddresseeStore } from '../../ports/conversation/addressee-store.ts';
import type { PersonalData } from '../../ports/conversation/personal-data.ts';

/** So many keys of before are looked through by what reads many rows under each. */
export const MOST_EARLIER = 16;
const AT_ONCE = 16;

export interface ToldAsDeps {
  readonly addressees: Pick<AddresseeStore, 'earlierKeys'>;
}

/**
 * Every delivery to addressees, under the keys by which they go and those of whoever was merged into them, in no particular
 * order. Throws `StoreUnavailable`.
 */
export async function deliveriesTo(
  deps: ToldAsDeps & { readonly personalData: Pick<PersonalData, 'deliveriesOf'> },
  addressees: readonly ConversationKey[],
): Promise<readonly DeliveryRow[]> {
  const earlier = await inParallel(addressees, AT_ONCE, (key) => deps.addressees.earlierKeys(key));
  const keys = [...new Set([...addressees, ...earlier.flat()])];
  return (await inParallel(keys, AT_ONCE, (key) => deps.personalData.deliveriesOf(key))).flat();
}

/**
 * What `find` finds under the key by which an addressee goes, else under one of those who were merged into them: what was told
 * stays where it is reported. Only what is not found under their own key costs more than that look. Throws
 * `StoreUnavailable`.
 *
 * @param most so many keys of before are looked at, for what reads many rows under each; what was told under any other is in
 *   their export. All of them by default: a place has one for each thread of which the former release kept a record.
 */
export async function toldAs<Found>(
  deps: ToldAsDeps,
  addressee: ConversationKey,
  find: (key: ConversationKey) => Promise<Found | undefined>,
  most?: number,
): Promise<Found | undefined> {
  const own = await find(addressee);
  if (own !== undefined) return own;
  const earlier = (await deps.addressees.earlierKeys(addressee)).slice(0, most);
  for (let next = 0; next < earlier.length; next += AT_ONCE) {
    const found = await Promise.all(earlier.slice(next, next + AT_ONCE).map(find));
    const first = found.find((one) => one !== undefined);
    if (first !== undefined) return first;
  }
  return undefined;
}
