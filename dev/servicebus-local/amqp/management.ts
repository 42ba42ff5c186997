import rhea from 'rhea';
import { z } from 'zod';
import { BrokerError } from '../broker-error.ts';
import { encodeDelivery } from '../message/delivery.ts';
import { parseMessage } from '../message/message.ts';
import type { PropertyChanges } from '../message/properties.ts';
import { scanMap, scanSections, sectionCode } from '../message/sections.ts';
import type { Outcome } from '../queue/outcome.ts';
import type { Queue } from '../queue/queue.ts';
import type { StoredMessage } from '../queue/stored-message.ts';
import { checkSize, decode } from './incoming-link.ts';
import type { Reply, Request } from './request-reply.ts';

/** The most messages and bytes that one peek answers; clients ask again for more. */
const peekLimit = { messages: 250, bytes: 1024 * 1024 };

const longArray = 0x81;
const timestampArray = 0x83;

const wholeNumber = z.union([
  z.number(),
  z.instanceof(Buffer).transform((long) => Number(long.readBigInt64BE())),
]);
const token = z
  .instanceof(Buffer)
  .refine(({ length }) => length === 16)
  .transform((uuid) => uuid.toString('hex'));
const tokens = z.array(token).min(1);
const text = z.string().nullish();

const peekBody = z.object({ 'from-sequence-number': wholeNumber, 'message-count': z.number().min(1) });
const lockTokensBody = z.object({ 'lock-tokens': tokens });
const sequencesBody = z.object({ 'sequence-numbers': z.array(wholeNumber) });
const deferredBody = sequencesBody.extend({ 'receiver-settle-mode': z.number().default(1) });
const scheduleBody = z.object({ messages: z.array(z.object({ message: z.instanceof(Buffer) })).min(1) });
const dispositionBody = z.object({
  'lock-tokens': tokens,
  'disposition-status': z.enum(['completed', 'abandoned', 'defered', 'suspended']),
  'deadletter-reason': text,
  'deadletter-description': text,
});

type Operation = (queue: Queue, body: unknown, wire: Buffer) => Reply;

/** The name of the one operation that is a send. */
export const scheduleOperation = 'com.microsoft:schedule-message';

const operations = new Map<string, Operation>([
  ['com.microsoft:peek-message', peek],
  ['com.microsoft:renew-lock', renewLock],
  ['com.microsoft:receive-by-sequence-number', receiveDeferred],
  ['com.microsoft:update-disposition', updateDisposition],
  [scheduleOperation, schedule],
  ['com.microsoft:cancel-scheduled-message', cancelScheduled],
]);

/** Serves a request to a queue's `$management`. Throws `BrokerError` for a refusal. */
export function answerManagement(queue: Queue, { operation, body, wire }: Request): Reply {
  const serve = operations.get(operation);
  if (serve) return serve(queue, body, wire);
  throw new BrokerError(
    'amqp:not-implemented',
    `This broker has no operation "${operation}". It has: ${[...operations.keys()].join(', ')}.`,
  );
}

function peek(queue: Queue, body: unknown): Reply {
  const asked = read(peekBody, body);
  const found = queue.peek(
    asked['from-sequence-number'],
    Math.min(asked['message-count'], peekLimit.messages),
  );
  if (found.length === 0) return { status: 204 };
  const messages: { message: Buffer }[] = [];
  let bytes = 0;
  for (const stored of found) {
    const message = encodeDelivery(stored, undefined);
    bytes += message.length;
    if (messages.length > 0 && bytes > peekLimit.bytes) break;
    messages.push({ message });
  }
  return { status: 200, body: { messages } };
}

function renewLock(queue: Queue, body: unknown): Reply {
  const expirations = read(lockTokensBody, body)['lock-tokens'].map((lockToken) => queue.renew(lockToken));
  return {
    status: 200,
    body: { expirations: rhea.types.wrap_array(expirations, timestampArray, undefined) },
  };
}

function receiveDeferred(queue: Queue, body: unknown): Reply {
  const asked = read(deferredBody, body);
  const andDelete = asked['receiver-settle-mode'] === 0;
  const messages = queue.receiveDeferred(asked['sequence-numbers'], andDelete).map(withLockToken);
  return { status: 200, body: { messages } };
}

function withLockToken(stored: StoredMessage): Record<string, unknown> {
  const message = encodeDelivery(stored, stored.lock?.until);
  if (!stored.lock) return { message };
  return { message, 'lock-token': rhea.types.wrap_uuid(Buffer.from(stored.lock.token, 'hex')) };
}

function updateDisposition(queue: Queue, body: unknown, wire: Buffer): Reply {
  const asked = read(dispositionBody, body);
  const outcome = dispositionOf(asked, propertiesToModify(wire));
  for (const lockToken of asked['lock-tokens']) queue.settle(lockToken, outcome);
  return { status: 200 };
}

/** From the request's bytes, because each keeps the type that its sender gave it. Those without a value are left out. */
function propertiesToModify(wire: Buffer): PropertyChanges {
  const section = scanSections(wire).find(({ code }) => code === sectionCode.value);
  const body = section === undefined ? [] : scanMap(wire, section.value).entries;
  const given = body.find(({ key }) => key === 'properties-to-modify');
  const changes = new Map<string, Buffer>();
  if (given === undefined || isNull(wire, given.value)) return changes;
  for (const { key, value, end } of scanMap(wire, given.value).entries) {
    if (!isNull(wire, value)) changes.set(key, Buffer.from(wire.subarray(value, end)));
  }
  return changes;
}

function isNull(wire: Buffer, at: number): boolean {
  return wire[at] === 0x40;
}

function dispositionOf(asked: z.infer<typeof dispositionBody>, properties: PropertyChanges): Outcome {
  switch (asked['disposition-status']) {
    case 'completed':
      return { kind: 'complete' };
    case 'abandoned':
      return { kind: 'abandon', properties };
    case 'defered':
      return { kind: 'defer', properties };
    case 'suspended':
      return {
        kind: 'dead-letter',
        reason: asked['deadletter-reason'] ?? undefined,
        description: asked['deadletter-description'] ?? undefined,
        properties,
      };
  }
}

function schedule(queue: Queue, body: unknown): Reply {
  const messages = read(scheduleBody, body).messages.map(({ message }) => {
    checkSize(message);
    // A copy, because the request's buffer is a view of what came over the socket.
    return decode(() => parseMessage(Buffer.from(message)));
  });
  const sequences = rhea.types.wrap_array(queue.accept(messages), longArray, undefined);
  return { status: 200, body: { 'sequence-numbers': sequences } };
}

function cancelScheduled(queue: Queue, body: unknown): Reply {
  queue.cancelScheduled(read(sequencesBody, body)['sequence-numbers']);
  return { status: 200 };
}

function read<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new BrokerError(
    'com.microsoft:argument-error',
    `The body of the request does not fit: ${z.prettifyError(parsed.error)}`,
  );
}
