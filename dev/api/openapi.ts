import type { CatalogEntry } from '../../shared/catalog/entry.ts';
import { Outcome, Pending } from '../../shared/domain/delivery/delivery.ts';
import type { JsonObject } from '../../shared/domain/event/notification.ts';
import { dataSchema, eventSchema } from './kind-schemas.ts';
import { faultSchema, problemSchema } from './problem.ts';

const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: JsonObject, type = 'application/json'): JsonObject => ({
  content: { [type]: { schema } },
});
const refused = (description: string): JsonObject => ({
  description,
  ...json(ref('Problem'), 'application/problem+json'),
});

/** The names of a kind's schemas: `hotel.price.changed` is `HotelPriceChanged`, its data `HotelPriceChangedData`. */
function schemaName(type: string): string {
  return type.replace(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}

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
    firstAt: time,
    lastAt: time,
    traceparent: { type: 'string' },
    recipients: { type: 'array', items: ref('Recipient') },
    continuation: { type: 'string', description: 'For the next page of recipients; absent on the last one.' },
  },
};

const recipientSchema: JsonObject = {
  type: 'object',
  required: ['conversation', 'state'],
  properties: {
    conversation: { type: 'string' },
    state: { enum: [...Object.values(Outcome), ...Object.values(Pending)] },
    reason: { type: 'string' },
    at: time,
    attempts: { type: 'integer', minimum: 0 },
    repeats: { type: 'integer', minimum: 0 },
    activityId: { type: 'string' },
    lastError: {
      type: 'object',
      required: ['class', 'code'],
      properties: { class: { type: 'string' }, code: { type: 'string' } },
    },
  },
};

const healthSchema: JsonObject = {
  type: 'object',
  required: ['status', 'version'],
  properties: {
    status: { enum: ['ok', 'failing'] },
    version: { type: 'string', description: 'Which build runs.' },
    parts: { type: 'object', additionalProperties: { enum: ['ok', 'failing'] } },
    faults: {
      type: 'array',
      items: ref('Fault'),
      description: 'Of the settings, where they are what fails.',
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

const unusable = refused('The app has settings that it cannot use; `/health` names each.');

const healthPath: JsonObject = {
  get: {
    operationId: 'health',
    summary: 'Whether tables and queue answer.',
    security: [],
    responses: {
      '200': { description: 'All of them do.', ...json(ref('Health')) },
      '503': { description: 'A part does not, or the app cannot start.', ...json(ref('Health')) },
    },
  },
};

const exportPath: JsonObject = {
  get: {
    operationId: 'export',
    summary: 'What is stored about whoever was given the key, in a chat, at most ten minutes ago.',
    security: [],
    parameters: [{ name: 'key', in: 'path', required: true, schema: { type: 'string' } }],
    responses: {
      '200': { description: 'The document.', ...json({ type: 'object' }) },
      '404': refused('The key was never given, or is over.'),
      '503': unusable,
    },
  },
};

const reportResponses: JsonObject = {
  '200': { description: 'What became of it so far.', ...json(ref('Report')) },
  '400': refused('The notification is not named, or the continuation is none.'),
  '404': refused('No notification with this id was accepted.'),
  '503': unusable,
};

/** The HTTP interface as OpenAPI 3.1; what a kind's data looks like comes from the kind itself. */
export function openapi(version: string, published: readonly CatalogEntry[]): JsonObject {
  const kinds = published.map((entry) => ({ entry, name: schemaName(entry.type) }));
  return {
    openapi: '3.1.0',
    info: {
      title: 'Proactive Notifier',
      version,
      description: 'Written from the code by `node dev/run.mjs dev/api/main.ts write`.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [
      { url: 'http://127.0.0.1:7071/api', description: 'the local stack, which asks for no key' },
      { url: 'https://{app}.azurewebsites.net/api', variables: { app: { default: 'my-notifier' } } },
    ],
    paths: {
      '/events': {
        post: {
          operationId: 'publishEvents',
          summary: 'Publishes CloudEvents: structured, batched or in binary mode.',
          description:
            'The handshake of CloudEvents web hooks (OPTIONS with `WebHook-Request-Origin`) is answered at the same address.',
          security: [{ functionKey: [] }],
          requestBody: {
            required: true,
            content: {
              'application/cloudevents+json': { schema: ref('Event') },
              'application/cloudevents-batch+json': {
                schema: { type: 'array', minItems: 1, items: ref('Event') },
              },
              'application/json': {
                schema: {
                  oneOf: kinds.map(({ name }) => ref(`${name}Data`)),
                  description:
                    'Binary mode: the attributes are headers `ce-id`, `ce-source`, `ce-type` and so on.',
                },
              },
            },
          },
          responses: {
            '200': {
              description: "Event Grid's validation of a subscription; nothing was queued.",
              ...json({
                type: 'object',
                required: ['validationResponse'],
                properties: { validationResponse: { type: 'string' } },
              }),
            },
            '202': {
              description: 'Queued. `(source, id)` identifies an event: sent again, it reaches nobody twice.',
              ...json({
                type: 'object',
                required: ['ids'],
                properties: {
                  ids: { type: 'array', items: { type: 'string' }, description: 'of notifications' },
                  warnings: {
                    type: 'array',
                    items: ref('Fault'),
                    description: 'Fields of `data` that nothing is done with; absent where there are none.',
                  },
                },
              }),
            },
            '400': refused('Nothing was queued; every fault is named.'),
            '503': unusable,
          },
        },
      },
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
      },
      '/export/{key}': exportPath,
      '/health': healthPath,
      '/messages': {
        post: {
          operationId: 'receiveActivity',
          summary: 'Bot Framework activities, from the Bot Connector alone.',
          security: [{ botConnector: [] }],
          requestBody: { required: true, ...json({ type: 'object' }) },
          responses: {
            '200': { description: 'Taken; the answer to an invoke is in the body.' },
            '400': { description: 'Not an activity.' },
            '401': { description: 'Without a valid token of the Bot Connector; nothing is stored.' },
          },
        },
      },
    },
    components: {
      securitySchemes: {
        functionKey: { type: 'apiKey', in: 'header', name: 'x-functions-key' },
        botConnector: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      },
      schemas: {
        Event: {
          oneOf: kinds.map(({ name }) => ref(name)),
          discriminator: {
            propertyName: 'type',
            mapping: Object.fromEntries(
              kinds.map(({ entry, name }) => [entry.type, `#/components/schemas/${name}`]),
            ),
          },
        },
        ...Object.fromEntries(
          kinds.flatMap(({ entry, name }) => [
            [name, eventSchema(entry, ref(`${name}Data`))],
            [`${name}Data`, dataSchema(entry)],
          ]),
        ),
        Report: reportSchema,
        Recipient: recipientSchema,
        Health: healthSchema,
        Problem: problemSchema,
        Fault: faultSchema,
      },
    },
  };
}
