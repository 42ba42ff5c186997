import { linkTo, roomsOf, titleOf } from './address.js';
import { colorOf, initialsOf } from './avatar.js';
import { byId, element } from './dom.js';

/**
 * Draws who one is and where. The entries are links, so that another person can be opened in a tab of their own;
 * a plain click is handed to `onGo`.
 */
export function drawHeader({ world, person, room, onGo }) {
  const link = (target, properties, ...content) =>
    element(
      'a',
      {
        ...properties,
        href: linkTo(target.person, target.room),
        'aria-current': target.isCurrent ? 'page' : undefined,
        onclick: (event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          onGo(target.person, target.room);
        },
      },
      ...content,
    );
  byId('brand-name').textContent = world.bot.name;
  byId('links').replaceChildren(
    ...world.links.map(({ name, url }) =>
      element('a', { class: 'brand-link', href: url, target: '_blank', rel: 'noopener' }, name),
    ),
  );
  const rooms = roomsOf(person, world.conversations);
  byId('rooms').hidden = rooms.length < 2;
  byId('rooms').replaceChildren(
    ...rooms.map((one) =>
      link({ person, room: one, isCurrent: one.key === room.key }, { class: 'room-link' }, titleOf(one)),
    ),
  );
  // Where there are more than fit, one sees where one is.
  document.querySelector('.room-link[aria-current]')?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
  byId('people').replaceChildren(
    ...world.people.map((one) => {
      const isCurrent = one.key === person.key;
      const stays = roomsOf(one, world.conversations).find((other) => other.key === room.key);
      return link(
        { person: one, room: stays, isCurrent },
        { class: 'person-link', title: `${one.name} (${one.timeZone})`, 'aria-label': one.name },
        element(
          'span',
          { class: 'person-disc', style: `--disc: ${colorOf(world.people, one.id)}` },
          initialsOf(one.name),
        ),
        element('span', { class: 'person-name' }, one.name.split(' ')[0]),
      );
    }),
  );
  document.title = `${room.type === 'personal' ? person.name : titleOf(room)} · ${world.bot.name}`;
}

/** How the connections are: to the channel, and from it to the bot. */
export function drawState({ isConnected, bot }) {
  const [tone, text] = !isConnected
    ? ['bad', 'Channel is gone, reconnecting']
    : bot?.isReachable === false
      ? ['warning', 'Bot does not answer']
      : ['good', 'Connected'];
  byId('state').dataset.tone = tone;
  byId('state').title = bot?.lastError ?? text;
  byId('state-text').textContent = text;
}
