import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { englishAudit, germanAudit, germanFaults, germanSettings } from '../../dev/console/test/held.ts';
import { settings } from '../../shared/config.ts';
import { Outcome, type OutcomeReason } from '../../shared/domain/delivery/delivery.ts';
import { ParkingReason } from '../../shared/ports/event/parking.ts';
import { parkDelivery } from '../../shared/use-cases/delivery/park-delivery.ts';
import { aConversation, aNotification } from '../support/builders.ts';
import { aWorld } from '../support/world.ts';

it('say in German what each setting is for, and of no other', () => {
  expect(Object.keys(germanSettings.meaning).sort()).toEqual(Object.keys(settings).sort());
});

describe.each(Object.entries({ en: englishAudit, de: germanAudit }))(
  'the audit in %s',
  (_language, audit) => {
    it('has words for whatever a write may end with', () => {
      const sources = globSync('shared/console/write-*.ts').map((file) => readFileSync(file, 'utf8'));
      const codes = sources.flatMap((text) =>
        [...text.matchAll(/code(?: =|:) '([a-z-]+)'/g)].map(([, code]) => code ?? ''),
      );
      expect(codes.length).toBeGreaterThan(5);
      const { invalidEnvelope, unknownType, invalidData, tooLarge } = ParkingReason;
      const all = [...codes, invalidEnvelope, unknownType, invalidData, tooLarge, 'if-match-missing'];
      const ends = ['done', 'nothing-done', 'begun', 'failed'];
      expect([...all, ...ends].filter((code) => audit.outcomeName[code] === undefined)).toEqual([]);
    });
  },
);

const ended: readonly (readonly [Outcome, OutcomeReason | undefined, string])[] = [
  [Outcome.rejected, 'too-large', 'kürzer'],
  [Outcome.rejected, 'gone', 'zurück'],
  [Outcome.rejected, 'untrusted-service-url', 'NOTIFIER_TRUSTED_SERVICE_URLS'],
  [Outcome.rejected, 'refused', 'berichtigt'],
  [Outcome.rejected, 'not-registered', 'endgültig abgelehnt'],
  [Outcome.rejected, undefined, 'endgültig abgelehnt'],
  [Outcome.unconfirmed, undefined, 'unbekannt'],
  [Outcome.exhausted, undefined, 'wieder antwortet'],
];

it.each(ended)('say in German why a delivery is parked: %s, %s', async (outcome, reason, words) => {
  const world = aWorld();
  const id = { notification: aNotification().id, conversation: aConversation().key };
  const lastError = { class: 'http-502', code: 'BadGateway' };
  const result = { outcome, at: 1, attempts: 3, repeats: 0, lastError, ...(reason && { reason }) };
  await parkDelivery(world, id, result);
  const [item] = (await world.parking.listParked({ limit: 1 })).items;
  const [{ rule = '', values = {}, message } = { message: '' }] = item?.faults ?? [];
  expect(message).toMatch(/; attempts 3 \(last: http-502 BadGateway\)$/);
  const said = germanFaults.rules[rule]?.(values);
  expect(said).toContain(words);
  expect(said).toMatch(/ Versuche: 3, zuletzt: http-502 BadGateway\.$/);
});
