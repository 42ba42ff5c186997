import { type ForgetRequest, parseForgetRequest } from '../conversation/forgetting.ts';
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
import { type HotelKey, isHotelKey } from '../prices/hotel.ts';
import { type PriceReportRequest, parsePriceReportRequest } from '../prices/price-report.ts';
import { isTraceparent } from './cloud-event.ts';
import { parseTopic, type Topic } from './topic.ts';

/** A group whose members are all told. */
export type MemberGroup = { readonly kind: 'everyone' } | { readonly kind: 'topic'; readonly topic: Topic };

/** A group of conversations that is stored as such. Of a hotel's watchers those are told whose condition holds. */
export type Group = MemberGroup | { readonly kind: 'watchers'; readonly hotel: HotelKey };

/** One walk through one tenant's members of one group, page by page. */
export interface Walk {
  readonly notification: NotificationId;
  readonly group: Group;
  readonly tenant: TenantKey;
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

/** A report to compile and deliver. */
export interface PriceReportJob {
  readonly kind: 'price-report';
  readonly report: PriceReportRequest;
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

/** Work that is not a delivery, on queue `jobs`. */
export type Job = WalkJob | PriceReportJob | ForgetJob;

/** One line that names a walk among those of its notification. */
export function walkName(walk: Pick<Walk, 'group' | 'tenant'>): string {
  return `${walk.tenant}:${groupName(walk.group)}`;
}

function groupName(group: Group): string {
  switch (group.kind) {
    case 'everyone':
      return group.kind;
    case 'topic':
      return `topic:${group.topic}`;
    case 'watchers':
      return `watchers:${group.hotel}`;
  }
}

/** Names a message of queue `jobs`: two of the same name are one. May pass the length of a message id. */
export function jobName(job: Job): string {
  if (job.kind === 'price-report') return `price-report:${job.report.id}:${job.hop}`;
  if (job.kind === 'forget') return `forget:${job.request.id}:${job.request.at}:${job.hop}`;
  return `${job.walk.notification}:${job.walk.after ?? 'first'}:${job.hop}:${walkName(job.walk)}`;
}

/** The body of a message on queue `jobs`; one key only, see `toMessageBody` of wake-up calls. */
export function toJobBody(job: Job): { readonly job: Job } {
  return { job };
}

export function parseJob(body: unknown): Parsed<Job> {
  const bad = (path: string, message: string) => refused({ path, message });
  if (!isJsonObject(body) || !isJsonObject(body.job))
    return bad('job', 'must be a job as this app writes them');
  const { kind, walk, report, request, hop, traceparent } = body.job;
  if (typeof hop !== 'number' || !Number.isSafeInteger(hop) || hop < 0)
    return bad('job.hop', 'must be a whole number');
  const trace = typeof traceparent === 'string' && isTraceparent(traceparent) ? { traceparent } : {};
  if (kind === 'forget') {
    const read = parseForgetRequest(request);
    return read !== undefined
      ? parsed({ kind, request: read, hop, ...trace })
      : bad('job.request', 'must name a conversation and whom to forget there');
  }
  if (kind === 'price-report') {
    const wanted = parsePriceReportRequest(report);
    return wanted !== undefined
      ? parsed({ kind, report: wanted, hop, ...trace })
      : bad('job.report', 'must name a request, a conversation and a hotel');
  }
  if (kind !== 'walk' || !isJsonObject(walk))
    return bad('job.kind', 'must be "walk", "price-report" or "forget"');
  const { notification, group, tenant, after } = walk;
  if (typeof notification !== 'string' || !isNotificationId(notification)) {
    return bad('job.walk.notification', 'must be a notification id');
  }
  if (typeof tenant !== 'string' || !isTenantKey(tenant))
    return bad('job.walk.tenant', 'must be a tenant key');
  if (after !== undefined && !(typeof after === 'string' && isConversationKey(after))) {
    return bad('job.walk.after', 'must be a conversation key');
  }
  const parsedGroup = parseGroup(group);
  if (parsedGroup === undefined)
    return bad('job.walk.group', "must be everyone, a topic or a hotel's watchers");
  return parsed({
    kind,
    walk: {
      notification,
      group: parsedGroup,
      tenant,
      done: walk.done === true,
      ...(after === undefined ? {} : { after }),
    },
    hop,
    ...trace,
  });
}

/** Reads a stored or sent group. */
export function parseGroup(value: unknown): Group | undefined {
  if (!isJsonObject(value)) return undefined;
  if (value.kind === 'everyone') return { kind: 'everyone' };
  if (value.kind === 'watchers') {
    const { hotel } = value;
    return typeof hotel === 'string' && isHotelKey(hotel) ? { kind: 'watchers', hotel } : undefined;
  }
  if (value.kind !== 'topic' || typeof value.topic !== 'string') return undefined;
  const topic = parseTopic(value.topic);
  return topic.ok ? { kind: 'topic', topic: topic.value } : undefined;
}
