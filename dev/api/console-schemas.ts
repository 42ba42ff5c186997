import { Outcome, Pending } from '../../shared/domain/delivery/delivery.ts';
import type { JsonObject } from '../../shared/domain/event/notification.ts';
import { ParkingReason } from '../../shared/ports/event/parking.ts';
import { anything, count, faults, listOf, object, text, time, yes } from './console-parts.ts';
import { reportedPlace } from './notification-paths.ts';
import { ref } from './references.ts';

const counts: JsonObject = { type: 'object', additionalProperties: { type: 'integer', minimum: 1 } };
const states: JsonObject = { enum: [...Object.values(Outcome), ...Object.values(Pending)] };

const who = object({ key: text, isVouched: yes }, { name: text, channelId: text });
const at: JsonObject = { oneOf: [time, object({ local: text })] };
const lastError = object({ class: text, code: text }, { meaning: text });

const brief = {
  required: {
    id: text,
    acceptedAt: time,
    type: text,
    kind: text,
    source: text,
    addressed: count,
    outcomes: counts,
    pending: counts,
    complete: yes,
  },
  optional: { subject: text, text, recipient: ref('ConsoleWho'), cancelled: time, at },
};

const details: JsonObject = object(
  { ...brief.required, eventId: text, to: listOf(anything), delivery: anything, data: anything, urgent: yes },
  { ...brief.optional, firstAt: time, lastAt: time, notAddressed: count, key: text, activity: anything },
);

const recipient = object(
  {
    key: { ...text, description: 'Names the row: the addressee, or a hash of the entry of nobody.' },
    isVouched: yes,
    state: states,
  },
  {
    ...reportedPlace,
    name: text,
    channelId: text,
    reason: text,
    at: time,
    attempts: count,
    repeats: count,
    activityId: text,
    notRecalled: text,
    lastError,
  },
);

const me = object(
  {
    name: text,
    roles: listOf({ enum: ['reader', 'author', 'operator'] }),
    local: yes,
    version: text,
    defaultTimeZone: text,
  },
  { objectId: text, person: object({ key: text }, { name: text }) },
);

const now = object({
  at: time,
  queues: listOf(
    object(
      { name: text, waiting: count, deadLetters: count },
      {
        atLeast: { const: true, description: 'There are more messages than were looked at.' },
        oldestSeconds: count,
        deadLettersAtLeast: { const: true },
      },
    ),
  ),
  tenants: listOf(
    object({ tenant: text, perSecond: { type: 'number', minimum: 0 }, limit: { type: 'number' } }),
  ),
  running: listOf(ref('ConsoleNotification')),
  parked: { ...counts, propertyNames: { enum: Object.values(ParkingReason) } },
  health: object(
    { status: { enum: ['ok', 'failing'] } },
    { parts: { type: 'object', additionalProperties: text } },
  ),
});

const person = object(
  { key: text, isVouched: yes, channelId: text, changedAt: time },
  { name: text, tenantId: text, mail: text, objectId: text, suppressed: text },
);

const described = object(
  {
    key: text,
    user: object({ id: text }, { name: text, aadObjectId: text, role: text }),
    channelId: text,
    isVouched: yes,
    names: object({}, { mail: text, userPrincipalName: text }),
    conversations: listOf(anything),
    zone: object({ zone: text, from: { enum: ['person', 'channel', 'setting'] } }),
    subscriptions: listOf(anything),
    mutes: listOf(anything),
    quietHours: listOf(anything),
    heldBack: listOf(anything),
    dialogs: listOf(anything),
    ofKinds: listOf(anything),
  },
  { tenantId: text },
);

const told = object(
  {
    notification: text,
    at: time,
    kind: text,
    state: states,
    why: {
      ...text,
      description:
        'A code for the sentence that says why: `delivered`, `suppressed/muted`, `deferred/quiet-hours`.',
    },
    conversation: text,
  },
  { title: text, text, reason: text, source: text, lastError, dueAt: time },
);

const parked = {
  id: text,
  reason: { enum: Object.values(ParkingReason) },
  kind: { enum: ['event', 'delivery', 'message'] },
  parkedAt: time,
  summary: text,
  faults,
};

/** What the console reads. */
export const consoleSchemas: JsonObject = {
  ConsoleWho: who,
  ConsoleMe: me,
  ConsoleNow: now,
  ConsoleNotification: object(brief.required, brief.optional),
  ConsoleNotificationDetails: details,
  ConsoleRecipient: recipient,
  ConsolePerson: person,
  ConsolePersonDetails: described,
  ConsoleTold: told,
  ConsoleParked: object(parked),
  ConsoleParkedDetails: object(
    { ...parked, original: text },
    {
      originalJson: {},
      originalBase64: text,
      properties: { type: 'object', additionalProperties: text },
    },
  ),
  ConsoleHook: object(
    { id: text, name: text, place: ref('ConsoleWho'), createdAt: time },
    { topic: text, createdBy: ref('ConsoleWho'), lastUsedAt: time },
  ),
  ConsoleTopic: object(
    { topic: text, subscribers: count },
    { kind: text, lately: count, atLeast: { const: true } },
  ),
  ConsoleSetting: object({ name: text, value: text, from: { enum: ['given', 'default'] }, meaning: text }),
  ConsoleKind: object({ type: text, title: text }),
  ConsoleAudit: object(
    { at: time, who: text, action: text, what: text, from: text, outcome: text },
    { name: text },
  ),
};
