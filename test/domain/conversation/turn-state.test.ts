import { describe, expect, it } from 'vitest';
import { noTurns, pushed, statusOf } from '../../../shared/domain/conversation/turn-state.ts';
import { aNotification } from '../../support/builders.ts';

describe('notifications that lie open', () => {
  const interruption = (pushedAt: number) => ({
    notification: aNotification().id,
    pushedAt,
    prompt: { text: 'How was it?' },
  });

  it('are a few at most, the newest, so that somebody who is away does not fill the row of their dialogs', () => {
    const all = Array.from({ length: 50 }, (_, number) => interruption(number));
    const state = all.reduce(pushed, noTurns);
    expect(state.interruptions).toEqual(all.slice(-8));
    expect(statusOf(state)).toMatchObject({ active: true, interruption: all.at(-1)?.notification });
  });

  it('are on the stack once each, however often they are pushed', () => {
    const [one, other] = [interruption(1), interruption(2)];
    const again = { ...one, pushedAt: 3 };
    expect([one, other, again].reduce(pushed, noTurns).interruptions).toEqual([other, again]);
  });
});
