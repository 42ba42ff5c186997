import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { JsonObject } from '../../../shared/domain/event/notification.ts';
import { conversationKey, type NotificationId, notificationId } from '../../../shared/domain/ids.ts';
import { days, hours, minutes } from '../../../shared/domain/time.ts';
import { openHooks } from '../../../shared/kinds/hooks/hooks.ts';
import { anEvent } from '../../support/builders.ts';
import { aChat } from '../../support/chat.ts';
import { everyCommand } from '../../support/every-command.ts';
import { newsOf } from '../../support/reading.ts';
import { aHotelWorld } from './support/hotel-world.ts';

const OBJECT_ID = '5b6f1a10-0000-4000-8000-00000000000a';
const places = ['a:1', 'a:2', 'a:3'] as const;
type Place = (typeof places)[number];
const key = (id: string) => conversationKey('msteams', id);
const HOTELS = { 'a:1': 'Vegas Grand', 'a:2': 'Alpine Lodge', 'a:3': 'Harbour Inn' } as const;

/** Somebody under another id in each conversation, as long as no object id says that all are hers. */
const at = (id: Place, knows: boolean) => ({
  conversation: { id, conversationType: 'personal', isGroup: false, name: '', tenantId: 'contoso' },
  from: { id: `29:${id}`, name: 'Ana', ...(knows ? { aadObjectId: OBJECT_ID } : {}) },
});

const story = fc.record({
  met: fc.shuffledSubarray([...places], { minLength: 3 }),
  wishes: fc.uniqueArray(
    fc.record({
      place: fc.constantFrom(...places),
      what: fc.constantFrom(
        'question',
        'held back',
        'quiet hours',
        'zone',
        'watch',
        'reminder',
        'hook',
        'topic',
        'cut',
      ),
    }),
    { selector: ({ place, what }) => `${place} ${what}`, minLength: 6 },
  ),
  known: fc.shuffledSubarray([...places], { minLength: 3 }),
  asks: fc.constantFrom(...places),
});

it('no wish is lost, and nothing is told twice, whichever of somebody’s conversations turn out to be hers', async () => {
  await fc.assert(
    fc.asyncProperty(story, async ({ met, wishes, known, asks }) => {
      const world = aHotelWorld({ kinds: [openHooks] });
      const { answer } = await everyCommand(world);
      const chat = aChat({ world, more: { answer } });
      const seen = (text: string) =>
        world.channel.shown.filter(({ message }) => newsOf(message).startsWith(text)).length;
      const tell = async (data: JsonObject, type?: string): Promise<NotificationId> => {
        const event = anEvent({ ...(type === undefined ? {} : { type }), time: world.clock.now(), data });
        await world.publish(event);
        await world.run(world.clock.now() + minutes(1));
        return notificationId(event.source, event.id);
      };
      for (const name of Object.values(HOTELS)) {
        const hotel = { hotelId: name, hotelName: name, city: 'Nowhere', price: 200, currency: 'USD' };
        await tell(hotel, 'hotel.price.changed');
      }
      for (const place of met) {
        await chat.says('hello', at(place, false));
        world.clock.advance(minutes(1));
      }
      const questions: NotificationId[] = [];
      const has = (what: string) => wishes.filter((one) => one.what === what).map(({ place }) => place);
      const to = (place: Place) => ({ to: { conversation: key(place) } });
      const says = async (what: string, text: (place: Place) => string) => {
        for (const place of has(what)) await chat.says(text(place), at(place, false));
      };
      for (const place of has('question')) {
        const survey = { ...to(place), question: `From ${place}?`, choices: ['yes', 'no'] };
        questions.push(await tell(survey, 'survey.requested'));
      }
      for (const place of has('cut'))
        await tell({ ...to(place), text: `Cut ${place}. ${'word '.repeat(20_000)}` });
      await says('watch', (place) => `watch ${HOTELS[place]}`);
      await says('reminder', (place) => `remind me to ring ${place.slice(2)} in 2 days`);
      await says('hook', (place) => `create webhook hook-${place.slice(2)}`);
      await says('topic', (place) => `subscribe topic-${place.slice(2)}`);
      await says('zone', (place) => `timezone ${place === 'a:1' ? 'Europe/Berlin' : 'Europe/Lisbon'}`);
      for (const place of has('held back')) {
        await chat.says('book travel', at(place, false));
        await tell({ ...to(place), text: `held ${place}.` });
      }
      await says('quiet hours', () => 'quiet hours 01:00-02:00');

      for (const place of known) await chat.says('hello', at(place, true));
      await world.run(world.clock.now() + hours(1));
      expect((await world.conversations.listConversations({ limit: 10 })).items).toHaveLength(1);
      const [one] = (await world.conversations.listConversations({ limit: 10 })).items;
      if (one === undefined) throw new Error('she was met');

      const { preferences } = await world.preferences.findPreferences(one.key);
      expect(preferences.quietHours !== undefined).toBe(has('quiet hours').length > 0);
      expect(preferences.timeZone !== undefined).toBe(has('zone').length > 0);
      const own = JSON.stringify(await world.kinds.exportPersonalData(one.key));
      for (const place of has('watch')) expect(own).toContain(HOTELS[place]);
      for (const place of has('reminder')) expect(own).toContain(`ring ${place.slice(2)}`);
      for (const place of has('hook')) expect(own).toContain(`hook-${place.slice(2)}`);
      const topics = (await world.subscriptions.subscriptionsOf(one.key)).map(({ topic }) => topic);
      expect([...topics].sort()).toEqual(
        has('topic')
          .map((place) => `topic-${place.slice(2)}`)
          .sort(),
      );
      for (const place of has('held back')) expect(seen(`held ${place}.`)).toBe(1);
      for (const id of questions)
        expect(await chat.hears(`answer ${id} 1`, at(asks, true))).toContain('I noted **yes**');
      await chat.says('cancel', at(asks, true));
      const missed = await chat.hears('missed', at(asks, true));
      if (has('cut').length > 0) expect(missed).toMatch(/Cut a:\d/);
      world.clock.advance(days(2));
      for (let tick = 0; tick < 3; tick += 1) {
        await world.fire();
        await world.run(world.clock.now() + minutes(1));
        world.clock.advance(minutes(1));
      }
      const told = world.channel.shown.map(({ message }) => newsOf(message)).join('\n');
      for (const place of has('reminder')) expect(told).toContain(`ring ${place.slice(2)}`);
    }),
    { numRuns: 60 },
  );
}, 300_000);
