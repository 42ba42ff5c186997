import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SNOOZED, snoozedData } from '../../../shared/catalog/notification-snoozed.ts';
import { isBusy } from '../../../shared/domain/conversation/dialog-status.ts';
import { isMuted } from '../../../shared/domain/conversation/preferences.ts';
import type { NotificationId } from '../../../shared/domain/ids.ts';
import { type Instant, minutes, parseIsoDuration, seconds } from '../../../shared/domain/time.ts';
import { quietUntil } from '../../../shared/use-cases/holding-back/quiet-hours.ts';
import { DIALOG_IDLE } from '../../support/world.ts';
import { aPersonWhoIsTold, BURST } from './held-person.ts';

const delivery = fc.record({
  mode: fc.constantFrom('wait', 'adHoc', 'replace'),
  maxWait: fc.constantFrom('PT1M', 'PT10M', 'PT40M'),
  onDeadline: fc.constantFrom('deliver', 'drop'),
  urgent: fc.boolean(),
  onUnconfirmed: fc.constantFrom('resend', 'park'),
});

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('tell' as const), delivery }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('announce' as const) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('speak' as const, 'finish' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('quiet' as const),
      minutes: fc.option(fc.integer({ min: 1, max: 180 })),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('mute' as const), minutes: fc.integer({ min: 0, max: 20 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('lose' as const) }) },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), seconds: fc.integer({ min: 1, max: 400 }) }),
  },
);

interface Told {
  readonly id: NotificationId;
  readonly at: Instant;
  readonly mode: string;
  readonly maxWait: number;
  readonly urgent: boolean;
  readonly askedFor: boolean;
}

interface Card {
  readonly at: Instant;
  readonly texts: readonly string[];
  readonly isBusy: boolean;
  readonly isQuiet: boolean;
  readonly isMuted: boolean;
}

it('whatever comes in whatever order, each has one outcome, is told once or not at all, and at no time that it may not be', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const person = await aPersonWhoIsTold();
      const { world, ana } = person;
      const told = new Map<string, Told>();
      const cards: Card[] = [];

      const send = world.channel.sendActivity.bind(world.channel);
      world.channel.sendActivity = async (reference, message) => {
        const now = world.clock.now();
        const { preferences, dialog } = await world.ledger.findDesk(ana.key);
        const { quietHours } = preferences;
        const words = message.text ?? message.summary;
        cards.push({
          at: now,
          texts: [...words.matchAll(/«(\d+)»/g)].map(([, name]) => name ?? ''),
          isBusy: isBusy(dialog, now, DIALOG_IDLE),
          isQuiet: quietHours !== undefined && quietUntil(quietHours, 'UTC', now) !== undefined,
          isMuted: isMuted(preferences, undefined, now),
        });
        return send(reference, message);
      };

      for (const [index, one] of steps.entries()) {
        const now = world.clock.now();
        switch (one.kind) {
          case 'tell': {
            const id = await person.tell(`«${index}»`, one.delivery);
            const maxWait = parseIsoDuration(one.delivery.maxWait) ?? 0;
            told.set(String(index), { id, at: now, ...one.delivery, maxWait, askedFor: false });
            break;
          }
          case 'announce': {
            const id = await world.announce({
              source: '/test',
              eventId: String(index),
              type: SNOOZED,
              data: snoozedData({
                type: 'notification.requested',
                data: { to: { conversation: ana.key }, text: `«${index}»` },
              }),
              conversation: ana.key,
            });
            told.set(String(index), { id, at: now, mode: 'wait', maxWait: 0, urgent: false, askedFor: true });
            break;
          }
          case 'speak':
            await person.speaks();
            break;
          case 'finish':
            await person.finishes();
            break;
          case 'quiet': {
            const { preferences, tag } = await world.preferences.findPreferences(ana.key);
            const { quietHours: _over, ...rest } = preferences;
            const from = Math.floor(now / minutes(1)) % 1440;
            const quietHours =
              one.minutes === null ? {} : { quietHours: { from, to: (from + one.minutes) % 1440 } };
            await world.preferences.savePreferences(ana.key, { ...rest, ...quietHours }, tag);
            await world.release(ana.key);
            break;
          }
          case 'mute': {
            const { preferences, tag } = await world.preferences.findPreferences(ana.key);
            await world.preferences.savePreferences(
              ana.key,
              { ...preferences, mutes: [{ until: now + minutes(one.minutes) }] },
              tag,
            );
            break;
          }
          case 'lose':
            world.deliveries.lose();
            break;
          case 'pass':
            await person.passes(seconds(one.seconds));
            await world.sweep();
            break;
        }
        world.clock.advance(1);
      }
      for (let minute = 0; minute < 300; minute += 5) {
        await person.passes(minutes(5));
        await world.sweep();
      }

      for (const [name, { id, at, mode, maxWait, urgent, askedFor }] of told) {
        const report = await world.report(id, {});
        const [recipient] = report?.recipients ?? [];
        expect(report, name).toMatchObject({ complete: true, addressed: 1 });
        const shown = cards.filter(({ texts }) => texts.includes(name));
        expect([name, recipient?.state, shown.length]).toEqual([
          name,
          recipient?.state,
          recipient?.state === 'delivered' ? 1 : 0,
        ]);
        for (const card of shown) {
          if (!urgent && !askedFor) expect([name, card.isQuiet, card.isMuted]).toEqual([name, false, false]);
          if (mode === 'wait' && !askedFor && card.isBusy) {
            expect(card.at, name).toBeGreaterThanOrEqual(at + maxWait);
          }
        }
      }

      const counted = cards.filter(({ texts }) =>
        texts.some((name) => told.get(name)?.urgent === false && told.get(name)?.askedFor === false),
      );
      for (const { at } of counted) {
        const within = counted.filter((other) => other.at > at - BURST.window && other.at <= at);
        expect(within.length).toBeLessThanOrEqual(BURST.count);
      }
      for (const { texts } of cards) {
        expect(texts.map(Number)).toEqual(texts.map(Number).sort((a, b) => a - b));
      }
    }),
    { numRuns: 150 },
  );
}, 60_000);
