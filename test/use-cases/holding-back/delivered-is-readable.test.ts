import { describe, expect, it } from 'vitest';
import { minutes, seconds } from '../../../shared/domain/time.ts';
import { readIn } from './cards-sent.ts';
import { aPersonWhoIsTold, statesOf } from './held-person.ts';

type Told = Awaited<ReturnType<typeof aPersonWhoIsTold>>;

/** What number `number` of many says: some short, some long, so that no two begin alike. */
function saying(number: number): string {
  const long = number % 3 === 0 ? ` ${`word ${number} `.repeat(20 * (number % 7))}` : '';
  return `message ${number}, in full.${long}`.trim();
}

async function tellMany(told: Told, count: number, delivery: object = { mode: 'adHoc' }) {
  const texts = Array.from({ length: count }, (_, number) => saying(number));
  const ids = [];
  for (const text of texts) ids.push(await told.tell(text, { ...delivery }));
  return { texts, ids };
}

/** Of what is reported as delivered, what nobody could read. */
async function unread(told: Told, { texts, ids }: Awaited<ReturnType<typeof tellMany>>) {
  const states = await statesOf(told.world, ids);
  const cards = readIn(told.world.channel.shown);
  const delivered = texts.filter((_text, place) => states[place] === 'delivered');
  return {
    delivered: delivered.length,
    unread: delivered.filter((text) => !cards.some((said) => said.startsWith(text.slice(0, 300)))),
  };
}

describe('everything that is reported as delivered could be read', () => {
  it.each([40, 300])('of %i direct messages at once', async (count) => {
    const told = await aPersonWhoIsTold();
    const many = await tellMany(told, count);
    await told.passes(seconds(59));
    expect(await unread(told, many)).toEqual({ delivered: 3, unread: [] });
    await told.passes(minutes(15));
    expect(await unread(told, many)).toEqual({ delivered: count, unread: [] });
  });

  it('of what came in quiet hours', async () => {
    const told = await aPersonWhoIsTold();
    await told.prefers({ quietHours: { from: 8 * 60, to: 10 * 60 } });
    const many = await tellMany(told, 120);
    await told.passes(minutes(59));
    expect(await unread(told, many)).toEqual({ delivered: 0, unread: [] });
    await told.passes(minutes(15));
    expect(await unread(told, many)).toEqual({ delivered: 120, unread: [] });
  });

  it('of what waited for a long booking', async () => {
    const told = await aPersonWhoIsTold();
    await told.speaks();
    const many = await tellMany(told, 60, { maxWait: 'PT2H' });
    for (let part = 0; part < 5; part += 1) {
      await told.passes(minutes(10));
      await told.speaks();
    }
    await told.finishes();
    await told.passes(minutes(15));
    expect(await unread(told, many)).toEqual({ delivered: 60, unread: [] });
  });
});
