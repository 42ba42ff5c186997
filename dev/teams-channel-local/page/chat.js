import { markCards, unmarkAction } from './card-actions.js';
import { ask, byId, element, toast } from './dom.js';
import { groupMiddleware, markMiddleware } from './group.js';
import { hostConfig, styleOptions } from './theme.js';

/** How the id of a message begins that the channel has not taken. */
const UNSENT = 'unsent-';

function isUnsent({ id }) {
  return typeof id === 'string' && id.startsWith(UNSENT);
}

/** A Web Chat that talks to this channel, as one person in one conversation. */
export class Chat {
  #world;
  #person;
  #room;
  #group;
  #directLine;
  #store;
  #onThread;
  /** The thread of a channel into which the next message goes. */
  #thread;
  #box;
  #carry;
  /** Web Chat drops what is said to a store that it does not run yet. */
  #running = Promise.withResolvers();
  /** What failed before the first drawing; undefined after it. */
  #failures = [];

  /** `carry` gives what stays of the chat that was here before, read when this one takes its place. */
  constructor({ world, person, room, carry = () => ({}), onThread = () => {} }) {
    this.#world = world;
    this.#person = person;
    this.#room = room;
    this.#onThread = onThread;
    this.#group = groupMiddleware({
      ...world,
      titleOf: (thread) => this.#titleOf(thread),
      onThread: (thread) => this.writeInto(thread),
    });
    this.#store = window.WebChat.createStore(
      {},
      (store) => (next) => (action) => this.#pass({ store, next, action }),
    );
    this.#carry = carry;
  }

  /** Shows the chat. Rejects when the channel does not let this person in. */
  async open() {
    const { conversationId, token } = await ask('POST', '/v3/directline/tokens/generate', {
      user: { id: this.#person.id },
      conversation: this.#room.key,
    });
    const watermark = await this.#showHistory(token);
    const stream = window.WebChat.createDirectLine({
      domain: `${location.origin}/v3/directline`,
      conversationId,
      token,
      watermark,
    });
    this.#directLine = {
      activity$: stream.activity$,
      connectionStatus$: onlineUntilEnded(stream),
      postActivity: (activity) => once(() => this.#post(unmarkAction(activity), token)),
      end: () => stream.end(),
    };
    const { draft = '', unsent = [] } = this.#carry();
    if (draft !== '' && this.draft === '') this.fill(draft);
    this.#box = element('div', { class: 'chat-box' });
    byId('chat').replaceChildren(this.#box);
    this.render();
    const failures = this.#failures;
    this.#failures = undefined;
    for (const meta of failures) this.#markFailed(meta);
    for (const activity of unsent) this.#showUnsent(activity);
    keepAtEnd(this.#box);
    this.#store.subscribe(() => this.#drawHints());
    this.#drawHints();
  }

  /** One row of chips: what the bot proposes takes the place of what the page does. */
  #drawHints() {
    byId('hints').hidden = (this.#store.getState().suggestedActions ?? []).length > 0;
  }

  /** Draws it again, after the colours changed. */
  render() {
    const isDark = matchMedia('(prefers-color-scheme: dark)').matches;
    window.WebChat.renderWebChat(
      {
        directLine: this.#directLine,
        store: this.#store,
        locale: this.#person.locale,
        userID: this.#person.id,
        username: this.#person.name,
        styleOptions: styleOptions(isDark),
        adaptiveCardsHostConfig: hostConfig(isDark),
        ...(this.#room.type === 'personal' ? { activityMiddleware: markMiddleware } : this.#inGroup()),
      },
      this.#box,
    );
  }

  /** Where several talk, the bot hears what turns to it. */
  #inGroup() {
    const { name = 'the bot' } = this.#world.bot;
    return {
      ...this.#group,
      activityMiddleware: [markMiddleware, this.#group.activityMiddleware],
      overrideLocalizedStrings: { TEXT_INPUT_PLACEHOLDER: `Write to @${name}` },
    };
  }

  /** From now on what is said goes into a thread of the channel; without one each message begins its own. */
  writeInto(thread) {
    this.#thread = thread;
    this.#onThread(thread === undefined ? undefined : { id: thread, title: this.#titleOf(thread) });
    this.#box?.querySelector('textarea, input[type="text"]')?.focus();
  }

  /** How a thread is called: by what it begins with. */
  #titleOf(thread) {
    const first = thread.slice(thread.lastIndexOf('=') + 1);
    const { text, summary } = this.#store.getState().activities.find(({ id }) => id === first) ?? {};
    const title = (text ?? summary ?? 'thread').split('\n')[0];
    return title.length > 40 ? `${title.slice(0, 40)}…` : title;
  }

  /** Says something as if it had been typed, as soon as the chat is there. */
  async send(text) {
    await this.#running.promise;
    this.#store.dispatch({ type: 'WEB_CHAT/SEND_MESSAGE', payload: { method: 'keyboard', text } });
  }

  /** Puts a text into the send box, to be finished by hand. */
  fill(text) {
    this.#store.dispatch({ type: 'WEB_CHAT/SET_SEND_BOX', payload: { text } });
    this.#box?.querySelector('textarea, input[type="text"]')?.focus();
  }

  /** What stands in the send box. */
  get draft() {
    return this.#store.getState().sendBoxValue ?? '';
  }

  /** What was said here and did not reach the channel, as far as anybody knows. */
  get unsent() {
    return this.#store.getState().activities.filter(isUnsent);
  }

  close() {
    this.#directLine?.end();
  }

  /**
   * What was said before, all at once: through the stream Web Chat would draw it message by message, from the first one
   * on, and the newest would be seen last. Gives up to where it was read.
   */
  async #showHistory(token) {
    const path = `/v3/directline/conversations/${encodeURIComponent(this.#room.key)}/activities?watermark=0`;
    const answer = await fetch(path, { headers: { Authorization: `Bearer ${token}` } });
    if (!answer.ok) throw new Error((await answer.json()).error.message);
    const { activities, watermark } = await answer.json();
    for (const activity of activities) {
      this.#store.dispatch({
        type: 'DIRECT_LINE/INCOMING_ACTIVITY',
        payload: { activity: markCards(activity) },
      });
    }
    return watermark;
  }

  /** As one whose sending failed, to be sent again by hand: whoever wrote it decides whether it still fits. */
  #showUnsent(activity) {
    const meta = { clientActivityID: activity.channelData.clientActivityID };
    this.#store.dispatch({ type: 'DIRECT_LINE/POST_ACTIVITY_PENDING', meta, payload: { activity } });
    this.#markFailed(meta);
  }

  /** Web Chat breaks when it meets a failed message in its first drawing: until then it is only noted. */
  #markFailed(meta) {
    if (this.#failures !== undefined) {
      this.#failures.push(meta);
      return;
    }
    const payload = new Error('not delivered');
    this.#store.dispatch({ type: 'DIRECT_LINE/POST_ACTIVITY_REJECTED', error: true, meta, payload });
  }

  async #post(activity, token) {
    const answer = await fetch(
      `/v3/directline/conversations/${encodeURIComponent(this.#room.key)}/activities`,
      {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
        body: JSON.stringify(activity),
      },
    ).catch(() => undefined);
    const body = await answer?.json();
    if (answer?.ok) return body.id;
    const reason = body?.error?.message ?? 'The channel cannot be reached.';
    toast(`Not delivered. ${reason}`);
    throw new Error(reason);
  }

  #pass({ store, next, action }) {
    switch (action.type) {
      case 'DIRECT_LINE/CONNECT_FULFILLED':
        this.#running.resolve();
        return next(action);
      case 'DIRECT_LINE/QUEUE_INCOMING_ACTIVITY': {
        const { activity } = action.payload;
        if (activity.type === 'messageDelete') {
          return next({ type: 'DIRECT_LINE/DELETE_ACTIVITY', payload: { activityID: activity.id } });
        }
        return next({ ...action, payload: { ...action.payload, activity: markCards(activity) } });
      }
      case 'DIRECT_LINE/INCOMING_ACTIVITY': {
        const before = store.getState().activities;
        const result = next(action);
        this.#correctStatus(store, before, action.payload.activity);
        return result;
      }
      case 'DIRECT_LINE/POST_ACTIVITY': {
        const { id, ...activity } = action.payload.activity;
        // Sent again: the new attempt takes the place of the failed one.
        if (isUnsent({ id }))
          store.dispatch({ type: 'DIRECT_LINE/DELETE_ACTIVITY', payload: { activityID: id } });
        // Each attempt gets another clientActivityID; by this key the channel knows that it is the same message.
        const thread = this.#thread === undefined ? {} : { thread: this.#thread };
        const channelData = { retryKey: crypto.randomUUID(), ...thread, ...activity.channelData };
        return next({ ...action, payload: { ...action.payload, activity: { ...activity, channelData } } });
      }
      case 'DIRECT_LINE/POST_ACTIVITY_PENDING': {
        // Without an id of its own it could not be taken away again.
        const activity = { id: UNSENT + action.meta.clientActivityID, ...action.payload.activity };
        return next({ ...action, payload: { ...action.payload, activity } });
      }
      default:
        return next(action);
    }
  }

  /** Web Chat takes every message that comes from the channel for sent; those that the bot did not take are not. */
  #correctStatus(store, before, activity) {
    const { clientActivityID, undelivered } = activity.channelData ?? {};
    if (clientActivityID === undefined || activity.from.role !== 'user') return;
    const meta = { clientActivityID };
    if (undelivered) {
      this.#markFailed(meta);
      return;
    }
    const isOurs = before.some((one) => one.channelData?.clientActivityID === clientActivityID);
    const earlier = before.find((one) => one.id === activity.id);
    const hadFailed = earlier?.channelData['webchat:send-status'] === 'send failed';
    // Sent again from another tab: this one is told by the activity alone.
    if (hadFailed && !isOurs)
      store.dispatch({ type: 'DIRECT_LINE/POST_ACTIVITY_FULFILLED', meta, payload: { activity } });
  }
}

/** Cards grow while they are drawn: until the person scrolls or a moment is over, the newest message stays in sight. */
function keepAtEnd(box) {
  const until = performance.now() + 2500;
  let isLeft = false;
  const leave = () => {
    isLeft = true;
  };
  for (const event of ['wheel', 'touchstart', 'keydown', 'pointerdown'])
    box.addEventListener(event, leave, { once: true, passive: true });
  const follow = () => {
    const scrollable = box.querySelector('.webchat__basic-transcript__scrollable');
    if (scrollable !== null) scrollable.scrollTop = scrollable.scrollHeight;
    if (!isLeft && performance.now() < until && box.isConnected) requestAnimationFrame(follow);
  };
  follow();
}

const [CONNECTING, ONLINE, ENDED] = [1, 2, 5];

/**
 * What Web Chat is told of the connection: it drops whatever somebody says before there is one, the words and the
 * buttons. A message needs no stream, and one that fails says so and can be sent again.
 */
function onlineUntilEnded(stream) {
  return {
    subscribe({ next }) {
      next(CONNECTING);
      next(ONLINE);
      return stream.connectionStatus$.subscribe((status) => status === ENDED && next(status));
    },
  };
}

/** The part of an Observable that Web Chat asks of a post: one value or an error. */
function once(work) {
  return {
    subscribe(observer) {
      work().then(
        (value) => {
          observer.next(value);
          observer.complete?.();
        },
        (error) => observer.error(error),
      );
      return { unsubscribe: () => {} };
    },
  };
}
