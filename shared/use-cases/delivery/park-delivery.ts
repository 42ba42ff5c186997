import { defined } from '../../domain/defined.ts';
import {
  type DeliveryId,
  type DeliveryResult,
  formatDeliveryId,
  isReplayable,
  Outcome,
  type OutcomeReason,
} from '../../domain/delivery/delivery.ts';
import { hashOf } from '../../domain/hash.ts';
import type { Clock } from '../../ports/clock.ts';
import { type Parking, ParkingReason } from '../../ports/event/parking.ts';

/** Where replaying helps, or what has to be done before; each is the rule `delivery-<reason>`. */
const rejections: { readonly [Reason in OutcomeReason]?: string } = {
  'too-large': 'is larger than its channel shows; publish it shorter',
  gone: 'has no conversation any more, and no other one could be had; replay it when the person has come back',
  'untrusted-service-url':
    'goes to a host that NOTIFIER_TRUSTED_SERVICE_URLS does not name; replay it when it does',
  refused: 'was refused as a message that the channel does not take; replay it when the app has been mended',
};

/**
 * Puts a delivery where an operator sees it, and can replay it, that ended without reaching anybody for certain and not by
 * anybody's wish; does nothing for any other one.
 */
export async function parkDelivery(
  deps: { readonly parking: Parking; readonly clock: Clock },
  id: DeliveryId,
  result: DeliveryResult,
): Promise<void> {
  if (!isReplayable(result.outcome)) return;
  const { attempts, lastError } = result;
  const delivery = formatDeliveryId(id);
  const { reason, rule = reason, explanation } = explained(result);
  const last = lastError && `${lastError.class} ${lastError.code}`;
  const tried = `attempts ${attempts}${last === undefined ? '' : ` (last: ${last})`}`;
  await deps.parking.parkItem({
    id: hashOf(`delivery\n${delivery}`),
    kind: 'delivery',
    reason,
    faults: [
      {
        path: '',
        message: `${explanation}; ${tried}`,
        rule: `delivery-${rule}`,
        values: { attempts, ...defined({ last }) },
      },
    ],
    original: delivery,
    parkedAt: deps.clock.now(),
  });
}

function explained({ outcome, reason }: DeliveryResult): {
  readonly reason: ParkingReason;
  /** Where it says more than the reason. */
  readonly rule?: OutcomeReason;
  readonly explanation: string;
} {
  switch (outcome) {
    case Outcome.unconfirmed:
      return {
        reason: ParkingReason.unconfirmed,
        explanation:
          'was sent with an unknown result, so the person may or may not have seen it; replaying may show it again',
      };
    case Outcome.rejected:
      return rejected(reason);
    default:
      return {
        reason: ParkingReason.exhausted,
        explanation:
          'was tried as often and as long as deliveries are; replay it when the channel is well again',
      };
  }
}

function rejected(rule: OutcomeReason | undefined): ReturnType<typeof explained> {
  const reason = ParkingReason.rejected;
  const explanation = rule === undefined ? undefined : rejections[rule];
  return explanation === undefined
    ? { reason, explanation: 'was refused for good' }
    : { reason, explanation, ...defined({ rule }) };
}
