/** Who sits in front of this page and where they are, as the address says: `/?user=ana&conversation=group`. */
export function readAddress({ people, conversations }, search = location.search) {
  const query = new URLSearchParams(search);
  const named = query.get('user');
  const person = named === null ? people[0] : people.find((one) => [one.key, one.id].includes(named));
  if (person === undefined) {
    const known = people.slice(0, 5).map(({ key }) => key);
    throw new Error(
      `Nobody here is called “${named}”. Open ${known.map((key) => `/?user=${key}`).join(' or ')}.`,
    );
  }
  const rooms = roomsOf(person, conversations);
  const wanted = query.get('conversation');
  const room = rooms.find((one) => [one.key, one.id].includes(wanted)) ?? rooms[0];
  return { person, room, rooms };
}

/** The conversations that a person is in: the one with the bot alone first, what is lost last. */
export function roomsOf(person, conversations) {
  const rooms = conversations.filter((room) => room.members.includes(person.key));
  const live = rooms.filter((room) => room.lost === undefined);
  const personal = live.filter((room) => room.type === 'personal');
  return [
    ...personal.filter((room) => room.isSession !== true),
    ...personal.filter((room) => room.isSession === true),
    ...live.filter((room) => room.type !== 'personal'),
    ...rooms.filter((room) => room.lost !== undefined),
  ];
}

export function linkTo(person, room) {
  const query = new URLSearchParams({ user: person.key });
  if (room !== undefined && room.key !== person.key) query.set('conversation', room.key);
  return `/?${query}`;
}

/** What a room is called in the header. */
export function titleOf(room) {
  if (room.lost !== undefined) return `Old ${room.name ?? 'chat'}`;
  if (room.type === 'personal') return room.name ?? 'Chat';
  return room.team ? room.team.name : (room.name ?? 'Group');
}
