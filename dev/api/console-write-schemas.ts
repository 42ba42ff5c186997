import type { JsonObject } from '../../shared/domain/event/notification.ts';
import { ref } from './references.ts';

export const text: JsonObject = { type: 'string' };
const time: JsonObject = { type: 'string', format: 'date-time' };
const count: JsonObject = { type: 'integer', minimum: 0 };

export const object = (
  properties: JsonObject,
  required: readonly string[] = Object.keys(properties),
): JsonObject => ({
  type: 'object',
  required,
  properties,
});

export const listOf = (items: JsonObject): JsonObject =>
  object({ items: { type: 'array', items }, continuation: text }, ['items']);

const draftBrief = { id: text, name: text, changedAt: time, changedBy: text, etag: text };
const audienceBrief = { name: text, entries: count, changedAt: time, changedBy: text, etag: text };

/** What the paths of the console's writes refer to. */
export const consoleWriteSchemas: JsonObject = {
  ConsoleMessage: {
    ...object({ type: text, data: { type: 'object' } }),
    description: 'The type and the data of an event, as `POST /events` takes them.',
  },
  Draft: object({ ...draftBrief, content: { type: 'object' } }),
  DraftInBrief: object(draftBrief),
  AudienceInBrief: object(audienceBrief),
  Audience: object({ ...audienceBrief, items: { type: 'array', items: text }, continuation: text }, [
    ...Object.keys(audienceBrief),
    'items',
  ]),
  AudienceReport: object(
    {
      ...audienceBrief,
      known: count,
      unknown: { type: 'array', items: text, maxItems: 1000 },
      unknownCount: count,
      looked: { ...count, description: 'Of so many entries known and unknown tell; absent: of all.' },
      duplicates: count,
    },
    [...Object.keys(audienceBrief), 'known', 'unknown', 'unknownCount', 'duplicates'],
  ),
  Preview: object(
    {
      activity: { type: 'object', description: 'As people are shown it; absent where nothing can be.' },
      sizes: {
        type: 'array',
        items: object({ channel: text, bytes: count, limit: count, fits: { type: 'boolean' } }),
      },
      faults: { type: 'array', items: ref('Fault') },
    },
    ['sizes', 'faults'],
  ),
  DryRun: object(
    {
      people: count,
      byState: { type: 'object', additionalProperties: count },
      exact: { type: 'boolean' },
      seconds: count,
      cost: object({ usd: { type: 'number' }, per: { type: 'number', description: 'for one person' } }),
      unknown: { type: 'array', items: { type: 'object' } },
      tooFar: { ...time, description: 'When the last would be told, where that is behind `expiresAt`.' },
      faults: { type: 'array', items: ref('Fault') },
    },
    ['faults'],
  ),
  ConsoleSent: object({ id: text }),
  ParkedDecided: object(
    {
      dryRun: { type: 'boolean' },
      done: { ...count, description: 'Parked no longer.' },
      left: { type: 'boolean', description: 'There are more of the reason.' },
      after: { ...text, description: 'Goes on behind these; those that stay parked are not met again.' },
      items: {
        type: 'array',
        items: object({ id: text, outcome: text, detail: { type: 'object' } }, ['id', 'outcome']),
      },
    },
    ['done', 'left', 'items'],
  ),
  ParkedChosen: {
    type: 'object',
    properties: {
      ids: { type: 'array', minItems: 1, maxItems: 200, items: text },
      reason: { ...text, description: 'In the place of ids: the next 200 of it.' },
      after: text,
      dryRun: { type: 'boolean', description: 'Of a replay alone.' },
    },
  },
  PersonErased: object({
    dryRun: { type: 'boolean' },
    key: text,
    channelId: text,
    user: { type: 'object' },
    isVouched: { type: 'boolean' },
    conversations: { type: 'array', items: { type: 'object' } },
  }),
  HookRevoked: object({ revoked: text, name: text }),
};
