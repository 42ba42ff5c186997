import type { JsonObject } from '../../shared/domain/event/notification.ts';
import { anything, continuation, count, faults, listOf, object, text, time, yes } from './console-parts.ts';

const draftBrief = { id: text, name: text, changedAt: time, changedBy: text, etag: text };
const audienceBrief = { name: text, entries: count, changedAt: time, changedBy: text, etag: text };

const parkedChosen: JsonObject = {
  ids: { ...listOf(text), minItems: 1, maxItems: 200 },
  reason: { ...text, description: 'In the place of ids: the next 200 of it.' },
  after: text,
};

/** What the paths of the console's writes refer to. */
export const consoleWriteSchemas: JsonObject = {
  ConsoleMessage: {
    ...object({ type: text, data: anything }),
    description: 'The type and the data of an event, as `POST /events` takes them.',
  },
  Draft: object({ ...draftBrief, content: anything }),
  DraftInBrief: object(draftBrief),
  AudienceInBrief: object(audienceBrief),
  Audience: object({ ...audienceBrief, items: listOf(text) }, { continuation }),
  AudienceReport: object(
    {
      ...audienceBrief,
      known: count,
      unknown: { ...listOf(text), maxItems: 1000 },
      unknownCount: count,
      duplicates: count,
    },
    { looked: { ...count, description: 'Of so many entries known and unknown tell; absent: of all.' } },
  ),
  Preview: object(
    {
      sizes: listOf(object({ channel: text, bytes: count, limit: count, fits: yes })),
      faults,
      warnings: faults,
    },
    { activity: { ...anything, description: 'As people are shown it; absent where nothing can be.' } },
  ),
  DryRun: object(
    { faults, warnings: faults },
    {
      people: count,
      byState: { type: 'object', additionalProperties: count },
      exact: yes,
      seconds: count,
      cost: object({ usd: { type: 'number' }, per: { type: 'number', description: 'for one person' } }),
      unknown: listOf(anything),
      tooFar: { ...time, description: 'When the last would be told, where that is behind `expiresAt`.' },
    },
  ),
  ConsoleSent: object({ id: text }),
  ParkedDecided: object(
    {
      done: { ...count, description: 'Parked no longer.' },
      left: { ...yes, description: 'There are more of the reason.' },
      items: listOf(object({ id: text, outcome: text }, { detail: anything })),
    },
    {
      dryRun: yes,
      after: { ...text, description: 'Goes on behind these; those that stay parked are not met again.' },
    },
  ),
  ParkedToReplay: { type: 'object', properties: { ...parkedChosen, dryRun: yes } },
  ParkedToDrop: { type: 'object', properties: parkedChosen },
  PersonErased: object({
    dryRun: yes,
    key: text,
    channelId: text,
    user: anything,
    isVouched: yes,
    conversations: listOf(
      object(
        { key: text, conversationType: text, goes: text },
        {
          name: text,
          counts: {
            type: 'object',
            additionalProperties: count,
            description:
              'How many go, by what they are: subscriptions, notifications (of the last 30 days), heldBack, and lists of kinds, as reminders. Absent for a group, which stays.',
          },
        },
      ),
    ),
  }),
  HookRevoked: object({ revoked: text, name: text }),
};
