import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An activity that the channel posted. */
export interface Received {
  readonly type: string;
  readonly id: string;
  readonly text?: string;
  readonly serviceUrl: string;
  readonly conversation: { readonly id: string; readonly [key: string]: unknown };
  readonly from: { readonly id: string; readonly [key: string]: unknown };
  readonly recipient: { readonly id: string; readonly [key: string]: unknown };
  readonly [key: string]: unknown;
}

/** What the bot answers: a status and a body; `hang` leaves the request without an answer, `reset` breaks it. */
export type BotAnswer = { readonly status: number; readonly body?: unknown } | 'hang' | 'reset';

type Reaction = (activity: Received, bot: Bot) => BotAnswer | undefined | Promise<BotAnswer | undefined>;

/** A bot in a few lines: it remembers what it received and does what a test tells it to. */
export class Bot {
  readonly received: Received[] = [];
  readonly authorizations: (string | undefined)[] = [];
  /** What it does with the next activities; without one it answers 200. */
  react: Reaction = () => undefined;
  readonly #server: Server;
  #waiting: (() => void)[] = [];

  private constructor(server: Server) {
    this.#server = server;
    server.on('request', (req, res) => void this.#answer(req, res));
  }

  static async start(port = 0): Promise<Bot> {
    const bot = new Bot(createServer());
    await new Promise<void>((resolve) => bot.#server.listen(port, '127.0.0.1', resolve));
    return bot;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/api/messages`;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port; // A TCP server that listens has this form of address.
  }

  /** The `nth` activity that fits, as soon as it has arrived. */
  async receives(matches: (activity: Received) => boolean, nth = 1): Promise<Received> {
    for (;;) {
      const found = this.received.filter(matches)[nth - 1];
      if (found) return found;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** The `nth` message with this text. */
  receivesText(text: string, nth = 1): Promise<Received> {
    return this.receives((activity) => activity.type === 'message' && activity.text === text, nth);
  }

  types(): string[] {
    return this.received.map((activity) => activity.type);
  }

  /** Sends to the conversation of an activity, as a reply to it. */
  reply(to: Received, activity: Record<string, unknown>): Promise<Response> {
    const path = `v3/conversations/${encodeURIComponent(to.conversation.id)}/activities/${encodeURIComponent(to.id)}`;
    return fetch(new URL(path, to.serviceUrl), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ type: 'message', from: to.recipient, ...activity }),
    });
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk);
    // The channel under test wrote it; what is wrong with it shows in the assertions.
    const activity = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Received;
    this.received.push(activity);
    this.authorizations.push(req.headers.authorization);
    for (const wake of this.#waiting.splice(0)) wake();
    const answer = (await this.react(activity, this)) ?? { status: 200 };
    if (answer === 'hang') return;
    if (answer === 'reset') {
      req.socket.resetAndDestroy();
      return;
    }
    res.writeHead(answer.status, { 'Content-Type': 'application/json' });
    res.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
  }
}
