import { expect, it } from 'vitest';
import type { OpenDialog, TurnState } from '../../../shared/domain/conversation/turn-state.ts';
import { stepsOf, tooSteep } from '../../linear/steps.ts';

const { responding } = await import('../../support/responding.ts');
const { travelBook } = await import('./support/travel-chat.ts');
const { noTurns } = await import('../../../shared/domain/conversation/turn-state.ts');
const { readTrip } = await import('../../../shared/kinds/travel/change.ts');

function inTheMiddleOf(step: string): TurnState {
  const booking = {
    step,
    ...(step === 'destination' ? {} : { destination: 'Paris', departure: '2026-12-04' }),
    ...(step === 'confirmation' ? { returning: '2026-12-06', travellers: 2 } : {}),
  };
  const dialog: OpenDialog = {
    name: 'book travel',
    title: 'travel booking',
    version: 1,
    state: { dialogStack: [{ id: 'book travel', state: { booking }, version: '' }] },
    prompt: { text: 'Well?' },
  };
  return { ...noTurns, dialog };
}

it.each([
  ['where the trip goes', 'destination'],
  ['when the trip begins', 'departure'],
  ['when the trip ends', 'return'],
  ['how many travel', 'travellers'],
  ['whether that is right', 'confirmation'],
])('twice the text costs twice the steps from somebody who was asked %s', async (_name, step) => {
  const booking = () => responding({ dialogs: travelBook });
  const state = inTheMiddleOf(step);
  // What is made once for all is made now.
  await (await booking())('tomorrow', state);
  expect((await tooSteep(booking, '', state)).join('\n')).toBe('');
});

it.each(['for ', 'friday for '])(
  'twice the text costs not much more than twice the steps from who says a trip at once: %s',
  async (part) => {
    const today = { now: Date.UTC(2026, 10, 23, 9), zone: 'UTC' };
    const costOf = (length: number) =>
      stepsOf(() => readTrip(`Tokyo ${part.repeat(length)}`.slice(0, length).trim(), today));
    await costOf(70);
    const [once, twice] = [await costOf(140), await costOf(280)];
    expect(twice / once).toBeLessThan(3);
  },
);
