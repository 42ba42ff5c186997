const RETRY_MS = 1000;

/**
 * Watches the channel: how the bot is, what is in force, the counters. `onState` hears each state; `onDown` that the
 * channel is gone; `onReturn` that it is there again, perhaps after a restart.
 */
export class Live {
  #conversation;
  #socket;
  #wasDown = false;
  #listener;

  constructor(listener) {
    this.#listener = listener;
  }

  watch(conversation) {
    this.#conversation = conversation;
    if (this.#socket) {
      this.#socket.onclose = null;
      this.#socket.close();
    }
    this.#open();
  }

  #open() {
    const socket = new WebSocket(
      `${location.origin.replace(/^http/, 'ws')}/live?conversation=${encodeURIComponent(this.#conversation)}`,
    );
    this.#socket = socket;
    socket.onmessage = ({ data }) => {
      if (this.#wasDown) this.#listener.onReturn();
      this.#wasDown = false;
      this.#listener.onState(JSON.parse(data));
    };
    socket.onclose = () => {
      if (!this.#wasDown) this.#listener.onDown();
      this.#wasDown = true;
      setTimeout(() => {
        if (this.#socket === socket) this.#open();
      }, RETRY_MS);
    };
  }
}
