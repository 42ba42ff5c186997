import { NobodyReason, Outcome, Pending } from '../../shared/domain/delivery/delivery.ts';
import type { JsonObject } from '../../shared/domain/event/notification.ts';
import { json, ref, refused, unusable } from './references.ts';

const counts = (names: readonly string[], description: string): JsonObject => ({
  type: 'object',
  description,
  propertyNames: { enum: names },
  additionalProperties: { type: 'integer', minimum: 1 },
});

const time: JsonObject = { type: 'string', format: 'date-time' };

const reportSchema: JsonObject = {
  type: 'object',
  required: ['id', 'type', 'source', 'eventId', 'acceptedAt', 'complete', 'addressed', 'outcomes', 'pending'],
  properties: {
    id: { type: 'string', description: 'base64url(sha256(source + LF + id of the event))' },
    type: { type: 'string' },
    source: { type: 'string' },
    eventId: { type: 'string' },
    acceptedAt: time,
    complete: { type: 'boolean', description: 'Every recipient was named and has a final outcome.' },
    addressed: { type: 'integer', minimum: 0 },
    outcomes: counts(Object.values(Outcome), 'Final ones; an outcome that nobody has is left out.'),
    pending: counts(Object.values(Pending), 'Not final.'),
    cancelled: { ...time, description: 'When it was cancelled.' },
    notAddressed: {
      type: 'integer',
      minimum: 0,
      description: 'Of a cancelled one: members whom nobody had addressed, where their number is known.',
    },
    read: {
      type: 'object',
      description: 'Of those who were shown a message; absent where receipts are off.',
      required: ['read', 'unknown'],
      properties: { read: { type: 'integer', minimum: 0 }, unknown: { type: 'integer', minimum: 0 } },
    },
    firstAt: time,
    lastAt: time,
    traceparent: { type: 'string' },
    recipients: { type: 'array', items: ref('Recipient') },
    continuation: { type: 'string', description: 'For the next page of recipients; absent on the last one.' },
  },
};

const cancelledSchema: JsonObject = {
  oneOf: [
    {
      allOf: [
        ref('Report'),
        {
          type: 'object',
          required: ['known', 'cancelled'],
          properties: { known: { const: true }, cancelled: time },
        },
      ],
    },
    {
      type: 'object',
      description:
        'No such notification was accepted so far; one that is accepted within a day reaches nobody.',
      required: ['known', 'id', 'cancelled'],
      properties: { known: { const: false }, id: { type: 'string' }, cancelled: time },
    },
  ],
};

/** Whom a recipient of a report is, and where. */
export const reportedPlace: JsonObject = {
  addressee: {
    type: 'string',
    description: 'The key of whom it was addressed to; absent where nobody is meant (`no-such-recipient`).',
  },
  conversation: {
    type: 'string',
    description:
      "The channel's id of the conversation where it was shown or last tried; before that, of where the addressee is told. Absent where nobody is meant, for who is forgotten, and where a former release did not write down which of several it was.",
  },
  entry: {
    type: 'object',
    description:
      'The entry of `to` by which nobody is meant. Absent where the notification does not hold it: one of a stored audience, or of who was forgotten.',
  },
};

const recipientSchema: JsonObject = {
  type: 'object',
  required: ['state'],
  properties: {
    ...reportedPlace,
    state: { enum: [...Object.values(Outcome), ...Object.values(Pending)] },
    reason: {
      type: 'string',
      description: `Why; of nobody one of ${Object.values(NobodyReason).join(', ')}.`,
    },
    at: time,
    attempts: { type: 'integer', minimum: 0 },
    repeats: { type: 'integer', minimum: 0 },
    activityId: { type: 'string' },
    read: { type: 'string', description: 'When it was read, or `unknown`.' },
    notRecalled: { type: 'string', description: 'Why it was not taken back.' },
    lastError: {
      type: 'object',
      required: ['class', 'code'],
      properties: { class: { type: 'string' }, code: { type: 'string' } },
    },
  },
};

const reportParameters: readonly JsonObject[] = [
  {
    name: 'recipients',
    in: 'query',
    description: 'With 1 the report lists each recipient, page by page.',
    schema: { enum: ['1'] },
  },
  {
    name: 'continuation',
    in: 'query',
    description: 'What the previous page gave.',
    schema: { type: 'string' },
  },
];

const reportResponses: JsonObject = {
  '200': { description: 'What became of it so far.', ...json(ref('Report')) },
  '400': refused('The notification is not named, or a parameter has a value that it does not know.'),
  '404': refused('No notification with this id was accepted.'),
  '503': unusable,
};

const cancelResponses: JsonObject = {
  '202': {
    description: 'Nobody is told of it any more, two seconds from now at the latest. Asked again: the same.',
    ...json(ref('Cancelled')),
  },
  '400': refused('The notification is not named, or a parameter has a value that it does not know.'),
  '503': unusable,
};

const recallParameter: JsonObject = {
  name: 'recall',
  in: 'query',
  schema: { const: '1' },
  description: 'What was shown is taken back, too, at the pace of the channel.',
};

/** What became of a notification, and that nobody is told of it any more. */
export const notificationPaths: JsonObject = {
  '/notifications': {
    get: {
      operationId: 'reportByEvent',
      summary: 'What became of the notification of an event.',
      security: [{ functionKey: [] }],
      parameters: [
        { name: 'source', in: 'query', required: true, schema: { type: 'string' } },
        { name: 'id', in: 'query', required: true, schema: { type: 'string' } },
        ...reportParameters,
      ],
      responses: reportResponses,
    },
    delete: {
      operationId: 'cancelByEvent',
      summary: 'Has the notification of an event reach nobody any more.',
      security: [{ functionKey: [] }],
      parameters: [
        { name: 'source', in: 'query', required: true, schema: { type: 'string' } },
        { name: 'id', in: 'query', required: true, schema: { type: 'string' } },
        recallParameter,
      ],
      responses: cancelResponses,
    },
  },
  '/notifications/{id}': {
    get: {
      operationId: 'report',
      summary: 'What became of a notification.',
      security: [{ functionKey: [] }],
      parameters: [
        { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
        ...reportParameters,
      ],
      responses: reportResponses,
    },
    delete: {
      operationId: 'cancel',
      summary: 'Has a notification reach nobody any more.',
      description: 'With the key of function `cancel`: that of the report does not do.',
      security: [{ functionKey: [] }],
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }, recallParameter],
      responses: cancelResponses,
    },
  },
};

export const notificationSchemas: JsonObject = {
  Report: reportSchema,
  Cancelled: cancelledSchema,
  Recipient: recipientSchema,
};
