import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Conversation } from '../conversations/conversation.ts';
import { answerJson } from '../http/answer.ts';
import { readAs, readJson } from '../http/body.ts';
import { badRequest, HttpError, notFound } from '../http/errors.ts';
import type { Target } from '../http/path.ts';
import type { ChannelParts } from '../parts.ts';
import type { Person } from '../people/person.ts';
import { say } from './say.ts';
import { readPost } from './saying.ts';
import { EXPIRES_IN_SECONDS, makeToken, readBearer, readToken } from './token.ts';
import { readUpload, Uploads } from './upload.ts';
import { activitiesSince, type View } from './view.ts';

const account = z.looseObject({ id: z.string().min(1), name: z.string().optional() });
const startShape = z.looseObject({
  user: account.nullish(),
  /** An extension of this channel: the key or id of a conversation other than the person's own. */
  conversation: z.string().nullish(),
});

/** Direct Line 3.0 over HTTP. The stream is in `stream.ts`. */
export class DirectLine {
  readonly uploads = new Uploads();
  readonly #parts: ChannelParts;

  constructor(parts: ChannelParts) {
    this.#parts = parts;
  }

  /** Answers a request below `/v3/directline`. Throws HttpError for what is refused. */
  async handle(req: IncomingMessage, res: ServerResponse, target: Target): Promise<void> {
    const [, , what, id, rest] = target.segments;
    const operation = `${req.method} ${what}${id === undefined ? '' : what === 'tokens' ? `/${id}` : '/{id}'}${rest === undefined ? '' : `/${rest}`}`;
    switch (operation) {
      case 'POST tokens/generate':
        return this.#answerWithToken(res, 200, await this.#start(req));
      case 'POST tokens/refresh':
        return this.#answerWithToken(res, 200, this.#holder(req));
      case 'POST conversations': {
        const holder = await this.#start(req);
        const isNew = holder.conversation.roster === 'never';
        void this.#parts.membership.open(holder.conversation, holder.person);
        return this.#answerWithStream(req, res, { status: isNew ? 201 : 200, holder, watermark: '0' });
      }
      case 'GET conversations/{id}': {
        const holder = this.#holder(req, id);
        void this.#parts.membership.open(holder.conversation, holder.person);
        return this.#answerWithStream(req, res, {
          status: 200,
          holder,
          watermark: target.query.get('watermark'),
        });
      }
      case 'GET conversations/{id}/activities':
        return answerJson(
          res,
          200,
          activitiesSince(this.#view(req, id), toVersion(target.query.get('watermark')) ?? 0),
        );
      case 'POST conversations/{id}/activities':
        return this.#post(req, res, id);
      case 'POST conversations/{id}/upload':
        return this.#upload(req, res, { id, userId: target.query.get('userId') ?? undefined });
      default:
        throw notFound(`Direct Line has no ${req.method} ${req.url}`);
    }
  }

  /** Whose stream it is: the token stands in the query, where a WebSocket can carry it. `undefined` for nobody's. */
  viewOfStream(id: string | undefined, token: string | null): View | undefined {
    const claims = readToken(token);
    const conversation = this.#parts.conversations.find(id ?? '');
    const person = claims && this.#parts.people.find(claims.user);
    return conversation && person ? this.#see(conversation, person) : undefined;
  }

  async #post(req: IncomingMessage, res: ServerResponse, id: string | undefined): Promise<void> {
    const { saying, from, fromName } = readPost((await readJson(req)).value);
    const view = this.#view(req, id, from);
    // Whoever came without a name is called as they say with their first message, as by Direct Line itself.
    const person = this.#parts.people.named(view.person, fromName);
    answerJson(res, 200, { id: await say(this.#parts, { ...view, person }, saying) });
  }

  async #upload(
    req: IncomingMessage,
    res: ServerResponse,
    { id, userId }: { id: string | undefined; userId: string | undefined },
  ): Promise<void> {
    const view = this.#view(req, id, userId);
    const { activity, files } = await readUpload(req);
    const attachments = files.map((file) => ({
      contentType: file.contentType,
      contentUrl: `${this.#parts.baseUrl()}/${this.uploads.keep(file)}`,
      name: file.name,
    }));
    const { saying } = readPost(activity ?? { type: 'message' });
    answerJson(res, 200, { id: await say(this.#parts, view, { ...saying, attachments }) });
  }

  /** Who wants to talk, and where: from the token, else from the body; a guest when neither says. */
  async #start(req: IncomingMessage): Promise<Holder> {
    const claims = readBearer(req.headers.authorization);
    const body = await readAs(req, startShape);
    const { people, conversations } = this.#parts;
    const person = people.findOrInvite(
      claims?.user ?? body.user?.id ?? `dl_${randomUUID()}`,
      body.user?.name,
    );
    const name = claims?.conversation ?? body.conversation;
    const conversation = name == null ? conversations.personalOf(person) : conversations.find(name);
    if (!conversation) throw notFound(`No conversation has the id or key "${name}".`);
    if (!conversation.memberIds.includes(person.id)) {
      throw badRequest(`${person.name} is not a member of the conversation "${conversation.key}".`);
    }
    return { person, conversation };
  }

  /** Who asks about a conversation that was started before. */
  #holder(req: IncomingMessage, id?: string): Holder {
    const { conversation, person } = this.#view(
      req,
      id ?? readBearer(req.headers.authorization)?.conversation,
    );
    return { conversation, person };
  }

  /** The conversation as the token's holder sees it; without a token, as the named or only member does. */
  #view(req: IncomingMessage, id: string | undefined, from?: string): View {
    const conversation = this.#parts.conversations.find(id ?? '');
    if (!conversation) throw new HttpError(404, 'BadArgument', `No conversation has the id or key "${id}".`);
    const user = readBearer(req.headers.authorization)?.user ?? from ?? conversation.memberIds[0];
    const person = this.#parts.people.find(user ?? '');
    if (!person || !conversation.memberIds.includes(person.id)) {
      throw new HttpError(
        403,
        'TokenExpired',
        `"${user}" is not a member of the conversation "${conversation.key}".`,
      );
    }
    return this.#see(conversation, person);
  }

  #see(conversation: Conversation, person: Person): View {
    return { conversation, person, transcript: this.#parts.transcripts.of(conversation) };
  }

  #answerWithToken(res: ServerResponse, status: number, { person, conversation }: Holder): void {
    answerJson(res, status, {
      conversationId: conversation.key,
      token: makeToken({ user: person.id, conversation: conversation.key }),
      expires_in: EXPIRES_IN_SECONDS,
    });
  }

  #answerWithStream(
    req: IncomingMessage,
    res: ServerResponse,
    { status, holder, watermark }: { status: number; holder: Holder; watermark: string | null },
  ): void {
    const { key } = holder.conversation;
    const token = makeToken({ user: holder.person.id, conversation: key });
    const version = toVersion(watermark) ?? this.#see(holder.conversation, holder.person).transcript.version;
    const query = new URLSearchParams({ watermark: String(version), t: token });
    answerJson(res, status, {
      conversationId: key,
      token,
      expires_in: EXPIRES_IN_SECONDS,
      // The name by which the client reached this server, so that the stream counts as the same origin.
      streamUrl: `ws://${req.headers.host}/v3/directline/conversations/${encodeURIComponent(key)}/stream?${query}`,
    });
  }
}

interface Holder {
  readonly person: Person;
  readonly conversation: Conversation;
}

/** A watermark is the version up to which the client has seen everything. Without one: `undefined`. */
export function toVersion(watermark: string | null): number | undefined {
  const version = Number(watermark);
  return watermark !== null && watermark !== '' && Number.isSafeInteger(version) ? version : undefined;
}
