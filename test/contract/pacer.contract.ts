import { beforeEach, describe, expect, it } from 'vitest';
import { type Slots, slotAt } from '../../shared/domain/delivery/pace.ts';
import type { TenantKey } from '../../shared/domain/ids.ts';
import { days, hours, type Instant, milliseconds, minutes, seconds } from '../../shared/domain/time.ts';
import type { LateRequest, Pacer } from '../../shared/ports/delivery/pacer.ts';
import { aConversation } from '../support/builders.ts';
import { type FreshStores, type MakeStores, REQUESTS_PER_SECOND } from './stores.ts';

/** A window of slots, of which nobody has said what the network needs: 1,024 ms. */
const ROUND = seconds(1) + milliseconds(24);
const SPACING = ROUND / REQUESTS_PER_SECOND;

export function describePacerContract(name: string, makeStores: MakeStores): void {
  describe(`Pacer ${name}`, () => {
    let stores: FreshStores;
    let pacer: Pacer;
    let now: Instant;
    let tenant: TenantKey;

    beforeEach(async () => {
      stores = await makeStores();
      pacer = stores.pacer;
      now = stores.clock.now();
      tenant = aConversation().tenant;
    });

    /** What was said of requests and instances: the clock of these tests is nobody's. */
    async function compare(
      from: Pacer,
      instance: string,
      late: readonly LateRequest[] | undefined,
      { of = tenant, at = now }: { readonly of?: TenantKey; readonly at?: Instant } = {},
    ) {
      const { behind: _, ...said } = await from.compareLate(of, instance, late, at);
      return said;
    }

    async function reserve(count: number, from: Pacer = pacer, at: Instant = now): Promise<Slots> {
      const answer = await from.reserve(tenant, count, at, minutes(10));
      return 'slots' in answer ? answer.slots : expect.fail('there was room');
    }

    it('begins now and puts reservations one behind the other', async () => {
      expect(await reserve(1)).toEqual({ first: now, spacing: SPACING, count: 1 });
      expect(await reserve(10)).toEqual({ first: now + SPACING, spacing: SPACING, count: 10 });
      expect(await reserve(1)).toEqual({ first: now + 11 * SPACING, spacing: SPACING, count: 1 });
    });

    it('gives no slot in the past', async () => {
      await reserve(1);
      expect((await reserve(1, pacer, now + minutes(5))).first).toBe(now + minutes(5));
    });

    it('says how long no slot before those it gives was taken', async () => {
      const idle = async (at: Instant) => {
        const answer = await pacer.reserve(tenant, 2, at, minutes(10));
        return 'slots' in answer ? answer.idle : expect.fail('there was room');
      };
      expect(await idle(now)).toBe(Number.POSITIVE_INFINITY);
      expect(await idle(now)).toBe(0);
      expect(await idle(now + 4 * SPACING + 100)).toBe(100);
    });

    it('never gives one slot twice when 20 ask at the same time from two processes', async () => {
      const other = await stores.inAnotherProcess();
      const all = await Promise.all(
        Array.from({ length: 20 }, (_, turn) =>
          reserve(1 + (turn % 3), turn % 2 === 0 ? pacer : other.pacer),
        ),
      );
      const slots = all
        .flatMap((taken) => Array.from({ length: taken.count }, (_, index) => slotAt(taken, index)))
        .sort((a, b) => a - b);
      expect(slots[0]).toBe(now);
      const distances = slots.slice(1).map((slot, index) => slot - (slots[index] ?? slot));
      expect(Math.min(...distances)).toBeGreaterThanOrEqual(SPACING);
      // None is left out either: all of the rate is used.
      expect(Math.max(...distances)).toBe(SPACING);
    });

    it('keeps tenants apart', async () => {
      await reserve(100);
      tenant = aConversation({ tenantId: 'fabrikam' }).tenant;
      expect((await reserve(1)).first).toBe(now);
    });

    it('takes nothing that would begin too late, and says when to ask again', async () => {
      await reserve(20 * REQUESTS_PER_SECOND);
      const answer = await pacer.reserve(tenant, 1, now, seconds(10));
      expect(answer).toEqual({ laterAt: now + 20 * ROUND - seconds(5) });
      expect((await reserve(1)).first).toBe(now + 20 * ROUND);
    });

    it('gives slots to who asks again when told', async () => {
      await reserve(20 * REQUESTS_PER_SECOND);
      const answer = await pacer.reserve(tenant, 1, now, seconds(10));
      const laterAt = 'laterAt' in answer ? answer.laterAt : expect.fail('it was too early');
      const again = await pacer.reserve(tenant, 1, laterAt, seconds(10));
      expect(again).toMatchObject({ slots: { first: now + 20 * ROUND } });
    });

    it('takes a reservation that begins in time, however far it reaches', async () => {
      const answer = await pacer.reserve(tenant, 1000, now, seconds(1));
      expect(answer).toMatchObject({ slots: { first: now, count: 1000 } });
    });

    it('holds a tenant back until an instant at least, and never brings it forward', async () => {
      await pacer.holdBack(tenant, now + seconds(30), now);
      await pacer.holdBack(tenant, now + seconds(5), now);
      expect((await reserve(1)).first).toBe(now + seconds(30));
      expect((await reserve(1, (await stores.inAnotherProcess()).pacer)).first).toBe(
        now + seconds(30) + SPACING,
      );
    });

    it('holds back a tenant whose cursor another process moved meanwhile', async () => {
      const other = (await stores.inAnotherProcess()).pacer;
      await reserve(1);
      await reserve(1, other);
      await pacer.holdBack(tenant, now + seconds(30), now);
      await other.holdBack(tenant, now + seconds(20), now);
      expect((await reserve(1, other)).first).toBe(now + seconds(30));
    });

    it('gives what the other instances told last of their late requests, and not its own', async () => {
      const other = (await stores.inAnotherProcess()).pacer;
      const late = (slotAt: Instant) => ({ slotAt, arrivedAt: slotAt + 40.5 });
      expect(await compare(pacer, 'one', [late(now)])).toEqual({ late: [], others: 0 });
      expect(await compare(other, 'other', [late(now + 20)])).toEqual({
        late: [late(now)],
        others: 1,
      });
      expect(await compare(pacer, 'one', [late(now + 60), late(now + 80)])).toEqual({
        late: [late(now + 20)],
        others: 1,
      });
      expect(await compare(other, 'other', undefined)).toEqual({
        late: [late(now + 60), late(now + 80)],
        others: 1,
      });
    });

    it('leaves as much between slots as was found to be needed, in every process, and tells whoever compares', async () => {
      const other = (await stores.inAnotherProcess()).pacer;
      await reserve(1, other);
      const next = { span: milliseconds(120), firmUntil: now + minutes(10) };
      expect(await pacer.adjust(tenant, { known: undefined, next })).toEqual(next);
      const first = now + SPACING;
      const spacing = 1120 / REQUESTS_PER_SECOND;
      expect(await reserve(2, other)).toEqual({ first, spacing, count: 2 });
      expect(await reserve(1)).toEqual({ first: first + 2 * spacing, spacing, count: 1 });
      expect(await compare(other, 'other', undefined)).toEqual({ late: [], others: 0, slack: next });
      await pacer.holdBack(tenant, now + seconds(5), now);
      expect(await reserve(1, other)).toMatchObject({ first: now + seconds(5), spacing });
    });

    it('leaves the slack that somebody else has changed meanwhile', async () => {
      const known = { span: milliseconds(100) };
      await pacer.adjust(tenant, { known: undefined, next: known });
      const larger = { span: milliseconds(150), firmUntil: now + minutes(10) };
      const other = (await stores.inAnotherProcess()).pacer;
      expect(await other.adjust(tenant, { known, next: larger })).toEqual(larger);
      expect(await pacer.adjust(tenant, { known, next: { span: milliseconds(80) } })).toEqual(larger);
      expect(await reserve(1)).toEqual({ first: now, spacing: 1150 / REQUESTS_PER_SECOND, count: 1 });
    });

    it('tells nobody of requests that were late in another tenant', async () => {
      await compare(pacer, 'one', [{ slotAt: now, arrivedAt: now + 40 }]);
      const { tenant: another } = aConversation({ tenantId: 'fabrikam' });
      expect(await compare(pacer, 'other', [], { of: another })).toEqual({ late: [], others: 0 });
    });

    it('forgets what was told long ago, and later who told it', async () => {
      await compare(pacer, 'one', [{ slotAt: now, arrivedAt: now + 40 }]);
      const asked = (at: Instant) => compare(pacer, 'other', undefined, { at });
      expect((await asked(now + seconds(5) - 1)).late).toHaveLength(1);
      expect(await asked(now + seconds(5))).toEqual({ late: [], others: 1 });
      expect(await asked(now + seconds(15) - 1)).toEqual({ late: [], others: 1 });
      expect(await asked(now + seconds(15))).toEqual({ late: [], others: 0 });
      expect(await asked(now + minutes(90))).toEqual({ late: [], others: 0 });
    });

    it('counts whoever says that nothing was late, and nobody who only asks', async () => {
      await compare(pacer, 'one', []);
      await compare(pacer, 'two', undefined);
      expect(await compare(pacer, 'other', undefined)).toEqual({ late: [], others: 1 });
    });

    it.each([
      ['a year', days(365)],
      ['a hair more than any cursor can', hours(1) + minutes(55) + minutes(5) + 1000],
    ])('begins now when the cursor lies further ahead than anything puts it: %s', async (_what, ahead) => {
      await reserve(10, pacer, now + ahead);
      const other = (await stores.inAnotherProcess()).pacer;
      expect(await reserve(1, other)).toMatchObject({ first: now });
      expect((await reserve(1)).first).toBe(now + SPACING);
    });

    it('believes a cursor that a hold of an hour can have put there', async () => {
      await pacer.holdBack(tenant, now + hours(1), now);
      expect(await pacer.reserve(tenant, 1, now, minutes(10))).toHaveProperty('laterAt');
    });

    it('holds a tenant back for an hour at most, whatever is asked for', async () => {
      await pacer.holdBack(tenant, now + days(1), now);
      expect((await reserve(1, pacer, now + hours(1))).first).toBe(now + hours(1));
    });

    it('holds a tenant back whose cursor lies further ahead than any', async () => {
      await reserve(1, pacer, now + days(365));
      await pacer.holdBack(tenant, now + seconds(30), now);
      expect((await reserve(1)).first).toBe(now + seconds(30));
    });

    it('counts nobody as another who tells from a future that is far', async () => {
      await compare(pacer, 'one', [{ slotAt: now, arrivedAt: now + 40 }], { at: now + days(365) });
      expect(await compare(pacer, 'other', undefined)).toEqual({ late: [], others: 0 });
    });

    it('says where the slots of tenants are that took any lately, and how many they ever took', async () => {
      const { pacer: looked } = stores;
      await reserve(3);
      await reserve(2);
      const own = async (since: Instant) =>
        (await looked.cursors(since, 1000)).filter((cursor) => cursor.tenant === tenant);
      expect(await own(now)).toEqual([{ tenant, next: now + 5 * SPACING, taken: 5 }]);
      expect(await own(now + 5 * SPACING + 1)).toEqual([]);
      // What holds a tenant back takes no slot.
      await pacer.holdBack(tenant, now + minutes(1), now);
      expect(await own(now)).toEqual([{ tenant, next: now + minutes(1), taken: 5 }]);
      await reserve(1, (await stores.inAnotherProcess()).pacer);
      expect(await own(now)).toMatchObject([{ taken: 6 }]);
    });

    it('refuses to reserve no slot', async () => {
      await expect(pacer.reserve(tenant, 0, now, minutes(1))).rejects.toThrow(RangeError);
      await expect(pacer.reserve(tenant, 1.5, now, minutes(1))).rejects.toThrow(RangeError);
    });
  });
}
