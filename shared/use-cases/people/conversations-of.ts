import type { Conversation } from '../../domain/conversation/conversation.ts';
import { type PlacesOfPersonDeps, placesOfPerson } from '../privacy/places-of-person.ts';
import type { PersonInBrief } from './person-at.ts';

/** Every conversation in which somebody is known, those with them alone first. Reads only. */
export async function conversationsOf(
  deps: PlacesOfPersonDeps,
  { here, user }: PersonInBrief,
): Promise<readonly Conversation[]> {
  const places = await placesOfPerson(deps)(here, [user]);
  const known = places.flatMap(({ conversation }) => conversation ?? []);
  const isPersonal = ({ conversationType }: Conversation) => (conversationType === 'personal' ? 0 : 1);
  return [...known].sort((a, b) => isPersonal(a) - isPersonal(b));
}
