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

/** The conversations that a person is in, the one with the bot alone first. */
export function roomsOf(person, conversations) {
  const rooms = conversations.filter((room) => room.members.includes(person.key));
  return [
    ...rooms.filter((room) => room.type === 'personal'),
    ...rooms.filter((room) => room.type !== 'personal'),
  ];
}

export function linkTo(person, room) {
  const query = new URLSearchParams({ user: person.key });
  if (room !== undefined && room.key !== person.key) query.set('conversation', room.key);
  return `/?${query}`;
}

/** What a room is called in the header. */
export function titleOf(room) {
  if (room.type === 'personal') return 'Chat';
  return room.team ? room.team.name : (room.name ?? 'Group');
}
