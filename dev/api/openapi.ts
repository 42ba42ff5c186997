import type { CatalogEntry } from '../../shared/catalog/entry.ts';
import { dataSchema } from '../../shared/catalog/json-schema.ts';
import type { JsonObject } from '../../shared/domain/event/notification.ts';
import { isJsonObject } from '../../shared/domain/json-object.ts';
import { consolePaths } from './console-paths.ts';
import { consoleSchemas } from './console-schemas.ts';
import { consoleWritePaths } from './console-write-paths.ts';
import { consoleWriteSchemas } from './console-write-schemas.ts';
import { eventSchema } from './kind-schemas.ts';
import { notificationPaths, notificationSchemas } from './notification-paths.ts';
import { faultSchema, problemSchema } from './problem.ts';
import { json, ref, refused, unusable } from './references.ts';

/** The names of a kind's schemas: `hotel.price.changed` is `HotelPriceChanged`, its data `HotelPriceChangedData`. */
function schemaName(type: string): string {
  return type.replace(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}

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

const messagesPath: JsonObject = {
  post: {
    operationId: 'receiveActivity',
    summary: 'Bot Framework activities, from the Bot Connector alone.',
    security: [{ botConnector: [] }],
    requestBody: { required: true, ...json({ type: 'object' }) },
    responses: {
      '200': { description: 'Taken; the answer to an invoke is in the body.' },
      '400': { description: 'Not an activity.' },
      '401': { description: 'Without a valid token of the Bot Connector; nothing is stored.' },
      '403': { description: 'Of a service URL that the app does not trust; nothing is stored.' },
      '500': refused('It could not be handled (`not-handled`); sent again, it is handled once.'),
      '503': {
        description: 'The keys of the Bot Connector cannot be read, or the app cannot use its settings.',
      },
    },
  },
};

/** The operations of each path, whichever part brings them. */
function together(...parts: readonly JsonObject[]): JsonObject {
  const paths: { [path: string]: object } = {};
  for (const [path, operations] of parts.flatMap((part) => Object.entries(part)))
    paths[path] = { ...paths[path], ...(isJsonObject(operations) ? operations : {}) };
  return paths;
}

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
      ...together(notificationPaths, consolePaths, consoleWritePaths),
      '/export/{key}': exportPath,
      '/health': {
        get: {
          operationId: 'health',
          summary: 'Whether tables and queue answer.',
          security: [],
          responses: {
            '200': { description: 'All of them do.', ...json(ref('Health')) },
            '503': { description: 'A part does not, or the app cannot start.', ...json(ref('Health')) },
          },
        },
      },
      '/messages': messagesPath,
    },
    components: {
      securitySchemes: {
        functionKey: { type: 'apiKey', in: 'header', name: 'x-functions-key' },
        botConnector: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        console: {
          type: 'http',
          scheme: 'bearer',
          description:
            'A token of Entra ID for the console: `az account get-access-token --resource api://<client id>`. In a browser the cookie of the sign-in. The local stack asks for neither.',
        },
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
        ...notificationSchemas,
        ...consoleSchemas,
        ...consoleWriteSchemas,
        Health: healthSchema,
        Problem: problemSchema,
        Fault: faultSchema,
      },
    },
  };
}
