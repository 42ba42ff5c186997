import type { Delivery } from 'rhea';
import { type BrokerError, toBrokerError } from '../broker-error.ts';
import {
  connectionInternals,
  type EncodedOutcome,
  markRemoteSettled,
  outcomeFactory,
  sessionInternals,
} from './rhea-internals.ts';

export const accepted = outcomeFactory.accepted().described();

export function rejected(thrown: unknown): EncodedOutcome {
  const { condition, message }: BrokerError = toBrokerError(thrown);
  return outcomeFactory.rejected({ error: { condition, description: message } }).described();
}

/**
 * Settles a delivery with this outcome. To be called only from a commit of the journal: never while rhea works
 * through incoming frames.
 *
 * rhea joins answers of one turn into ranges, and takes a second answer with the next delivery id into the range of
 * the first without comparing the two: a refusal behind an acceptance would go out as accepted. So anything but
 * accepted after accepted is kept apart by writing first what is pending.
 */
export function settle(delivery: Delivery, outcome: EncodedOutcome): void {
  const { link } = delivery;
  const session = sessionInternals(link.session);
  const pending = link.is_receiver() ? session.incoming.updated : session.outgoing.pending_dispositions;
  const last = pending.at(-1);
  if (last && !(last.state === accepted && outcome === accepted)) {
    connectionInternals(link.connection)._process();
  }
  delivery.update(true, outcome);
  markRemoteSettled(delivery);
}
