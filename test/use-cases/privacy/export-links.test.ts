import { beforeEach, describe, expect, it } from 'vitest';
import { days, minutes } from '../../../shared/domain/time.ts';
import { exportPasses, exports } from '../../../shared/kinds/exports/exports.ts';
import { exportLinks, LINK_OPENS } from '../../../shared/use-cases/privacy/export-links.ts';
import { aConversation } from '../../support/builders.ts';
import { aWorld } from '../../support/world.ts';

let world: ReturnType<typeof aWorld>;
let links: ReturnType<typeof exportLinks>;
const ana = aConversation();

beforeEach(async () => {
  world = aWorld({ kinds: [exports] });
  await world.knows(ana);
  let keys = 0;
  links = exportLinks({
    ...world,
    passes: exportPasses(world),
    newKey: () => {
      keys += 1;
      return `key-${keys}`.padEnd(43, '_');
    },
  });
});

describe('a link to an export', () => {
  it('opens what is stored of the person, as often as it is opened, for ten minutes', async () => {
    expect(LINK_OPENS).toBe(minutes(10));
    const key = await links.make(ana);
    expect(await links.open(key)).toMatchObject({ format: 'notifier-export/1' });
    world.clock.advance(minutes(10) - 1);
    expect(await links.open(key)).toMatchObject({ format: 'notifier-export/1' });
    world.clock.advance(1);
    expect(await links.open(key)).toBeUndefined();
  });

  it('is the last one that was asked for', async () => {
    const first = await links.make(ana);
    const second = await links.make(ana);
    expect(await links.open(first)).toBeUndefined();
    expect(await links.open(second)).toBeDefined();
  });

  it('is kept as a hash, and goes with the person', async () => {
    const key = await links.make(ana);
    const kept = await exportPasses(world).of(ana.key);
    expect(kept).toHaveLength(1);
    expect(JSON.stringify(kept)).not.toContain(key);
    await world.kinds.forgetPersonalData(ana);
    expect(await links.open(key)).toBeUndefined();
    expect(await exportPasses(world).of(ana.key)).toEqual([]);
  });

  it.each(['', 'x', '../health', 'y'.repeat(43), 'z'.repeat(5000)])('%j opens nothing', async (key) => {
    await links.make(ana);
    expect(await links.open(key)).toBeUndefined();
  });

  it('that a machine with a wrong clock made opens nothing', async () => {
    world.clock.advance(days(2));
    const key = await links.make(ana);
    world.clock.advance(-days(2));
    expect(await links.open(key)).toBeUndefined();
  });
});
