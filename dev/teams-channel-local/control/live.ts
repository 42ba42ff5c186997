import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Target } from '../http/path.ts';
import { acceptWebSocket, type TextSocket } from '../http/websocket.ts';
import { describeLimits } from '../limits/limit-settings.ts';
import type { ChannelParts } from '../parts.ts';
import { describeConversation } from './conversations.ts';

/** A page need not redraw its counters more often. */
const TICK_MS = 250;
/** Whether the bot listens is looked up this often while somebody watches. */
const LOOK_MS = 2000;

/**
 * What the chat pages show beside the chat: how the bot is, what is in force, and the counters. Each page holds a
 * WebSocket at `/live?conversation=`; it hears the whole state when something changed, four times a second at most.
 */
export class Live {
  readonly #parts: ChannelParts;
  /** A page that sees another life than before reads everything again. */
  readonly #life: string;
  readonly #pages = new Map<TextSocket, string>();
  #isDirty = true;
  #seenStats = -1;
  #seenRate = 0;
  #timer: NodeJS.Timeout | undefined;
  #lastLook = 0;

  constructor(parts: ChannelParts, life: string) {
    this.#parts = parts;
    this.#life = life;
    parts.delivery.onChange = () => this.touch();
    parts.faults.onChange = () => this.touch();
    parts.conversations.onChange = () => this.touch();
  }

  /** Something changed that pages show. */
  touch(): void {
    this.#isDirty = true;
  }

  open({
    req,
    socket,
    head,
    target,
  }: {
    req: IncomingMessage;
    socket: Duplex;
    head: Buffer;
    target: Target;
  }): TextSocket | undefined {
    const page = acceptWebSocket(req, socket, head);
    if (!page) return undefined;
    const conversation = target.query.get('conversation') ?? '';
    this.#pages.set(page, conversation);
    page.onClose = () => this.#leave(page);
    page.send(this.#stateFor(conversation));
    this.#timer ??= setInterval(() => this.#tick(), TICK_MS);
    return page;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #leave(page: TextSocket): void {
    this.#pages.delete(page);
    if (this.#pages.size === 0) this.close();
  }

  #tick(): void {
    const now = this.#parts.now();
    if (now - this.#lastLook >= LOOK_MS) {
      this.#lastLook = now;
      void this.#parts.delivery.look();
    }
    const { version } = this.#parts.stats;
    // The rate falls to zero by itself, without a request that would raise the version.
    const rate = this.#parts.stats.report().requestsLastSecond;
    if (!this.#isDirty && version === this.#seenStats && rate === this.#seenRate) return;
    this.#isDirty = false;
    this.#seenStats = version;
    this.#seenRate = rate;
    for (const [page, conversation] of this.#pages) page.send(this.#stateFor(conversation));
  }

  #stateFor(name: string): string {
    const { conversations, delivery, faults, limits, stats } = this.#parts;
    const conversation = conversations.find(name);
    return JSON.stringify({
      life: this.#life,
      bot: delivery.state,
      conversation: conversation && describeConversation(this.#parts, conversation),
      faults: faults.list().map((fault) => ({ ...fault, isHere: fault.conversation === conversation?.id })),
      limits: describeLimits(limits.settings),
      stats: stats.report(),
    });
  }
}
