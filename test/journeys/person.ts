import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { cardOf, heardIn, wordsOf } from '../support/reading.ts';

const started = z.object({ conversationId: z.string(), token: z.string() });
const activities = z.object({
  activities: z.array(
    z.looseObject({
      id: z.string().optional(),
      type: z.string(),
      text: z.string().optional(),
      summary: z.string().optional(),
      from: z.looseObject({ id: z.string() }),
      attachments: z
        .array(z.looseObject({ contentType: z.string(), content: z.unknown().optional() }))
        .optional(),
    }),
  ),
});

/** Somebody in front of the chat page: speaks Direct Line to the local channel, as Web Chat does. */
export class ChatPerson {
  readonly id: string;
  readonly conversationId: string;
  readonly #base: string;
  readonly #token: string;

  private constructor(base: string, id: string, conversation: z.infer<typeof started>) {
    this.#base = base;
    this.id = id;
    this.conversationId = conversation.conversationId;
    this.#token = conversation.token;
  }

  /** Opens a chat. `channel` is the channel's address, `http://127.0.0.1:<port>`. */
  static async arrives(channel: string, id: string): Promise<ChatPerson> {
    const base = `${channel}/v3/directline`;
    const answer = await fetch(`${base}/conversations`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ user: { id, name: id } }),
    });
    return new ChatPerson(base, id, started.parse(await answer.json()));
  }

  async says(text: string): Promise<void> {
    const answer = await fetch(`${this.#base}/conversations/${this.conversationId}/activities`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.#token}` },
      body: JSON.stringify({ type: 'message', text, from: { id: this.id, name: this.id } }),
    });
    if (!answer.ok) throw new Error(`the channel answered ${answer.status} to "${text}"`);
  }

  /** What the bot has said so far, in order. */
  async sees(): Promise<readonly z.infer<typeof activities>['activities'][number][]> {
    const answer = await fetch(`${this.#base}/conversations/${this.conversationId}/activities`, {
      headers: { authorization: `Bearer ${this.#token}` },
    });
    const read = activities.parse(await answer.json());
    return read.activities.filter(({ from, type }) => type === 'message' && from.id !== this.id);
  }

  async texts(): Promise<readonly string[]> {
    return (await this.sees()).map((shown) => wordsOf({ ...shown, card: cardOf(shown) }));
  }

  /** What the bot said last that begins with `text`, on its card or in its toast. */
  async shown(text: string) {
    return (await this.sees()).findLast(
      (shown) =>
        wordsOf({ ...shown, card: cardOf(shown) }).startsWith(text) || heardIn(shown).startsWith(text),
    );
  }

  /** Waits until the bot has said something that begins with `text`. */
  async hears(text: string): Promise<void> {
    await eventually(`${this.id} to hear "${text}"`, async () => (await this.shown(text)) !== undefined);
  }
}

/** Asks until the answer is yes; names what was waited for when it never is. */
export async function eventually(
  what: string,
  isSo: () => Promise<boolean>,
  withinMs = 20_000,
): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await wait(25);
  }
}
