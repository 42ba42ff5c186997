import rhea, { type Receiver, type Sender, type Typed } from 'rhea';
import { z } from 'zod';
import { type Condition, toBrokerError } from '../broker-error.ts';
import { decodeMessage } from './rhea-internals.ts';

/** A request on `$cbs` or `$management`. */
export interface Request {
  readonly operation: string;
  readonly body: unknown;
  /** The message as it came: `body` has lost its AMQP types. */
  readonly wire: Buffer;
}

/** A reply without an error. 204 says that there is nothing. */
export interface Reply {
  readonly status: 200 | 202 | 204;
  readonly body?: unknown;
}

const request = z.object({
  message_id: z.union([z.string(), z.number(), z.instanceof(Buffer)]),
  reply_to: z.string().nullish(),
  application_properties: z.object({ operation: z.string() }),
  body: z.unknown(),
});

/** A request with the way back to who asked. */
export interface ReceivedRequest extends Request {
  reply(reply: Reply): void;
  /** Replies with the error that was thrown. */
  fail(thrown: unknown): void;
}

/** HTTP-like numbers that stand beside the condition of an error. */
const statusOf: Readonly<Record<Condition, number>> = {
  'amqp:decode-error': 400,
  'amqp:internal-error': 500,
  'amqp:link:message-size-exceeded': 403,
  'amqp:not-allowed': 400,
  'amqp:not-found': 404,
  'amqp:not-implemented': 501,
  'com.microsoft:argument-error': 400,
  'com.microsoft:message-lock-lost': 410,
  'com.microsoft:message-not-found': 404,
  'com.microsoft:server-busy': 503,
};

/** Reads a request; `undefined` when it lacks an id or an operation, so that there is nothing to answer. */
export function readRequest(receiver: Receiver, wire: Buffer): ReceivedRequest | undefined {
  const parsed = request.safeParse({ ...asRecord(decoded(wire)) });
  if (!parsed.success) return undefined;
  const { message_id, reply_to, application_properties, body } = parsed.data;
  const send = (status: number, properties: Record<string, string | Typed>, content: unknown) => {
    const sender = findReplyLink(receiver, reply_to);
    sender?.send({
      correlation_id: message_id,
      application_properties: {
        // Service Bus uses both spellings, and clients look for either.
        statusCode: rhea.types.wrap_int(status),
        'status-code': rhea.types.wrap_int(status),
        ...properties,
      },
      body: content,
    });
  };
  return {
    operation: application_properties.operation,
    body,
    wire,
    reply: ({ status, body: content }) => send(status, {}, content),
    fail(thrown) {
      const { condition, message: description } = toBrokerError(thrown);
      const properties = {
        statusDescription: description,
        'status-description': description,
        // Symbols: the client for .NET takes nothing else.
        errorCondition: rhea.types.wrap_symbol(condition),
        'error-condition': rhea.types.wrap_symbol(condition),
      };
      send(statusOf[condition], properties, undefined);
    },
  };
}

/** Clients open the receiving half in the session of the sending half, and name it as the reply address. */
function findReplyLink({ session }: Receiver, replyTo: string | null | undefined): Sender | undefined {
  const isNamed = (sender: Sender) => sender.name === replyTo || sender.target?.address === replyTo;
  return session.find_sender(isNamed) ?? session.find_sender(() => true);
}

function decoded(wire: Buffer): unknown {
  try {
    return decodeMessage(wire);
  } catch {
    return undefined; // Nothing that could be answered.
  }
}

function asRecord(message: unknown): object {
  return typeof message === 'object' && message !== null ? message : {};
}
