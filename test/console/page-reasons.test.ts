import { describe, expect, it } from 'vitest';
import { germanStates as de, englishStates as en, REASONS } from '../../dev/console/test/held.ts';
import {
  type DeferralReason,
  Outcome,
  type OutcomeReason,
  Pending,
  SCHEDULED,
} from '../../shared/domain/delivery/delivery.ts';
import { ParkingReason } from '../../shared/ports/event/parking.ts';

/** Every reason that the engine gives, and with which outcome or state: the type lets none be forgotten. */
const given: Record<OutcomeReason | DeferralReason | typeof SCHEDULED, Outcome | Pending> = {
  muted: Outcome.suppressed,
  unsubscribed: Outcome.suppressed,
  blocked: Outcome.suppressed,
  uninstalled: Outcome.suppressed,
  'disabled-by-admin': Outcome.suppressed,
  forgotten: Outcome.suppressed,
  'too-large': Outcome.rejected,
  gone: Outcome.rejected,
  'not-registered': Outcome.rejected,
  'untrusted-service-url': Outcome.rejected,
  refused: Outcome.rejected,
  'unknown-user': Outcome.noSuchRecipient,
  'unknown-conversation': Outcome.noSuchRecipient,
  'unknown-audience': Outcome.noSuchRecipient,
  ambiguous: Outcome.noSuchRecipient,
  'directory-refused': Outcome.noSuchRecipient,
  'directory-away': Outcome.noSuchRecipient,
  waiting: Pending.deferred,
  'quiet-hours': Pending.deferred,
  burst: Pending.deferred,
  [SCHEDULED]: Pending.deferred,
};

it('lets every reason be chosen that the engine gives, and no other', () => {
  expect([...REASONS].sort()).toEqual(Object.keys(given).sort());
});

describe.each(Object.entries({ en, de }))('the words of %s', (_language, { state, reason, why }) => {
  it('have a name for every state and every reason', () => {
    const named = [...Object.values(Outcome), ...Object.values(Pending)];
    expect(named.filter((one) => state[one] === undefined)).toEqual([]);
    const reasons = [...Object.keys(given), ...Object.values(ParkingReason)];
    expect(reasons.filter((one) => reason[one] === undefined)).toEqual([]);
  });

  it('say in a sentence why, of every state and of every reason in it', () => {
    const codes = [...Object.values(Outcome), ...Object.values(Pending)];
    const all = [...codes, ...Object.entries(given).map(([one, of]) => `${of}/${one}`)];
    expect(all.filter((code) => why[code] === undefined)).toEqual([]);
  });
});
