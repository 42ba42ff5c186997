import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { defined } from '../../shared/domain/defined.ts';
import { conversationKey } from '../../shared/domain/ids.ts';
import { getJson, request } from '../chaos/rig/http.ts';
import type { TranscriptReport } from '../teams-channel-local/control/transcript.ts';

/** Somebody, and the conversation that they have with the bot, as the channel names both. */
export interface Somebody {
  readonly name: string;
  readonly channelId: string;
  readonly tenantId?: string;
  readonly user: { readonly id: string; readonly name: string; readonly aadObjectId?: string };
  readonly conversation: { readonly id: string; readonly conversationType: string };
  readonly locale: string;
  readonly timeZone: string;
  readonly team?: { readonly id: string; readonly name: string };
}

const transcript = z.object({
  shown: z.array(
    z.looseObject({
      from: z.looseObject({ role: z.string() }),
      text: z.string().optional(),
      summary: z.string().optional(),
      attachments: z.array(z.looseObject({ content: z.unknown() })).optional(),
    }),
  ),
}) satisfies z.ZodType<Pick<TranscriptReport, 'shown'>>;

/** How long the bot may take to answer, and how often that is looked for. */
const PATIENCE_MS = 20_000;
const PAUSE_MS = 50;
const BOT = { id: '28:6f1b4a52-8c1e-4f39-9b64-2d1f0c7a9e10', name: 'Notifier' };

/** What somebody can do: the bot at `functions` hears it, and the channel at `channel` shows what it answers. */
export class Voice {
  readonly who: Somebody;
  readonly #at: { readonly functions: string; readonly channel: string; now(): number };
  #said = 0;

  constructor(who: Somebody, at: { readonly functions: string; readonly channel: string; now(): number }) {
    this.who = who;
    this.#at = at;
  }

  /** The app's key of the conversation. A team's channel goes without the thread. */
  get key(): string {
    const { channelId, conversation } = this.who;
    return conversationKey(channelId, conversation.id.replace(/;messageid=\d+$/, ''));
  }

  async says(text: string): Promise<void> {
    await this.#post({ type: 'message', text, textFormat: 'plain' });
  }

  async installs(): Promise<void> {
    await this.#post({ type: 'installationUpdate', action: 'add' });
  }

  /** Says something and waits for an answer that holds `answer`. */
  async talks(text: string, answer: string): Promise<string> {
    const before = (await this.sees()).length;
    await this.says(text);
    return this.hears(answer, before);
  }

  /** Waits until something was shown that holds `text`, after the first `after` messages. */
  async hears(text: string, after = 0): Promise<string> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const seen = (await this.sees()).slice(after);
      const found = seen.find((shown) => shown.includes(text));
      if (found !== undefined) return found;
      if (Date.now() > deadline) {
        throw new Error(`${this.who.name} waited in vain for "${text}" and saw: ${seen.join(' | ')}`);
      }
      await delay(PAUSE_MS);
    }
  }

  /** Everything that the bot has shown in the conversation, each message with its summary and its cards. */
  async sees(): Promise<readonly string[]> {
    const id = encodeURIComponent(this.who.conversation.id);
    const { shown } = transcript.parse(await getJson(`${this.#at.channel}/transcript?conversation=${id}`));
    return shown
      .filter(({ from }) => from.role === 'bot')
      .map(({ text = '', summary = '', attachments = [] }) =>
        [text, summary, ...attachments.map(({ content }) => JSON.stringify(content))].join('\n'),
      );
  }

  async #post(what: Readonly<Record<string, unknown>>): Promise<void> {
    const { name, channelId, tenantId, user, conversation, locale, timeZone, team } = this.who;
    this.#said += 1;
    await request(`${this.#at.functions}/api/messages`, {
      method: 'POST',
      json: {
        ...what,
        id: `${name}-${this.#at.now()}-${this.#said}`,
        timestamp: new Date(this.#at.now()).toISOString(),
        channelId,
        serviceUrl: `${this.#at.channel}/`,
        from: { ...user, role: 'user' },
        recipient: { ...BOT, role: 'bot' },
        conversation: {
          ...conversation,
          ...defined({ tenantId }),
          ...(conversation.conversationType === 'personal' ? {} : { isGroup: true }),
        },
        locale,
        localTimezone: timeZone,
        channelData: {
          ...(tenantId === undefined ? {} : { tenant: { id: tenantId } }),
          ...(team === undefined ? {} : { team, channel: { id: team.id, name: 'General' } }),
        },
      },
    });
  }
}
