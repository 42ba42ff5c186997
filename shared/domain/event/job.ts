import { type ForgetRequest, parseForgetRequest } from '../conversation/forgetting.ts';
import { defined } from '../defined.ts';
import { type Parsed, parsed, refused } from '../fault.ts';
import {
  type ConversationKey,
  isConversationKey,
  isNotificationId,
  isTenantKey,
  type NotificationId,
  type TenantKey,
} from '../ids.ts';
import { isJsonObject } from '../json-object.ts';
import type { Instant } from '../time.ts';
import { isTraceparent } from './cloud-event.ts';
import type { JsonObject } from './notification.ts';
import { parseTopic, type Topic } from './topic.ts';

/** A group whose members are all told. */
export type MemberGroup = { readonly kind: 'everyone' } | { readonly kind: 'topic'; readonly topic: Topic };

/** A group whose members a kind keeps and selects by itself; stored as `{"kind":<audience>,<field>:<key>}`. */
export interface KeptGroup {
  readonly kind: 'kept';
  /** The kind's name for such groups, `watchers`. */
  readonly audience: string;
  /** What tells them apart, `hotel`. */
  readonly field: string;
  readonly key: string;
}

/** A group of conversations that is stored as such. */
export type PlainGroup = MemberGroup | KeptGroup;

/**
 * Of a notification with lists: the people of its own list, or those of another group, without whom it is not for. Stored
 * as `{"kind":"listed"}` or `{"kind":"listed","of":<group>}`, which a release that knows no lists refuses to read.
 */
export interface ListedGroup {
  readonly kind: 'listed';
  /** Absent: the notification's own list. */
  readonly of?: PlainGroup;
}

export type Group = PlainGroup | ListedGroup;

/** One walk through one tenant's members of one group, page by page. */
export interface Walk {
  readonly notification: NotificationId;
  readonly group: Group;
  readonly tenant: TenantKey;
  /** Of one that is told by each person's own clock: only those for whom it is time then. */
  readonly dueAt?: Instant;
  /** The last key of the last page that was addressed and enqueued; absent before the first. */
  readonly after?: ConversationKey;
  readonly done: boolean;
}

/** The next page of a walk. `hop` keeps apart the messages of one page, so that no duplicate detection swallows one. */
export interface WalkJob {
  readonly kind: 'walk';
  readonly walk: Walk;
  readonly hop: number;
  readonly traceparent?: string;
}

/** Work of a kind's own; stored as `{"kind":<work>,<field>:<about>}`. */
export interface KindWork {
  /** The kind's name for it, `price-report`. */
  readonly work: string;
  /** What it is about, `report`. */
  readonly field: string;
  /** `id` names it among all of that name: asked for again under the same id, it is done once. */
  readonly about: JsonObject & { readonly id: string };
}

export interface KindWorkJob extends KindWork {
  readonly kind: 'work';
  readonly hop: number;
  readonly traceparent?: string;
}

/** Somebody who is to be forgotten in one conversation. */
export interface ForgetJob {
  readonly kind: 'forget';
  readonly request: ForgetRequest;
  readonly hop: number;
  readonly traceparent?: string;
}

/** A notification whose list is to be made, page by page, and whose walks begin then. */
export interface ListJob {
  readonly kind: 'listed';
  readonly notification: NotificationId;
  /** Of one that is told by each person's own clock: the walks that begin are for those for whom it is time then. */
  readonly dueAt?: Instant;
  /** How far the list had come: it keeps apart the messages of one list. */
  readonly place?: string;
  readonly hop: number;
  readonly traceparent?: string;
}

/** Work that is not a delivery, on queue `jobs`. */
export type Job = WalkJob | KindWorkJob | ForgetJob | ListJob;

/** One line that names a walk among those of its notification. */
export function walkName({ group, tenant, dueAt }: Pick<Walk, 'group' | 'tenant' | 'dueAt'>): string {
  return `${tenant}:${groupName(group)}${dueAt === undefined ? '' : `@${dueAt}`}`;
}

function groupName(group: Group): string {
  switch (group.kind) {
    case 'everyone':
      return group.kind;
    case 'topic':
      return `topic:${group.topic}`;
    case 'kept':
      return `${group.audience}:${group.key}`;
    case 'listed':
      return group.of === undefined ? group.kind : `${group.kind}:${groupName(group.of)}`;
  }
}

/** Names a message of queue `jobs`: two of the same name are one. May pass the length of a message id. */
export function jobName(job: Job): string {
  if (job.kind === 'work') return `${job.work}:${job.about.id}:${job.hop}`;
  if (job.kind === 'forget') return `forget:${job.request.id}:${job.request.at}:${job.hop}`;
  if (job.kind === 'listed')
    return `listed:${job.notification}:${job.dueAt ?? ''}:${job.place ?? ''}:${job.hop}`;
  return `${job.walk.notification}:${job.walk.after ?? 'first'}:${job.hop}:${walkName(job.walk)}`;
}

/** The body of a message on queue `jobs`; one key only, see `toMessageBody` of wake-up calls. */
export function toJobBody(job: Job): { readonly job: JsonObject } {
  switch (job.kind) {
    case 'walk':
      return { job: { ...job, walk: { ...job.walk, group: groupToJson(job.walk.group) } } };
    case 'work': {
      const { kind: _kind, work: _work, field: _field, about: _about, ...rest } = job;
      return { job: { ...workToJson(job), ...rest } };
    }
    case 'forget':
    case 'listed':
      return { job: { ...job } };
  }
}

export function parseJob(body: unknown): Parsed<Job> {
  const bad = (path: string, message: string) => refused({ path, message });
  if (!isJsonObject(body) || !isJsonObject(body.job))
    return bad('job', 'must be a job as this app writes them');
  const { kind, walk, request, hop, traceparent, ...rest } = body.job;
  if (typeof hop !== 'number' || !Number.isSafeInteger(hop) || hop < 0)
    return bad('job.hop', 'must be a whole number');
  const trace = typeof traceparent === 'string' && isTraceparent(traceparent) ? { traceparent } : {};
  if (kind === 'forget') {
    const read = parseForgetRequest(request);
    return read !== undefined
      ? parsed({ kind, request: read, hop, ...trace })
      : bad('job.request', 'must name a conversation and whom to forget there');
  }
  if (kind === 'listed') {
    const read = listJobOf(rest);
    return read !== undefined
      ? parsed({ kind, ...read, hop, ...trace })
      : bad('job.notification', 'must be a notification id');
  }
  if (kind !== 'walk') {
    const work = parseWork({ kind, ...rest });
    return work === undefined
      ? bad('job.kind', 'must be "walk", "forget" or the work of a kind, with what it is about')
      : parsed({ kind: 'work', ...work, hop, ...trace });
  }
  if (!isJsonObject(walk)) return bad('job.walk', 'must be a walk');
  const { notification, group, tenant, after, dueAt } = walk;
  if (!isNotificationId(notification)) {
    return bad('job.walk.notification', 'must be a notification id');
  }
  if (!isTenantKey(tenant)) return bad('job.walk.tenant', 'must be a tenant key');
  if (after !== undefined && !isConversationKey(after)) {
    return bad('job.walk.after', 'must be a conversation key');
  }
  const parsedGroup = parseGroup(group);
  if (parsedGroup === undefined)
    return bad('job.walk.group', "must be everyone, a topic or a kind's own group");
  return parsed({
    kind,
    walk: {
      notification,
      group: parsedGroup,
      tenant,
      done: walk.done === true,
      ...(typeof dueAt === 'number' ? { dueAt } : {}),
      ...defined({ after }),
    },
    hop,
    ...trace,
  });
}

function listJobOf({ notification, dueAt, place }: JsonObject) {
  if (!isNotificationId(notification)) return undefined;
  return {
    notification,
    ...(typeof dueAt === 'number' ? { dueAt } : {}),
    ...(typeof place === 'string' ? { place } : {}),
  };
}

/** Reads a stored or sent group. */
export function parseGroup(value: unknown): Group | undefined {
  if (!isJsonObject(value)) return undefined;
  if (value.kind !== 'listed') return parsePlainGroup(value);
  if (value.of === undefined) return { kind: value.kind };
  const of = isJsonObject(value.of) ? parsePlainGroup(value.of) : undefined;
  return of === undefined ? undefined : { kind: value.kind, of };
}

function parsePlainGroup({ kind, ...rest }: JsonObject): PlainGroup | undefined {
  if (kind === 'everyone') return { kind };
  if (kind === 'topic') {
    const topic = parseTopic(typeof rest.topic === 'string' ? rest.topic : '');
    return topic.ok ? { kind, topic: topic.value } : undefined;
  }
  const named = onlyField(kind, rest);
  if (named === undefined || typeof named.value !== 'string' || !isKeyOfKind(named.value)) return undefined;
  return { kind: 'kept', audience: named.kind, field: named.field, key: named.value };
}

/** A group as it is stored and sent. */
export function groupToJson(group: Group): JsonObject {
  if (group.kind === 'listed')
    return group.of === undefined ? { ...group } : { ...group, of: groupToJson(group.of) };
  return group.kind === 'kept' ? { kind: group.audience, [group.field]: group.key } : { ...group };
}

/** Reads a kind's stored or sent work. */
export function parseWork(value: unknown): KindWork | undefined {
  if (!isJsonObject(value)) return undefined;
  const { kind, ...rest } = value;
  const named = onlyField(kind, rest);
  if (named === undefined || !isJsonObject(named.value)) return undefined;
  const { id } = named.value;
  if (typeof id !== 'string' || id === '') return undefined;
  return { work: named.kind, field: named.field, about: { ...named.value, id } };
}

/** A kind's work as it is stored and sent. */
export function workToJson({ work, field, about }: KindWork): JsonObject {
  return { kind: work, [field]: about };
}

/** Names of the engine's own: an object that is none of them and cannot be read is no kind's work. */
const OWN_NAMES: ReadonlySet<string> = new Set([
  'everyone',
  'topic',
  'walk',
  'forget',
  'listed',
  'delivery',
  'page',
  'plan',
  'forgetting',
  'old-notification',
  'old-parked',
]);

/** For error messages. */
export const NAME_RULE =
  'use up to 40 letters, digits and "-", a small letter first, and no word of the engine such as "topic" or "plan"';
export const KEY_RULE = '1 to 100 letters, digits, "_", "." and "-"';

/** Whether a kind may give this name, in stored and sent objects: to an audience, to work, or to the field of one. */
export function isNameOfKind(text: string): boolean {
  return /^[a-z][A-Za-z0-9-]{0,39}$/.test(text) && !OWN_NAMES.has(text);
}

/** Whether a text may be a kind's own key: of what a table key and a message id may hold. */
export function isKeyOfKind(text: string): boolean {
  return /^[\w.-]{1,100}$/.test(text);
}

/** What a stored object of a kind says beside its name: one field. */
function onlyField(
  kind: unknown,
  rest: JsonObject,
): { readonly kind: string; readonly field: string; readonly value: unknown } | undefined {
  const [entry, ...more] = Object.entries(rest);
  if (typeof kind !== 'string' || !isNameOfKind(kind)) return undefined;
  if (entry === undefined || more.length > 0) return undefined;
  const [field, value] = entry;
  return isNameOfKind(field) ? { kind, field, value } : undefined;
}
