import { DIGEST, isFullDigest, withMembers } from '../../catalog/digest.ts';
import { defined } from '../../domain/defined.ts';
import type { DeliveryRow } from '../../domain/delivery/delivery.ts';
import { afterSend, withFullBurst } from '../../domain/delivery/pace.ts';
import { claimedRow } from '../../domain/delivery/states.ts';
import type { Notification } from '../../domain/event/notification.ts';
import { type Living, livingIdOf, underClaim } from '../../domain/living/living.ts';
import type { Instant } from '../../domain/time.ts';
import { StoreUnavailable } from '../../ports/store-errors.ts';
import { countsForBurst } from '../holding-back/decide-policy.ts';
import { zoneOf } from '../holding-back/quiet-hours.ts';
import { isDue } from '../holding-back/settle-members.ts';
import { turnKnown } from '../living/living-steps.ts';
import type { concludeDelivery } from './conclude-delivery.ts';
import type { CallOutcome } from './decision.ts';
import type { DeliverDeps } from './deliver-notification.ts';
import type { AtDesk } from './look-at.ts';

/** The one request, under a claim. From the claim until the record the result is ours alone to know. */
export function oneRequest(
  deps: Pick<DeliverDeps, 'ledger' | 'clock' | 'log' | 'send' | 'holding' | 'claimLease'>,
  conclude: ReturnType<typeof concludeDelivery>['afterRequest'],
) {
  return async (known: AtDesk): Promise<CallOutcome | 'lost'> => {
    const { call, row: before, notification, desk } = known;
    const { conversation, preferences, windows, windowsTag } = desk;
    const now = deps.clock.now();
    const turn = known.living === undefined ? FIRST : turnKnown(known);
    const to = turn.as === 'change' ? 'change' : 'send';
    const isCounted = to === 'send' && countsForBurst(notification, deps.holding.entryOf);
    const sent = afterSend(windows, now, isCounted);
    const isDigest = notification.type === DIGEST;
    const isFull = isDigest && isFullDigest(notification.type, notification.data);
    const claim = { as: to, now, until: now + deps.claimLease } as const;
    const own = notification.delivery.key === undefined ? undefined : livingUnder(known, claim);
    const members = isDigest ? inDigest(known, claim) : [];
    const claimed = await deps.ledger.claimDelivery(
      claimedRow(call, before, { now, lease: deps.claimLease, to }),
      {
        // What had no room in a digest comes with the next one, when another window is over.
        next: isFull ? withFullBurst(sent, deps.holding.burst, now) : sent,
        ...defined({ tag: windowsTag }),
      },
      own === undefined ? members : [own],
    );
    if (claimed === 'lost') return 'lost';
    const { livingTag, ...row } = claimed;
    const timeZone = zoneOf(preferences, conversation, deps.holding.defaultTimeZone);
    const { undeciphered, leaseUntil = Number.POSITIVE_INFINITY } = row;
    const mayAsk = deps.clock.now() < leaseUntil;
    const answer = mayAsk
      ? await deps.send(isDigest ? withoutExpired(notification, row) : notification, conversation, {
          timeZone,
          undeciphered,
          ...(turn.as === 'change' || turn.as === 'reply' ? { earlier: turn } : {}),
        })
      : tooLate;
    if (answer.kind !== 'sent' && isCounted) await uncount(deps, row);
    return conclude(call, row, answer, {
      notification,
      conversation,
      living: own && livingTag !== undefined ? { ...own, etag: livingTag } : undefined,
    });
  };
}

/** Only what was delivered counts for the burst guard. */
async function uncount(
  deps: Pick<DeliverDeps, 'ledger' | 'log'>,
  { id, claimedAt }: DeliveryRow,
): Promise<void> {
  if (claimedAt === undefined) return;
  try {
    await deps.ledger.uncountBurst(id.conversation, claimedAt);
  } catch (cause) {
    if (!(cause instanceof StoreUnavailable)) throw cause;
    // Nobody is told twice or lost by it: the next message may be held back until the window ends.
    deps.log.warn('burst.uncounted', { conversation: id.conversation, operation: cause.operation });
  }
}

/** The process stood still between its claim and its request: somebody else may be making that by now. */
const tooLate = { kind: 'failed', code: 'claim-lapsed', surelyNotSent: true } as const;

/** A digest as it is sent now: one of its members may have expired since it was formed. */
function withoutExpired(notification: Notification, { claimedAt }: DeliveryRow): Notification {
  if (claimedAt === undefined) return notification;
  return { ...notification, data: withMembers(notification.data, (member) => isDue(member, claimedAt)) };
}

/** Where nothing was told of a key, or there is none. */
const FIRST = { as: 'send' } as const;

/** The row of the notification's key as its claim writes it. */
function livingUnder(
  { notification, call, living }: AtDesk,
  claim: Pick<Parameters<typeof underClaim>[2], 'as' | 'now' | 'until'>,
): Living | undefined {
  const id = livingIdOf(notification, call.conversation);
  return id === undefined ? undefined : underClaim(id, living, { notification, ...claim });
}

/** The rows of the keys of a digest's members: a newer state waits until it is known what became of the digest. */
function inDigest(
  { notification: { id }, keyed = [] }: AtDesk,
  { now, until }: { readonly now: Instant; readonly until: Instant },
): readonly Living[] {
  const byName = new Map(keyed.map((one) => [one.id.name, one]));
  return [...byName.values()].map(({ member, id: name, living }) => {
    const under = underClaim(name, living, { notification: member, as: 'send', now, until });
    const { last } = member.delivery;
    return {
      ...under,
      underWay: { notification: id, as: 'send', until, ...(last === true ? { last: true as const } : {}) },
    };
  });
}
