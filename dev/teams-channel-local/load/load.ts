import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { account } from '../bot/activities.ts';
import { crowdConversation } from '../conversations/conversation.ts';
import { answerEmpty, answerLines } from '../http/answer.ts';
import { readAs } from '../http/body.ts';
import { notFound } from '../http/errors.ts';
import type { Target } from '../http/path.ts';
import type { ChannelParts } from '../parts.ts';
import { type Crowd, crowdMember } from '../people/crowd.ts';
import { TENANT_ID } from '../people/person.ts';

const crowdShape = z.strictObject({
  count: z.int().min(1).max(1_000_000),
  prefix: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,32}$/, 'Up to 32 letters, digits and hyphens.')
    .default('bench'),
  tenantId: z.string().min(1).default(TENANT_ID),
});

/**
 * What a load test needs: many conversations at once, and who was shown what.
 *
 * `POST /load/conversations` makes (or enlarges) a crowd and answers with one conversation reference per line;
 * `GET /load/conversations?prefix=` lists it again. `GET /load/shown?prefix=` gives
 * `{"conversation","texts":{<beginning of the text>:<count>},"last"}` for each conversation that was shown anything,
 * `GET /load/messages?prefix=` gives `{"conversation","id","states":[{"text","order"}],"isDeleted"}` for each of the
 * newest 20,000 messages: what it said, and by `order` when. `DELETE /load/shown` begins with nothing again.
 */
export async function handleLoad(
  parts: ChannelParts,
  { req, res, target }: { req: IncomingMessage; res: ServerResponse; target: Target },
): Promise<void> {
  const prefix = target.query.get('prefix') ?? undefined;
  switch (`${req.method} ${target.segments[1]}`) {
    case 'POST conversations':
      return answerLines(res, 201, references(parts, addCrowd(parts, await readAs(req, crowdShape))));
    case 'GET conversations': {
      const crowd = parts.people.crowd(prefix ?? 'bench');
      if (!crowd) throw notFound(`There is no crowd with the prefix "${prefix ?? 'bench'}".`);
      return answerLines(res, 200, references(parts, crowd));
    }
    case 'GET shown':
      return answerLines(res, 200, shownLines(parts, prefix));
    case 'GET messages':
      return answerLines(res, 200, messageLines(parts, prefix));
    case 'DELETE shown':
      parts.transcripts.clearCounts();
      return answerEmpty(res, 204);
    default:
      throw notFound(`There is no ${req.method} ${req.url}`);
  }
}

function addCrowd(parts: ChannelParts, asked: Crowd): Crowd {
  const before = parts.people.crowd(asked.prefix);
  // A crowd stays what it was: conversations that the bot knows do not vanish or change their tenant.
  const crowd = before ? { ...before, count: Math.max(before.count, asked.count) } : asked;
  parts.people.addCrowd(crowd);
  parts.journal.append({ t: 'crowd', ...crowd });
  return { ...crowd, count: asked.count };
}

/** Bot Framework conversation references, as a bot would have kept them from the install. */
function* references(parts: ChannelParts, crowd: Crowd): Generator<string> {
  const serviceUrl = parts.serviceUrl();
  for (let index = 0; index < crowd.count; index++) {
    const { id, name, aadObjectId, channelId, locale } = crowdMember(crowd, index);
    yield JSON.stringify({
      user: { id, name, aadObjectId, role: 'user' },
      bot: { ...parts.bot, role: 'bot' },
      conversation: account(crowdConversation(crowd.prefix, index, crowd.tenantId)),
      channelId,
      locale,
      serviceUrl,
    });
  }
}

function* messageLines(parts: ChannelParts, prefix: string | undefined): Generator<string> {
  for (const message of parts.transcripts.crowdMessages.list(beginningOf(prefix)))
    yield JSON.stringify(message);
}

function beginningOf(prefix: string | undefined): string {
  return prefix === undefined ? '' : `a:load_${prefix}_`;
}

function* shownLines(parts: ChannelParts, prefix: string | undefined): Generator<string> {
  for (const shown of parts.transcripts.shown.list(beginningOf(prefix))) yield JSON.stringify(shown);
}
