import { z } from 'zod';

/** The ways in which a channel can fail a request of the bot, and the one in which it fails the bot itself. */
const FAULT_KINDS = [
  '401',
  '403',
  '404',
  '412',
  '413',
  '429',
  '500',
  '502',
  '503',
  '504',
  'reset',
  'reset-after',
  'hang',
  'slow',
  'garbage',
  'huge-id',
  'trickle',
  'redirect',
  'resend',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/**
 * Which requests a fault meets: `send` also updates and deletions, `update` and `delete` those alone; creations of
 * conversations; questions about members.
 */
const FAULT_TARGETS = ['send', 'create', 'members', 'update', 'delete'] as const;

export type FaultTarget = (typeof FAULT_TARGETS)[number];

/**
 * What `POST /faults` understands.
 *
 * `kind`: a status, or `reset` (the connection breaks before the body is read), `reset-after` (it breaks after the
 * message was shown), `hang` (no answer), `slow` (the answer takes `delayMs`), `garbage` (200 with a body that is not
 * JSON), `huge-id` (200 with an id of 900 kB), `trickle` (200 with a body that never ends), `redirect` (307 to another host), `resend` (a person's activity reaches the bot twice, the second `delayMs`
 * after the first).
 *
 * `shown`: whether the person sees the message although the request fails; for 500, 502, 503, 504, `hang`,
 * `reset-after` and what answers 200. By default `reset-after` and those that answer 200 show it. With `slow` the person sees it when the delay is
 * over, and with `shown` at once.
 */
export const faultShape = z.strictObject({
  /** Id or key of one conversation; absent: all. */
  conversation: z.string().min(1).optional(),
  kind: z.preprocess((kind) => (typeof kind === 'number' ? String(kind) : kind), z.enum(FAULT_KINDS)),
  /** How many requests it meets; absent: all, until it is removed. */
  count: z.int().min(1).optional(),
  retryAfterSeconds: z.number().min(0).optional(),
  /** How long it takes to fail. `slow` takes 2 seconds if nothing else is said; `hang` ends with a reset after it. */
  delayMs: z.number().min(0).optional(),
  /**
   * The error code in the answer; absent: the one that Teams uses with the status. `AuthorizationDenied` is no code but
   * the answer of its front door, without one; `BadArgument` with 403 is an id that cannot be decrypted.
   */
  code: z.string().min(1).optional(),
  shown: z.boolean().optional(),
  on: z.enum(FAULT_TARGETS).default('send'),
  /** With `resend`: the second comes as another activity, with a new id and time, as a press does that Teams repeats late. */
  renewed: z.boolean().optional(),
});

export type FaultRequest = z.input<typeof faultShape>;

/** A fault that is in force. */
export interface Fault extends z.output<typeof faultShape> {
  readonly id: string;
  /** How many requests it has met. */
  applied: number;
}
