import * as z from 'zod/mini';

const text = z.string();
const maybeText = z.optional(text);
const maybeNumber = z.optional(z.number());
const maybeFlag = z.optional(z.boolean());
const counts = z.record(text, z.number());
const jsonObject = z.record(text, z.unknown());
const jsonObjects = z.optional(z.array(jsonObject));

/** What is wrong, with the name of the rule that is broken where it has one. */
export const faultsShape = z.optional(
  z.array(
    z.object({
      path: maybeText,
      message: text,
      rule: maybeText,
      values: z.optional(z.record(text, z.union([text, z.number()]))),
    }),
  ),
);

/** Page of a list; `continuation` asks for the next one. */
export function listOf<T>(item: z.ZodMiniType<T>) {
  return z.object({ items: z.array(item), continuation: maybeText });
}

export const meShape = z.object({
  name: text,
  objectId: maybeText,
  roles: z.array(text),
  local: z.boolean(),
  version: text,
  defaultTimeZone: text,
  person: z.optional(z.object({ key: text, name: maybeText })),
});
export type Me = z.infer<typeof meShape>;

export const briefShape = z.object({
  id: text,
  acceptedAt: text,
  type: text,
  kind: text,
  source: text,
  subject: maybeText,
  text: maybeText,
  addressed: z.number(),
  outcomes: counts,
  pending: counts,
  recipient: z.optional(z.object({ key: text, name: maybeText })),
  complete: z.boolean(),
  cancelled: maybeText,
  at: z.optional(z.union([text, z.object({ local: text })])),
});
export type Brief = z.infer<typeof briefShape>;

export const detailsShape = z.extend(briefShape, {
  eventId: maybeText,
  firstAt: maybeText,
  lastAt: maybeText,
  notAddressed: maybeNumber,
  to: z.optional(z.union([z.array(jsonObject), jsonObject])),
  delivery: z.optional(jsonObject),
  data: z.optional(z.unknown()),
  activity: z.optional(z.unknown()),
  urgent: maybeFlag,
  key: maybeText,
});
export type Details = z.infer<typeof detailsShape>;

export const recipientShape = z.object({
  /** Absent where nobody is meant. */
  addressee: maybeText,
  /** Where it was shown or last tried, by the channel's id. */
  conversation: maybeText,
  /** By what nobody is meant. */
  entry: z.optional(jsonObject),
  name: maybeText,
  isVouched: maybeFlag,
  channelId: maybeText,
  state: text,
  reason: maybeText,
  at: maybeText,
  attempts: maybeNumber,
  repeats: maybeNumber,
  activityId: maybeText,
  notRecalled: maybeText,
  lastError: z.optional(z.unknown()),
});
export type Recipient = z.infer<typeof recipientShape>;

export const nowShape = z.object({
  at: text,
  queues: z.array(
    z.object({
      name: text,
      waiting: z.number(),
      atLeast: maybeFlag,
      oldestSeconds: maybeNumber,
      deadLetters: maybeNumber,
    }),
  ),
  tenants: z.array(z.object({ tenant: text, perSecond: z.number(), limit: z.number() })),
  running: z.array(briefShape),
  parked: counts,
  health: z.object({ status: text, parts: z.optional(z.record(text, z.unknown())) }),
});
export type Now = z.infer<typeof nowShape>;

const foundPersonShape = z.object({
  key: text,
  name: maybeText,
  isVouched: z.boolean(),
  channelId: text,
  tenantId: maybeText,
  mail: maybeText,
  objectId: maybeText,
  suppressed: maybeText,
  changedAt: maybeText,
});
export type FoundPerson = z.infer<typeof foundPersonShape>;
export const foundPeopleShape = listOf(foundPersonShape);

export const personShape = z.object({
  key: text,
  user: z.object({ id: text, name: maybeText, aadObjectId: maybeText }),
  channelId: text,
  tenantId: maybeText,
  isVouched: z.boolean(),
  names: z.optional(jsonObject),
  conversations: jsonObjects,
  zone: z.optional(z.object({ zone: text, from: text })),
  subscriptions: jsonObjects,
  mutes: jsonObjects,
  quietHours: jsonObjects,
  heldBack: jsonObjects,
  dialogs: jsonObjects,
  ofKinds: jsonObjects,
});
export type Person = z.infer<typeof personShape>;

export const toldShape = z.object({
  notification: text,
  at: text,
  kind: maybeText,
  title: maybeText,
  text: maybeText,
  state: text,
  reason: maybeText,
  conversation: maybeText,
  why: maybeText,
});
export type Told = z.infer<typeof toldShape>;

export const parkedShape = z.object({
  id: text,
  reason: text,
  kind: maybeText,
  parkedAt: text,
  summary: maybeText,
  faults: faultsShape,
});
export type Parked = z.infer<typeof parkedShape>;
export const parkedInFullShape = z.extend(parkedShape, {
  original: z.optional(z.unknown()),
  originalJson: z.optional(z.unknown()),
  properties: z.optional(jsonObject),
});

export const hookShape = z.looseObject({
  id: text,
  name: text,
  topic: maybeText,
  place: z.optional(z.unknown()),
  createdBy: z.optional(z.unknown()),
  lastUsedAt: maybeText,
});
export type Hook = z.infer<typeof hookShape>;
export const topicShape = z.object({
  topic: text,
  kind: maybeText,
  subscribers: z.number(),
  atLeast: maybeFlag,
});
export type Topic = z.infer<typeof topicShape>;
export const settingShape = z.object({ name: text, value: z.unknown(), from: text, meaning: maybeText });
export type Setting = z.infer<typeof settingShape>;
export const auditShape = z.object({
  at: text,
  who: z.unknown(),
  /** Who that is, where the notifier knows them. */
  name: maybeText,
  action: text,
  what: z.optional(z.unknown()),
  from: z.optional(z.unknown()),
  outcome: z.optional(z.unknown()),
});
export type Audit = z.infer<typeof auditShape>;
export const kindShape = z.object({ type: text, title: maybeText });
export type Kind = z.infer<typeof kindShape>;

export const draftShape = z.object({
  id: text,
  name: text,
  content: z.optional(z.unknown()),
  changedAt: maybeText,
  changedBy: maybeText,
  etag: maybeText,
});
export type Draft = z.infer<typeof draftShape>;

export const audienceShape = z.object({ name: text, entries: z.number(), etag: maybeText });
export type Audience = z.infer<typeof audienceShape>;
export const audienceReportShape = z.extend(audienceShape, {
  known: z.number(),
  unknown: z.array(text),
  unknownCount: z.number(),
  /** Of so many entries it tells, where there was no time for all. */
  looked: maybeNumber,
  duplicates: maybeNumber,
});
export type AudienceReport = z.infer<typeof audienceReportShape>;

export const previewShape = z.object({
  activity: z.optional(z.unknown()),
  sizes: z.optional(
    z.array(z.object({ channel: text, bytes: z.number(), limit: z.number(), fits: z.boolean() })),
  ),
  faults: faultsShape,
  /** What of a card clients ignore. */
  warnings: faultsShape,
});
export type Preview = z.infer<typeof previewShape>;
export const dryRunShape = z.object({
  people: maybeNumber,
  byState: z.optional(counts),
  exact: maybeFlag,
  seconds: maybeNumber,
  cost: z.optional(z.object({ usd: z.number(), per: z.optional(z.unknown()) })),
  unknown: z.optional(z.array(z.unknown())),
  tooFar: maybeText,
  faults: faultsShape,
});
export type DryRun = z.infer<typeof dryRunShape>;

export const idShape = z.object({ id: text });
export const bulkShape = z.object({
  done: z.optional(z.number()),
  left: z.optional(z.boolean()),
  /** Where the next page of a reason begins. */
  after: maybeText,
  items: z.optional(
    z.array(
      z.object({
        id: text,
        outcome: text,
        /** What there is to say beside the outcome: how many nobody knows, what is wrong with it. */
        detail: z.optional(z.object({ unknown: maybeNumber, faults: faultsShape })),
      }),
    ),
  ),
});
export const erasedShape = jsonObject;
