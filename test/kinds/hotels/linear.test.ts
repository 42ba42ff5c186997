import { expect, it } from 'vitest';
import { tooSteep } from '../../linear/steps.ts';

const { responding } = await import('../../support/responding.ts');
const { aHotelWorld } = await import('./support/hotel-world.ts');
const { noTurns } = await import('../../../shared/domain/conversation/turn-state.ts');

it.each(['watch ', 'unwatch ', 'watches ', 'snooze watch ', 'price report '])(
  'twice the text costs twice the steps behind "%s"',
  async (opening) => {
    const answering = () => responding({ world: aHotelWorld() });
    // What is made once for all is made now.
    await (await answering())(`${opening}tomorrow`, noTurns);
    expect((await tooSteep(answering, opening, noTurns)).join('\n')).toBe('');
  },
);
