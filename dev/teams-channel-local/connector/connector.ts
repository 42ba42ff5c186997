import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Conversation } from '../conversations/conversation.ts';
import type { Fault } from '../faults/fault.ts';
import { type Answer, misbehave } from '../faults/misbehave.ts';
import { answerEmpty, answerJson } from '../http/answer.ts';
import { type JsonBody, readJson } from '../http/body.ts';
import type { Target } from '../http/path.ts';
import { drawn } from '../limits/latency.ts';
import { sizeOf } from '../limits/message-size.ts';
import type { ChannelParts } from '../parts.ts';
import { createConversation, createdFor, findOrCreate, type Parameters, readParameters } from './create.ts';
import { connectorError, throttled } from './errors.ts';
import { findMember, listMembers, pageMembers } from './members.ts';
import { type Operation, readOperation } from './operation.ts';
import { readOutbound } from './outbound.ts';
import {
  deleteActivity,
  refuseIfNotWelcome,
  refuseIfUnchangeable,
  type Sent,
  showActivity,
  updateActivity,
} from './send.ts';

/** The address of the other host to which a `redirect` fault leads. */
export const ELSEWHERE = 'elsewhere';

const NO_BODY: JsonBody = { value: undefined, bytes: 0 };

type Addressed = Exclude<Operation, { kind: 'create' }>;

/** The Bot Connector REST API, with Teams' limits and whatever faults are in force. */
export class Connector {
  readonly #parts: ChannelParts;

  constructor(parts: ChannelParts) {
    this.#parts = parts;
  }

  /** Answers a request below `/v3/conversations`. Throws HttpError for what is refused. */
  async handle(req: IncomingMessage, res: ServerResponse, target: Target): Promise<void> {
    const operation = readOperation(req.method, target.segments.slice(2));
    const { stats } = this.#parts;
    let fate = 'aborted';
    stats.begin();
    res.once('close', () => stats.end(operation.kind, res.headersSent ? res.statusCode : fate));
    const onFault = (fault: Fault) => {
      stats.fault(fault.kind);
      fate = fault.kind === 'hang' ? 'hang' : 'reset';
    };
    await this.#way();
    try {
      await this.#take(req, res, { operation, query: target.query, onFault });
    } catch (error) {
      await this.#way();
      throw error;
    }
  }

  async #take(
    req: IncomingMessage,
    res: ServerResponse,
    asked: { operation: Operation; query: URLSearchParams; onFault: (fault: Fault) => void },
  ): Promise<void> {
    const { operation, query, onFault } = asked;
    if (operation.kind === 'create') await this.#create(req, res, onFault);
    else await this.#addressed(req, res, { operation, query, onFault });
  }

  /** As far away as the channel is told to be: a request arrives later than it was sent, and so does its answer. */
  #way(): Promise<void> | undefined {
    const { latency, closing } = this.#parts;
    return latency && sleep(drawn(latency, Math.random), undefined, { signal: closing });
  }

  async #create(req: IncomingMessage, res: ServerResponse, onFault: (fault: Fault) => void): Promise<void> {
    const parts = this.#parts;
    const parameters = readParameters((await readJson(req)).value);
    const [first] = (parameters.members ?? []).flatMap((member) => parts.people.find(member.id) ?? []);
    this.#keepLimits({
      tenant: first?.tenantId ?? parameters.channelData?.tenant?.id ?? first?.channelId ?? 'unknown',
      thread: `create ${createdFor(parameters)}`,
    });
    const personal = first && parts.conversations.personalOf(first);
    const fault = parts.faults.take(['create'], personal ? namesOf(personal) : []);
    await this.#answer(req, res, { fault, onFault, perform: () => this.#performCreate(parameters) });
  }

  #performCreate(parameters: Parameters): Answer {
    const conversation = findOrCreate(this.#parts, parameters);
    return { status: 201, body: createConversation(this.#parts, conversation, parameters) };
  }

  async #addressed(
    req: IncomingMessage,
    res: ServerResponse,
    asked: { operation: Addressed; query: URLSearchParams; onFault: (fault: Fault) => void },
  ): Promise<void> {
    const { operation, onFault } = asked;
    const conversation = this.#parts.conversations.findById(operation.conversationId);
    this.#keepLimits({
      tenant: conversation?.tenantId ?? conversation?.channelId ?? 'unknown',
      thread:
        operation.on === 'send' && operation.kind !== 'delete'
          ? `send ${conversation?.id ?? operation.conversationId}`
          : undefined,
    });
    const fault = this.#parts.faults.take(
      [operation.on, operation.kind],
      conversation ? namesOf(conversation) : [],
    );
    const isRead = operation.on === 'send' && operation.kind !== 'delete' && fault?.kind !== 'reset';
    const body = isRead ? await readJson(req) : NO_BODY;
    const channelId = conversation?.channelId ?? 'msteams';
    if (sizeOf(body.value, channelId) > this.#parts.limits.settings.maxMessageBytes)
      throw connectorError(413);
    const perform = () => this.#perform(operation, { conversation, body, query: asked.query });
    await this.#answer(req, res, { fault, onFault, perform });
  }

  #perform(
    operation: Addressed,
    {
      conversation,
      body,
      query,
    }: { conversation: Conversation | undefined; body: JsonBody; query: URLSearchParams },
  ): Answer {
    const parts = this.#parts;
    if (!conversation || conversation.lost === 'replaced') throw connectorError(404, 'ConversationNotFound');
    // In the words with which Teams says that an id is another bot's.
    if (conversation.lost === 'unreadable') throw connectorError(403, 'BadArgument');
    if (operation.on === 'members' && conversation.roster !== 'installed') {
      throw connectorError(403, 'BotNotInConversationRoster');
    }
    if (operation.on === 'send') refuseIfNotWelcome(conversation);
    const isTargeted = query.get('isTargetedActivity') === 'true';
    const place = { conversation, id: operation.conversationId, isTargeted };
    if (operation.kind === 'update' || operation.kind === 'delete') refuseIfUnchangeable(conversation);
    // Teams knows the sender by the token; the channels behind Direct Line want it named.
    const needsSender = conversation.channelId !== 'msteams';
    switch (operation.kind) {
      case 'send':
        return created(showActivity(parts, place, readOutbound(body.value, { needsSender })));
      case 'reply': {
        const activity = readOutbound(body.value, { needsSender });
        return created(showActivity(parts, place, { ...activity, replyToId: operation.activityId }));
      }
      case 'update':
        updateActivity(parts, place, operation.activityId, readOutbound(body.value, { needsSender: false }));
        return { status: 200, body: { id: operation.activityId } };
      case 'delete':
        deleteActivity(parts, place, operation.activityId);
        return { status: 200, body: undefined };
      case 'members':
        return { status: 200, body: listMembers(parts, conversation) };
      case 'member':
        return { status: 200, body: findMember(parts, conversation, operation.memberId) };
      case 'pagedmembers':
        return { status: 200, body: pageMembers(parts, conversation, query) };
    }
  }

  async #answer(
    req: IncomingMessage,
    res: ServerResponse,
    what: { fault: Fault | undefined; onFault: (fault: Fault) => void; perform: () => Answer },
  ): Promise<void> {
    const { fault, onFault, perform } = what;
    if (fault) {
      onFault(fault);
      const elsewhere = `${this.#parts.baseUrl().replace('127.0.0.1', 'localhost')}/${ELSEWHERE}${req.url}`;
      return misbehave(fault, { req, res, perform, closing: this.#parts.closing, elsewhere });
    }
    const { status, body } = perform();
    await this.#way();
    if (body === undefined) answerEmpty(res, status);
    else answerJson(res, status, body);
  }

  #keepLimits(request: { tenant: string; thread: string | undefined }): void {
    const breach = this.#parts.limits.admit(request, this.#parts.now());
    if (!breach) return;
    this.#parts.stats.breach(breach.scope, breach.of);
    throw throttled(breach.waitMs);
  }
}

function namesOf(conversation: Conversation): string[] {
  return [conversation.id, conversation.key];
}

/** Teams gives no id where it made several messages of one activity. */
function created({ id, isWhole }: Sent): Answer {
  return isWhole ? { status: 201, body: { id } } : { status: 202, body: undefined };
}
