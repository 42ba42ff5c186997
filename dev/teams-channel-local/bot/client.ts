import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest, Agent as SecureAgent } from 'node:https';
import { connect } from 'node:net';

/** What came of one POST to the bot. */
export type PostResult =
  | { readonly kind: 'answered'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'unreachable'; readonly reason: string }
  | { readonly kind: 'timeout' };

export interface BotClientOptions {
  /** The bot's messaging endpoint. */
  readonly url: string;
  /** How long an answer may take. Teams waits 15 seconds. */
  readonly timeoutMs: number;
  /** A token for the `Authorization: Bearer` header of each request; `undefined` sends none. */
  readonly authorize?: (() => Promise<string | undefined>) | undefined;
}

/** Posts activities to the bot, over connections that stay open. */
export class BotClient {
  readonly url: string;
  readonly #target: URL;
  readonly #options: BotClientOptions;
  readonly #agent: Agent;

  /** Throws TypeError when the URL is none. */
  constructor(options: BotClientOptions) {
    this.url = options.url;
    this.#target = new URL(options.url);
    this.#options = options;
    this.#agent = this.#isSecure ? new SecureAgent({ keepAlive: true }) : new Agent({ keepAlive: true });
  }

  /** Posts one activity, once. Never rejects. */
  async post(activity: unknown): Promise<PostResult> {
    try {
      return await this.#post(activity, await this.#options.authorize?.());
    } catch (error) {
      return {
        kind: 'unreachable',
        reason: `no token: ${error instanceof Error ? error.message : String(error)}`,
      };
    }
  }

  #post(activity: unknown, token: string | undefined): Promise<PostResult> {
    const body = Buffer.from(JSON.stringify(activity));
    const send = this.#isSecure ? httpsRequest : httpRequest;
    return new Promise((resolve) => {
      const req = send(
        this.#target,
        {
          method: 'POST',
          agent: this.#agent,
          headers: {
            'Content-Type': 'application/json; charset=utf-8',
            'Content-Length': body.length,
            Accept: 'application/json',
            ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
          },
        },
        (res) => readAnswer(res).then(resolve, fail),
      );
      const timer = setTimeout(() => {
        resolve({ kind: 'timeout' });
        req.destroy();
      }, this.#options.timeoutMs);
      const fail = (error: Error) => resolve({ kind: 'unreachable', reason: describe(error) });
      req.on('close', () => clearTimeout(timer));
      req.on('error', fail);
      req.end(body);
    });
  }

  /** Whether something listens where the bot should be. */
  isListening(): Promise<boolean> {
    return new Promise((resolve) => {
      const port = Number(this.#target.port) || (this.#isSecure ? 443 : 80);
      const socket = connect({ host: this.#target.hostname, port, timeout: 1000 });
      const settle = (answers: boolean) => {
        socket.destroy();
        resolve(answers);
      };
      socket.on('connect', () => settle(true));
      socket.on('timeout', () => settle(false));
      socket.on('error', () => settle(false));
    });
  }

  close(): void {
    this.#agent.destroy();
  }

  get #isSecure(): boolean {
    return this.#target.protocol === 'https:';
  }
}

async function readAnswer(res: IncomingMessage): Promise<PostResult> {
  const chunks: Buffer[] = [];
  for await (const chunk of res) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  return { kind: 'answered', status: res.statusCode ?? 0, body: parseOrText(text) };
}

function parseOrText(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // The bot may answer with any text; only the answer to an invoke is read, and that one is JSON.
    return text;
  }
}

function describe(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
