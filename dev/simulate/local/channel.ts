import { z } from 'zod';
import type { ConversationReference } from '../../../shared/domain/conversation/conversation.ts';
import { defined } from '../../../shared/domain/defined.ts';

const account = z.object({ id: z.string(), name: z.string(), aadObjectId: z.string() }).partial({
  name: true,
  aadObjectId: true,
});

/** One line of `POST /load/conversations`, as far as it is needed to write to the person. */
const referenceSchema = z.object({
  user: account,
  bot: account,
  conversation: z.object({ id: z.string(), tenantId: z.string().exactOptional() }),
  channelId: z.string(),
  locale: z.string(),
  serviceUrl: z.string(),
});

const statsSchema = z.object({
  shown: z.int(),
  statuses: z.record(z.string(), z.int()),
  breaches: z.object({ total: z.int() }),
});
export type ChannelStats = z.output<typeof statsSchema>;

const shownSchema = z.object({ conversation: z.string(), texts: z.record(z.string(), z.int()) });
/** What one conversation was shown: how often which text. */
export type Shown = z.output<typeof shownSchema>;

type Reachable = ConversationReference & { readonly conversationId: string };

/** Makes `count` personal conversations in the channel at `origin`, with people who never wrote. */
export async function makeConversations(origin: string, count: number): Promise<readonly Reachable[]> {
  const lines = await ask(`${origin}/load/conversations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ count, prefix: 'simulate' }),
  });
  return linesOf(lines).map((line): Reachable => {
    const { user, bot, conversation, channelId, locale, serviceUrl } = referenceSchema.parse(
      JSON.parse(line),
    );
    return {
      channelId,
      serviceUrl,
      conversationId: conversation.id,
      conversationType: 'personal',
      bot: known(bot),
      user: known(user),
      locale,
      ...defined({ tenantId: conversation.tenantId }),
    };
  });
}

export async function readStats(origin: string): Promise<ChannelStats> {
  return statsSchema.parse(JSON.parse(await ask(`${origin}/stats`)));
}

export async function readShown(origin: string): Promise<readonly Shown[]> {
  return linesOf(await ask(`${origin}/load/shown?prefix=simulate`)).map((line) =>
    shownSchema.parse(JSON.parse(line)),
  );
}

async function ask(url: string, init: RequestInit = {}): Promise<string> {
  const response = await fetch(url, init);
  const text = await response.text();
  if (!response.ok) throw new Error(`the local channel answered ${response.status} to ${url}: ${text}`);
  return text;
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '');
}

function known({ id, name, aadObjectId }: z.output<typeof account>): Reachable['bot'] {
  return {
    id,
    ...defined({ name, aadObjectId }),
  };
}
