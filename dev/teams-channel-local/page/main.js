import { linkTo, readAddress } from './address.js';
import { Chat } from './chat.js';
import { ask, byId, element, toast } from './dom.js';
import { drawHeader, drawState } from './header.js';
import { Live } from './live.js';
import { Panel } from './panel.js';

const world = { people: [], conversations: [], bot: {}, hints: [], links: [] };
let here;
let chat;

const panel = new Panel({
  onChat: (act) => makeChat(act),
  onMembership: (action) =>
    ask('POST', '/membership', { conversation: here.room.key, user: here.person.key, action }).catch(
      (error) => toast(error.message),
    ),
  onPlay: (played) =>
    ask('POST', '/play', { conversation: here.room.key, user: here.person.key, ...played }).catch((error) =>
      toast(error.message),
    ),
});

/** Another chat of the same person: where it leads, the page goes. */
function makeChat(act) {
  ask('POST', '/chats', { user: here.person.key, act })
    .then(async (room) => {
      Object.assign(world, await ask('GET', '/conversations'));
      visit(here.person, room);
    })
    .catch((error) => toast(error.message));
}

const live = new Live({
  onState: (state) => {
    drawState({ isConnected: true, bot: state.bot });
    drawNotice(state.conversation);
    panel.draw(state);
  },
  onDown: () => drawState({ isConnected: false }),
  onReturn: () => go(here.person.key, here.room.key),
});

/** Reads who is there, and shows the chat that the address names. */
async function go(personKey, roomKey) {
  Object.assign(world, await ask('GET', '/conversations'));
  const query =
    personKey === undefined
      ? location.search
      : `?${new URLSearchParams({ user: personKey, conversation: roomKey ?? '' })}`;
  const before = here;
  here = readAddress(world, query);
  const isSame = before?.room.key === here.room.key && before.person.key === here.person.key;
  drawHeader({ world, ...here, onGo: visit });
  drawHints();
  const former = chat;
  const carry = () => {
    former?.close();
    return { draft: former?.draft, unsent: isSame ? former?.unsent : [] };
  };
  chat = new Chat({ world, person: here.person, room: here.room, carry, onThread: drawThread });
  drawThread(undefined);
  live.watch(here.room.key);
  await chat.open();
}

function visit(person, room) {
  history.pushState(null, '', linkTo(person, room));
  chat?.fill('');
  go(person.key, room?.key).catch(complain);
}

function drawNotice(room) {
  const notice = byId('notice');
  const act = (action, label) =>
    element(
      'button',
      { type: 'button', class: 'notice-button', onclick: () => panel.onMembership(action) },
      label,
    );
  const isAway = room?.roster === 'removed';
  notice.hidden = !isAway && !room?.isBlocked && room?.lost === undefined;
  if (room?.lost !== undefined) {
    const why =
      room.lost === 'replaced'
        ? `Another chat took the place of this one: what ${world.bot.name} sends here is answered 404.`
        : `${world.bot.name} has another identity and cannot read the id of this chat: what it sends is answered 403.`;
    const leave = element(
      'button',
      { type: 'button', class: 'notice-button', onclick: () => visit(here.person) },
      'Go to the chat that there is now',
    );
    notice.replaceChildren(element('span', {}, why), leave);
    return;
  }
  if (isAway) {
    notice.replaceChildren(
      element(
        'span',
        {},
        `${world.bot.name} was uninstalled here. What it sends is refused until you add it again.`,
      ),
      act('install', `Add ${world.bot.name}`),
    );
  } else if (room?.isBlocked) {
    notice.replaceChildren(
      element(
        'span',
        {},
        `You blocked ${world.bot.name}: what it sends is refused, and nobody tells it. Writing to it unblocks it.`,
      ),
      act('unblock', 'Unblock'),
    );
  }
}

/** In which thread of a channel the next message goes; a new one begins where none is chosen. */
function drawThread(thread) {
  const bar = byId('thread');
  bar.hidden = thread === undefined;
  if (thread === undefined) return;
  bar.replaceChildren(
    element('span', {}, `Writing into the thread “${thread.title}”`),
    element(
      'button',
      { type: 'button', class: 'text-link', onclick: () => chat.writeInto(undefined) },
      'Begin a new one',
    ),
  );
}

/** What the page proposes, in the person's language where it is given in several: `help|hilfe`. */
function drawHints() {
  const isGerman = /^de\b/i.test(here.person.locale ?? '');
  const hints = world.hints
    .map((hint) => hint.split('|'))
    .map(([english, german]) => (isGerman ? (german ?? english) : english));
  byId('hints').replaceChildren(
    ...hints.map((hint) =>
      element(
        'button',
        {
          type: 'button',
          class: 'hint',
          onclick: () => (hint.endsWith('…') ? chat?.fill(hint.slice(0, -1)) : chat?.send(hint)),
        },
        hint,
      ),
    ),
  );
}

function complain(error) {
  const title = element('h1', {}, 'The chat cannot be shown');
  byId('chat').replaceChildren(element('div', { class: 'empty' }, title, element('p', {}, error.message)));
}

/** Web Chat is one large file of its own; the channel says so when it was started without. */
async function loadWebChat() {
  await new Promise((resolve, reject) => {
    const script = element('script', { src: '/webchat.js', onload: resolve, onerror: reject });
    document.head.append(script);
  }).catch(async () => {
    const { error } = await (await fetch('/webchat.js')).json();
    throw new Error(error.message);
  });
}

addEventListener('popstate', () => go().catch(complain));
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => chat?.render());
loadWebChat()
  .then(() => go())
  .catch(complain);
