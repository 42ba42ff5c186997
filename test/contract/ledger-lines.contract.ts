import { describe, expect, it } from 'vitest';
import { parseRateLimits } from '../../shared/domain/delivery/pace.ts';
import { seconds } from '../../shared/domain/time.ts';
import { aConversation, aConversationKey, aDeliveryRow } from '../support/builders.ts';
import type { MakeStores } from './stores.ts';

const limits = parseRateLimits('7/1s,8/2s,60/30s,1800/3600s') ?? [];
const now = Date.UTC(2026, 10, 23, 9);
const sent = { recent: [now, now, now, now, now, now, now], older: [], bursts: [now] };

/** The part of the contract about conversations with more messages than they may be sent. */
export function describeLinesContract(name: string, makeStores: MakeStores): void {
  describe(`Ledger of lines ${name}`, () => {
    it('gives each call a moment of its own, evenly apart, to whichever process it comes', async () => {
      const stores = await makeStores();
      const { key } = aConversation();
      const ledgers = [stores.ledger, (await stores.inAnotherProcess()).ledger];
      const asked = { sent, limits, now };
      const moments = await Promise.all(
        ledgers.flatMap((ledger) => Array.from({ length: 30 }, () => ledger.lineUp(key, asked))),
      );
      moments.sort((a, b) => a - b);
      expect(moments[0]).toBe(now + seconds(1.5) + 1);
      const gaps = moments.slice(1).map((at, index) => at - (moments[index] ?? 0));
      // 30.5 s for sixty, and a twentieth more.
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(533);
      expect(await stores.ledger.lineUp(key, asked)).toBeGreaterThan(Math.max(...moments));
    });

    it('lays the line on the desk, and keeps it when the windows are written', async () => {
      const { ledger } = await makeStores();
      const row = aDeliveryRow();
      const { conversation } = row.id;
      const moment = await ledger.lineUp(conversation, { sent, limits, now });
      await ledger.claimDelivery(row, { next: sent });
      const desk = await ledger.findDesk(conversation);
      expect(desk.windows).toEqual(sent);
      expect(desk.line).toEqual({ recent: [...sent.recent, moment], older: [], bursts: [] });
      expect((await ledger.findDesk(aConversationKey())).line).toBeUndefined();
    });
  });
}
