import { describe, expect, it } from 'vitest';
import { phraseBook } from '../../../shared/chat/understanding/phrase-book.ts';
import { notificationId } from '../../../shared/domain/ids.ts';
import { hours } from '../../../shared/domain/time.ts';
import { findHotel } from '../../../shared/kinds/hotels/commands/find-hotel.ts';
import { hotelCommands } from '../../../shared/kinds/hotels/commands/hotel-commands.ts';
import { hotelKey } from '../../../shared/kinds/hotels/prices/hotel.ts';
import type { PriceReportRequest } from '../../../shared/kinds/hotels/prices/price-report.ts';
import { aConversation } from '../../support/builders.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';
import { inMemoryStores } from '../../support/fakes/stores/in-memory-stores.ts';
import { hotelStores } from './support/hotel-world.ts';

type Known = readonly [id: string, name: string, city: string, price: number, currency?: string];

const some: readonly Known[] = [
  ['1', 'Vegas Grand', 'Las Vegas', 200],
  ['2', 'Hotel Adlon', 'Berlin', 310, 'EUR'],
  ['3', 'Plaza', 'New York', 400],
  ['4', 'Plaza', 'Madrid', 180, 'EUR'],
];

async function aChat(known: readonly Known[] = some) {
  const clock = new FakeClock();
  const memory = inMemoryStores({ clock });
  const stores = { ...memory, ...hotelStores(memory) };
  const conversation = aConversation();
  const asked: PriceReportRequest[] = [];
  for (const [id, name, city, price, currency = 'USD'] of known) {
    const point = { at: 1, price, currency, event: notificationId('s', id) };
    await stores.hotels.save({ key: hotelKey(id), name, city, prices: [point] });
  }
  const commands = [
    ...hotelCommands({ ...stores, askForPriceReport: async (request) => void asked.push(request) }),
  ];
  return {
    ...stores,
    clock,
    conversation,
    asked,
    async says(text: string) {
      const read = phraseBook(commands).read(text);
      if (read === undefined) throw new Error(`"${text}" is no command`);
      const turn = { id: notificationId('turn', text), at: clock.now(), conversation, text, locale: 'en' };
      return read.command.run(turn, read.argument);
    },
    stateOf: async (id: string) => (await stores.watches.find(conversation.key, hotelKey(id)))?.watch.state,
  };
}

describe('watch', () => {
  it('begins at the price now, tells it, and waits for a fall of 20 % unless something else is said', async () => {
    const chat = await aChat();
    const reply = await chat.says('Watch vegas grand');
    expect(reply.text).toBe(
      'Done. I watch **Vegas Grand** in Las Vegas. It costs **$200** now. I will tell you here when it falls by 20% or more.',
    );
    expect(await chat.stateOf('1')).toMatchObject({
      baseline: 200,
      currency: 'USD',
      condition: { kind: 'drop', percent: 20 },
    });
  });

  it.each([
    ['watch Vegas Grand below 150', { kind: 'below', price: 150 }],
    ['watch Vegas Grand below $1,500.50', { kind: 'below', price: 1500.5 }],
    ['watch vegas grand under 150 usd', { kind: 'below', price: 150 }],
    ['watch Vegas Grand drop 10%', { kind: 'drop', percent: 10 }],
    ['watch Vegas Grand drops by 12,5 percent or more', { kind: 'drop', percent: 12.5 }],
    ['WATCH VEGAS GRAND, LAS VEGAS DROP 5', { kind: 'drop', percent: 5 }],
  ])('reads %j', async (said, condition) => {
    const chat = await aChat();
    expect((await chat.says(said)).text).toMatch(/^Done\./);
    expect((await chat.stateOf('1'))?.condition).toEqual(condition);
  });

  it.each([
    ['watch Vegas Grand below', 'Below which price?'],
    ['watch Vegas Grand below 0', 'Below which price?'],
    ['watch Vegas Grand below 1,2,3', 'Below which price?'],
    ['watch Vegas Grand drop', 'By how much?'],
    ['watch Vegas Grand drop 0%', 'By how much?'],
    ['watch Vegas Grand drop 100%', 'By how much?'],
    ['watch Vegas Grand below €150', 'come in USD, not in EUR'],
  ])('answers %j with the rule, and watches nothing', async (said, rule) => {
    const chat = await aChat();
    expect((await chat.says(said)).text).toContain(rule);
    expect(await chat.watches.of(chat.conversation.key)).toEqual([]);
  });

  it('finds hotels that are called like a condition', async () => {
    const chat = await aChat([
      ['1', 'Drop Inn', 'Leeds', 80],
      ['2', 'The Below Deck', 'Hamburg', 90],
    ]);
    expect((await chat.says('watch drop inn')).text).toContain('**Drop Inn**');
    expect((await chat.says('watch drop inn drop 30%')).text).toContain('30%');
    expect((await chat.says('watch the below deck')).text).toContain('**The Below Deck**');
  });

  it('of a price that is below already says so', async () => {
    expect((await (await aChat()).says('watch Vegas Grand below 250')).text).toContain(
      'That is below already; I will tell you here when it falls below $250 again.',
    );
  });

  it('offers near misses with the condition that was said', async () => {
    const reply = await (await aChat()).says('watch vegsa gand below 150');
    expect(reply.suggestions).toEqual(['watch Vegas Grand, Las Vegas below 150']);
  });

  it('asks which one where several bear the name, and takes the city', async () => {
    const chat = await aChat();
    const reply = await chat.says('watch plaza');
    expect(reply.suggestions).toEqual(['watch Plaza, New York', 'watch Plaza, Madrid']);
    expect((await chat.says(reply.suggestions?.[1] ?? '')).text).toContain(
      'in Madrid. It costs **€180** now.',
    );
  });

  it('of an unknown hotel, of none, and before any is known says what there is', async () => {
    const chat = await aChat();
    expect((await chat.says('watch Atlantis')).text).toContain('I have seen no prices of **Atlantis** yet');
    expect((await chat.says('watch')).text).toContain('Which hotel?');
    expect((await (await aChat([])).says('watch Atlantis')).text).toContain('I know no hotels yet');
  });

  it('said again changes the condition', async () => {
    const chat = await aChat();
    await chat.says('watch adlon');
    expect((await chat.says('watch Adlon below 250')).text).toMatch(/^Changed\. .*€250\./);
    expect((await chat.watches.of(chat.conversation.key)).length).toBe(1);
  });
});

describe('a name that people say in words of their own', () => {
  it('finds a hotel with the words around its name, and none by these alone', () => {
    const hotels = [{ key: hotelKey('vegas-grand'), name: 'Vegas Grand', city: 'Las Vegas' }];
    expect(findHotel('the Vegas Grand in Las Vegas', hotels).kind).toBe('found');
    expect(findHotel('the hotel', hotels).kind).toBe('none');
  });
});

describe('watches and unwatch', () => {
  it('list what is watched, and end it', async () => {
    const chat = await aChat();
    await chat.says('watch vegas grand below 150');
    await chat.says('watch adlon');
    expect((await chat.says('watches')).text).toBe(
      [
        'I tell you here:',
        '',
        '- **Hotel Adlon**, Berlin: when it falls by 20% or more (from €310)',
        '- **Vegas Grand**, Las Vegas: when it falls below $150',
      ].join('\n'),
    );
    expect((await chat.says('unwatch Vegas Grand, Las Vegas')).text).toContain(
      'no longer watch **Vegas Grand**',
    );
    expect((await chat.says('unwatch vegas')).text).toContain('You do not watch **vegas**');
    expect((await chat.says('unwatch')).suggestions).toEqual(['unwatch Hotel Adlon, Berlin']);
    expect((await chat.says('unwatch all')).text).toContain('no longer watch');
    expect((await chat.says('watches')).text).toContain('no hotel yet');
    expect((await chat.says('unwatch adlon')).text).toContain('You watch no hotel');
  });

  it('end the watch of a hotel that has another name by now', async () => {
    const chat = await aChat();
    await chat.says('watch vegas grand');
    const { hotel, tag } = (await chat.hotels.find(hotelKey('1'))) ?? {};
    if (hotel === undefined) throw new Error('the hotel is known');
    await chat.hotels.save({ ...hotel, name: 'The Nugget' }, tag);
    expect((await chat.says('unwatch The Nugget, Las Vegas')).text).toContain('Done.');
    expect(await chat.watches.of(chat.conversation.key)).toEqual([]);
  });
});

describe('snooze watch', () => {
  it.each([
    ['snooze watch vegas grand', 24],
    ['snooze watch Vegas Grand, Las Vegas for 1 day', 24],
    ['snooze watch vegas grand for 2 hours', 2],
    ['snooze watch vegas grand a week', 168],
    ['pausiere Beobachtung Vegas Grand', 24],
    ['pausiere die Beobachtung von Vegas Grand für 2 Stunden', 2],
    ['Beobachtung pausieren Vegas Grand für eine Woche', 168],
    ['pausiere Beobachtung Vegas Grand für einen Tag', 24],
    ['pausiere Beobachtung Vegas Grand 3 Tage', 72],
  ])('%j tells nothing for so long', async (said, length) => {
    const chat = await aChat();
    await chat.says('watch vegas grand');
    expect((await chat.says(said)).text).toContain('Done.');
    expect((await chat.stateOf('1'))?.snoozedUntil).toBe(chat.clock.now() + hours(length));
    expect((await chat.says('watches')).text).toContain(', snoozed');
  });

  it('of what is not watched says so', async () => {
    expect((await (await aChat()).says('snooze watch adlon')).text).toContain('You watch no hotel');
  });
});

describe('price report', () => {
  it('says at once that it takes a while, and asks for the report under the id of what was said', async () => {
    const chat = await aChat();
    expect((await chat.says('price report adlon')).text).toContain('That takes a while');
    expect(chat.asked).toEqual([
      {
        id: notificationId('turn', 'price report adlon'),
        conversation: chat.conversation.key,
        hotel: hotelKey('2'),
      },
    ]);
  });

  it('of an unknown hotel asks for none and offers those that are known', async () => {
    const chat = await aChat();
    expect((await chat.says('price report atlantis')).text).toContain('no prices of **atlantis** yet');
    expect((await chat.says('price report adlno')).suggestions).toEqual(['price report Hotel Adlon, Berlin']);
    expect(chat.asked).toEqual([]);
  });
});
