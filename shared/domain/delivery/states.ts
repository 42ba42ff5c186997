import { defined } from '../defined.ts';
import type { Duration, Instant } from '../time.ts';
import { type DeliveryId, type DeliveryRow, isInDoubt } from './delivery.ts';

export type State = DeliveryRow['state'];

/** Whether a change of state makes another version of the row, so that calls of the version before are stale. */
type Versioned = 'same version' | 'next version' | 'either';

/**
 * Every state that a delivery's row can be in, and those that may follow. Whoever writes a row does one of these; what ends
 * a delivery is no state of the row but its outcome, on the report.
 *
 * ```
 * absent --claim--> claimed --its outcome is recorded--> (final)
 *                    |   ^
 *      retry or hold v   | claim
 *              retrying, deferred --joins a digest--> joined
 * ```
 */
export const transitions: {
  readonly [From in State | 'absent']: { readonly [To in State]?: Versioned };
} = {
  // Claimed; told in the name of another conversation's delivery; made as a digest, or sent to the end of a line; held back.
  absent: {
    claimed: 'same version',
    moved: 'same version',
    retrying: 'next version',
    deferred: 'next version',
  },
  // Claimed once more or for longer; to be tried again, also by an operator; held back after its claim ran out.
  // The person belongs to another addressee now, whom another delivery tells.
  claimed: {
    claimed: 'same version',
    retrying: 'next version',
    deferred: 'next version',
    moved: 'same version',
  },
  // Its time came; it lines up anew; something holds it back.
  retrying: {
    claimed: 'same version',
    retrying: 'next version',
    deferred: 'next version',
    moved: 'same version',
  },
  // What held it back is over; it has no room, or something else holds it back; it waits for a slot; others go with it.
  deferred: {
    claimed: 'same version',
    retrying: 'next version',
    deferred: 'either',
    joined: 'next version',
    moved: 'same version',
  },
  // Another delivery tells the person and ends this one; what an operator opens again is that one.
  moved: {},
  joined: {},
};

/** Whether a row may be written in the place of the one `before`; absent: where there was none. */
export function mayFollow(
  before: Pick<DeliveryRow, 'state' | 'version'> | undefined,
  next: DeliveryRow,
): boolean {
  const versioned = transitions[before?.state ?? 'absent'][next.state];
  const risen = next.version - (before?.version ?? 0);
  if (versioned === undefined) return false;
  return (risen === 0 && versioned !== 'next version') || (risen === 1 && versioned !== 'same version');
}

/** What a claim is made for: a request that shows a message, one that may be repeated, or an end by policy. */
export type ClaimedFor = 'send' | 'change' | 'end';

/** The row that claims a delivery. */
export function claimedRow(
  { notification, conversation }: DeliveryId,
  row: DeliveryRow | undefined,
  { now, lease, to }: { readonly now: Instant; readonly lease: Duration; readonly to: ClaimedFor },
): DeliveryRow {
  const { withoutRequest: _none, deferral: _ended, ...known } = row ?? first(notification, conversation, now);
  return {
    ...known,
    state: 'claimed',
    leaseUntil: now + lease,
    ...(to === 'send' ? {} : { withoutRequest: true as const }),
    attempts: known.attempts + (to === 'end' ? 0 : 1),
    unconfirmed: unconfirmedBy(row),
    // The time that a retry may take begins with the first request, however long it was held back before.
    firstClaimedAt: known.attempts === 0 ? now : known.firstClaimedAt,
    claimedAt: now,
  };
}

/** The row of a delivery that comes later: in no one's hands until then. `row` is absent where nobody looked at it yet. */
export function laterRow(
  { notification, conversation }: DeliveryId,
  row: DeliveryRow | undefined,
  {
    now,
    ...later
  }: Pick<DeliveryRow, 'deferral' | 'waitUntil'> & {
    readonly now: Instant;
    readonly state: 'retrying' | 'deferred';
    readonly dueAt: Instant;
  },
): DeliveryRow {
  const {
    leaseUntil: _over,
    withoutRequest: _none,
    deferral: _ended,
    ...known
  } = row ?? first(notification, conversation, now);
  return { ...known, unconfirmed: unconfirmedBy(row), version: known.version + 1, ...later };
}

/** The row of a delivery whose request failed, as its claim `row` knows: it is tried again. */
export function retriedRow({ leaseUntil: _over, ...row }: DeliveryRow, dueAt: Instant): DeliveryRow {
  return { ...row, version: row.version + 1, state: 'retrying', dueAt };
}

/** A claim that ran out without an outcome: its result is unknown. */
function unconfirmedBy(row: DeliveryRow | undefined): number {
  return (row?.unconfirmed ?? 0) + (isInDoubt(row) ? 1 : 0);
}

/**
 * The next row of a delivery of which everything is counted anew, due at once: a digest that is made, or one that is opened
 * again and has all the attempts and all the time that a first run has.
 */
export function openedRow(
  { id, version, etag, behind }: Pick<DeliveryRow, 'id' | 'version' | 'etag' | 'behind'>,
  now: Instant,
): DeliveryRow {
  return {
    ...first(id.notification, id.conversation, now),
    version: version + 1,
    state: 'retrying',
    dueAt: now,
    ...defined({ etag, behind }),
  };
}

/** The row of one that is told to the addressee whom the conversation belongs to. */
export function movedRow(
  { notification, conversation }: DeliveryId,
  row: DeliveryRow | undefined,
  { to, now }: { readonly to: DeliveryId['conversation']; readonly now: Instant },
): DeliveryRow {
  const { version = 0, etag } = row ?? {};
  return {
    ...first(notification, conversation, now),
    version,
    state: 'moved',
    movedFrom: to,
    ...defined({ etag }),
  };
}

/** The row of one that a digest tells. */
export function joinedRow(
  { dueAt: _due, ...row }: DeliveryRow,
  digest: DeliveryId['notification'],
): DeliveryRow {
  return { ...row, version: row.version + 1, state: 'joined', digest };
}

function first(
  notification: DeliveryId['notification'],
  conversation: DeliveryId['conversation'],
  now: Instant,
): Omit<DeliveryRow, 'state'> {
  return { id: { notification, conversation }, version: 0, attempts: 0, unconfirmed: 0, firstClaimedAt: now };
}
