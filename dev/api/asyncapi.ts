import type { CatalogEntry } from '../../shared/catalog/entry.ts';
import { dataSchema } from '../../shared/catalog/json-schema.ts';
import type { JsonObject } from '../../shared/domain/event/notification.ts';
import { queueNames } from '../../shared/manifest.ts';
import { eventSchema } from './kind-schemas.ts';

/** What a person answered, as a survey that named `replyTo` hears of it. */
const surveyAnswered: JsonObject = {
  type: 'object',
  title: 'survey.answered',
  required: ['specversion', 'id', 'source', 'type', 'data'],
  properties: {
    specversion: { const: '1.0' },
    id: { type: 'string' },
    source: { type: 'string' },
    type: { const: 'survey.answered' },
    time: { type: 'string', format: 'date-time' },
    subject: { type: 'string' },
    data: {
      type: 'object',
      required: ['question', 'choice', 'event', 'notification', 'conversation'],
      properties: {
        question: { type: 'string' },
        choice: { type: 'string' },
        event: {
          type: 'object',
          description: 'The event that asked.',
          required: ['source', 'id'],
          properties: { source: { type: 'string' }, id: { type: 'string' } },
        },
        notification: { type: 'string' },
        conversation: { type: 'string' },
        user: { type: 'string' },
      },
    },
  },
};

/** The queues as AsyncAPI 3.0: what upstream services may put on one, and read from the other. */
export function asyncapi(version: string, published: readonly CatalogEntry[]): JsonObject {
  const messages = Object.fromEntries(
    published.map((entry) => [
      entry.type,
      {
        name: entry.type,
        contentType: 'application/cloudevents+json',
        payload: eventSchema(entry, dataSchema(entry)),
      },
    ]),
  );
  const refs = Object.keys(messages).map((type) => ({
    $ref: `#/channels/${queueNames.events}/messages/${type}`,
  }));
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Proactive Notifier',
      version,
      description:
        'CloudEvents 1.0 over Service Bus queues (AMQP 1.0), structured or binary mode. Written from the code by `node dev/run.mjs dev/api/main.ts write`.',
      license: { name: 'MIT' },
    },
    defaultContentType: 'application/cloudevents+json',
    servers: {
      local: { host: '127.0.0.1:5672', protocol: 'amqp', description: 'the local stack' },
      azure: {
        host: '{namespace}.servicebus.windows.net',
        protocol: 'amqps',
        variables: { namespace: { default: 'my-notifier' } },
      },
    },
    channels: {
      [queueNames.events]: {
        address: queueNames.events,
        description: 'What upstream services publish.',
        messages,
      },
      [queueNames.outcomes]: {
        address: queueNames.outcomes,
        description: 'What people answered.',
        messages: { 'survey.answered': { name: 'survey.answered', payload: surveyAnswered } },
      },
    },
    operations: {
      acceptEvents: {
        action: 'receive',
        channel: { $ref: `#/channels/${queueNames.events}` },
        messages: refs,
      },
      tellAnswers: {
        action: 'send',
        channel: { $ref: `#/channels/${queueNames.outcomes}` },
        messages: [{ $ref: `#/channels/${queueNames.outcomes}/messages/survey.answered` }],
      },
    },
  };
}
