import { ask, byId, element, toast } from './dom.js';
import { faultForm, labelOf } from './fault-form.js';

const OPEN_KEY = 'channel-panel-open';

/** The side panel: what is wrong with the channel on purpose, its limits, and what it counted. */
export class Panel {
  onMembership;
  onPlay;
  onChat;
  #chats = element('div', { class: 'buttons' });
  #room;
  #wordless = element('div', { class: 'buttons' });
  #faults = element('ul', { class: 'faults' });
  #membership = element('div', { class: 'buttons' });
  #limits = element('dl', { class: 'facts' });
  #enforce = element('input', { type: 'checkbox', role: 'switch' });
  #counters = element('div', { class: 'tiles' });
  #transcript = element('a', { class: 'text-link', target: '_blank', rel: 'noopener' }, 'Raw transcript');
  #drawnFaults = '';
  #drawnRoom = '';

  constructor({ onMembership, onPlay, onChat }) {
    this.onMembership = onMembership;
    this.onPlay = onPlay;
    this.onChat = onChat;
    this.#build();
    byId('panel-button').addEventListener('click', () => this.#toggle(byId('panel').hidden));
    addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !byId('panel').hidden) this.#toggle(false);
    });
    if (sessionStorage.getItem(OPEN_KEY) === '1') this.#toggle(true);
  }

  draw({ conversation, faults, limits, stats }) {
    this.#room = conversation;
    this.#drawFaults(faults);
    this.#drawRoom(conversation);
    this.#enforce.checked = limits.enforced;
    this.#limits.replaceChildren(
      ...fact('Per tenant', `${limits.requestsPerSecond} requests per second`),
      ...fact('Per conversation', limits.threadLimits.replaceAll(',', ' · ')),
      ...fact('Largest message', `${Math.round(limits.maxMessageBytes / 1024)} KB`),
    );
    this.#drawCounters(stats);
  }

  #build() {
    this.#enforce.addEventListener('change', () =>
      ask('PUT', '/limits', { enforced: this.#enforce.checked }).catch((error) => toast(error.message)),
    );
    const reset = element(
      'button',
      { type: 'button', class: 'text-link', onclick: () => ask('DELETE', '/stats') },
      'Count from zero',
    );
    const close = element(
      'button',
      { type: 'button', class: 'close', 'aria-label': 'Close', onclick: () => this.#toggle(false) },
      '×',
    );
    byId('panel').replaceChildren(
      element('div', { class: 'panel-head' }, element('h2', {}, 'Make the channel misbehave'), close),
      section(
        'Faults',
        'What the bot gets instead of an answer.',
        faultForm(() => this.#room?.key),
        this.#faults,
      ),
      section('The bot in this conversation', undefined, this.#membership),
      section(
        'Chats of this person',
        'As Teams has them: several sessions, a chat in the place of another, a bot of another identity.',
        this.#chats,
      ),
      section(
        'Without words',
        'What Teams tells the bot of its newest message, or of yours.',
        this.#wordless,
      ),
      section(
        'Limits',
        undefined,
        element(
          'label',
          { class: 'switch' },
          this.#enforce,
          element('span', {}, 'Refuse what is faster than Teams allows'),
        ),
        this.#limits,
      ),
      section(
        'Counters',
        undefined,
        this.#counters,
        element('p', { class: 'links' }, this.#transcript, reset),
      ),
    );
  }

  #toggle(isOpen) {
    byId('panel').hidden = !isOpen;
    byId('panel-button').setAttribute('aria-expanded', String(isOpen));
    document.body.classList.toggle('has-panel', isOpen);
    sessionStorage.setItem(OPEN_KEY, isOpen ? '1' : '0');
  }

  #drawFaults(faults) {
    const mark = JSON.stringify(faults);
    if (mark === this.#drawnFaults) return;
    this.#drawnFaults = mark;
    byId('fault-count').textContent = String(faults.length);
    byId('fault-count').hidden = faults.length === 0;
    this.#faults.replaceChildren(
      ...faults.map((fault) =>
        element(
          'li',
          {},
          element('strong', {}, labelOf(fault.kind)),
          element('span', { class: 'fault-detail' }, describe(fault)),
          element(
            'button',
            {
              type: 'button',
              class: 'close',
              'aria-label': `Remove ${labelOf(fault.kind)}`,
              onclick: () => ask('DELETE', `/faults/${fault.id}`).catch((error) => toast(error.message)),
            },
            '×',
          ),
        ),
      ),
    );
  }

  #drawRoom(room) {
    const mark = JSON.stringify(room);
    if (mark === this.#drawnRoom) return;
    this.#drawnRoom = mark;
    const button = (action, label, tone = '') =>
      element(
        'button',
        { type: 'button', class: `plain ${tone}`, onclick: () => this.onMembership(action) },
        label,
      );
    const isAway = room?.roster === 'removed';
    this.#membership.replaceChildren(
      isAway ? button('install', 'Install') : button('uninstall', 'Uninstall', 'danger'),
      room?.isBlocked ? button('unblock', 'Unblock') : button('block', 'Block', 'danger'),
    );
    const chat = (act, label) =>
      element(
        'button',
        {
          type: 'button',
          class: 'plain',
          disabled: room?.type !== 'personal' || room.channelId !== 'msteams',
          onclick: () => this.onChat(act),
        },
        label,
      );
    this.#chats.replaceChildren(
      chat('session', 'Open a session'),
      chat('replace', 'Replace the chat'),
      chat('new-identity', 'New bot identity'),
      chat('insist', 'Begin chats with a message'),
    );
    const play = (act, label, onclick = () => this.onPlay({ act })) =>
      element(
        'button',
        { type: 'button', class: 'plain', disabled: room?.channelId !== 'msteams', onclick },
        label,
      );
    const edit = () => {
      const text = prompt('What does your newest message say from now on?');
      if (text !== null) this.onPlay({ act: 'edit', text });
    };
    this.#wordless.replaceChildren(
      play('react', 'Like'),
      play('unreact', 'Unlike'),
      ...(room?.type === 'personal' ? [play('read', 'Read all')] : []),
      play('edit', 'Edit mine', edit),
      play('delete', 'Delete mine'),
      play('undelete', 'Undelete mine'),
    );
    this.#transcript.href = `/transcript?conversation=${encodeURIComponent(room?.key ?? '')}`;
  }

  #drawCounters(stats) {
    const sum = (matches) =>
      Object.entries(stats.statuses).reduce(
        (total, [status, count]) => total + (matches(status) ? count : 0),
        0,
      );
    const tiles = [
      ['Requests', Object.values(stats.requests).reduce((total, count) => total + count, 0)],
      ['Per second', stats.requestsLastSecond],
      ['In flight', stats.inFlight],
      ['Shown', stats.shown],
      ['Accepted', sum((status) => /^2/.test(status))],
      ['Throttled', sum((status) => status === '429'), 'warning'],
      ['Failed', sum((status) => !/^2/.test(status) && status !== '429'), 'bad'],
      ['Limit breaches', stats.breaches.total, 'bad'],
      ['Posted to bot', Object.values(stats.toBot).reduce((total, count) => total + count, 0)],
    ];
    this.#counters.replaceChildren(
      ...tiles.map(([label, value, tone]) =>
        element(
          'div',
          { class: 'tile', 'data-tone': value > 0 ? tone : undefined },
          element('span', { class: 'tile-value' }, value.toLocaleString('en-US')),
          element('span', { class: 'tile-label' }, label),
        ),
      ),
    );
  }
}

function section(title, lead, ...content) {
  return element(
    'section',
    {},
    element('h3', {}, title),
    lead === undefined ? undefined : element('p', { class: 'lead' }, lead),
    ...content,
  );
}

function fact(name, value) {
  return [element('dt', {}, name), element('dd', {}, value)];
}

function describe(fault) {
  const left = fault.count === undefined ? 'until removed' : `${fault.count - fault.applied} left`;
  const where = fault.conversation === undefined ? 'everywhere' : fault.isHere ? 'here' : 'elsewhere';
  const more = [
    fault.on === 'send' ? undefined : fault.on,
    fault.retryAfterSeconds === undefined ? undefined : `Retry-After ${fault.retryAfterSeconds} s`,
    fault.delayMs === undefined ? undefined : `${fault.delayMs} ms`,
    fault.shown ? 'shown' : undefined,
    fault.code,
  ].filter(Boolean);
  return [where, left, ...more].join(' · ');
}
