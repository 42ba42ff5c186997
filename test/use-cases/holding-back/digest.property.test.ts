import fc from 'fast-check';
import { expect, it } from 'vitest';
import { messageLimit, weightOf } from '../../../shared/domain/delivery/channel-limits.ts';
import { notificationId } from '../../../shared/domain/ids.ts';
import { minutes, seconds } from '../../../shared/domain/time.ts';
import { anEvent } from '../../support/builders.ts';
import { readIn } from './cards-sent.ts';
import { aPersonWhoIsTold, BURST, statesOf } from './held-person.ts';

/** Texts of every size that an event may have, of letters that weigh one, two, three and six bytes. */
const text = fc
  .record({
    unit: fc.constantFrom(
      'word ',
      'wörter',
      '長い',
      '🎉',
      '👩‍👩‍👧',
      '"\\',
      '\u0001',
      '[a](https://x.example/)',
      'line\n\n',
    ),
    length: fc.oneof(
      { weight: 4, arbitrary: fc.integer({ min: 1, max: 60 }) },
      fc.integer({ min: 1, max: 3000 }),
    ),
  })
  .map(({ unit, length }) => unit.repeat(length));

const message = fc.record({
  text,
  isCard: fc.boolean(),
  waits: fc.integer({ min: 0, max: 2000 }),
  link: fc.integer({ min: 1, max: 700 }),
});

it('whatever comes at once, whoever is told could read 300 characters of it on a card that was sent, once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('msteams', 'webchat', 'telegram', 'sms'),
      fc.array(message, { minLength: 4, maxLength: 70, size: 'max' }),
      async (channelId, messages) => {
        const told = await aPersonWhoIsTold({ channelId });
        const ids = [];
        const texts = [];
        for (const [index, { text: rest, isCard, waits, link }] of messages.entries()) {
          const said = `«${index}» ${rest}`.slice(0, 90_000);
          const body = [{ type: 'TextBlock', text: said }];
          const url = `https://x.example/${'a'.repeat(link)}`;
          const card = {
            type: 'AdaptiveCard',
            body,
            actions: [{ type: 'Action.OpenUrl', title: 'Open', url }],
          };
          const shown = isCard ? { card } : { text: said };
          const event = anEvent({
            data: { to: { conversation: told.ana.key }, ...shown, delivery: { mode: 'adHoc' } },
          });
          if ((await told.world.publish(event)).kind !== 'accepted') continue;
          ids.push(notificationId(event.source, event.id));
          texts.push(said);
          await told.passes(waits);
        }
        const end = told.world.clock.now() + minutes(40);
        while (told.world.clock.now() < end) {
          await told.passes(minutes(1));
          const states = await statesOf(told.world, ids);
          const read = readIn(told.world.channel.shown);
          for (const [place, said] of texts.entries()) {
            const begun = [...said].slice(0, 300).join('');
            const times = read.filter((one) => one.includes(begun)).length;
            // Nobody is told twice, and what nobody could read is not delivered.
            expect([place, states[place], times]).toEqual([
              place,
              states[place],
              states[place] === 'delivered' ? 1 : 0,
            ]);
          }
          if (states.every((state) => state === 'delivered')) break;
        }
        expect(new Set(await statesOf(told.world, ids))).toEqual(new Set(['delivered']));
        const limit = messageLimit(channelId);
        for (const { message: sent } of told.world.channel.requests) {
          expect(weightOf(sent, limit)).toBeLessThanOrEqual(limit.most);
        }
      },
    ),
    { numRuns: 25, endOnFailure: true },
  );
  expect(BURST.window).toBe(seconds(60));
}, 120_000);
