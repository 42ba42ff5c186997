import { beforeAll, describe, expect, it } from 'vitest';
import type { OpenDialog, TurnState } from '../../shared/domain/conversation/turn-state.ts';
import type { NotificationId } from '../../shared/domain/ids.ts';
import { beginCounting } from '../support/operations.ts';
import { runs, type Shape, shapes } from './shapes.ts';

// Counting begins before what is counted is loaded.
const { stepsOf } = beginCounting();
const { responding } = await import('../support/responding.ts');
const { commands } = await responding();
const { noTurns } = await import('../../shared/domain/conversation/turn-state.ts');

/** Twice the text, and a little more for what is looked at once. */
const MOST = 2.3;
const LENGTH = 2000;

// The one id that the store knows nothing of.
const NOTIFICATION = 'n'.repeat(43) as NotificationId;

const texts = [...shapes, ...runs];

/** What every command is said with, where it wants more than a text. */
const openings = [
  '',
  'remind me to x ',
  'edit reminder 1 ',
  'snooze 1 ',
  'done 1 ',
  'mute builds ',
  'unmute ',
  'snooze watch ',
  'subscribe to ',
  `snooze notification ${NOTIFICATION} for `,
];

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

function asked(choices?: readonly string[]): TurnState {
  const interruption = {
    notification: NOTIFICATION,
    pushedAt: 1,
    shownAt: 1,
    prompt: { text: 'How was it?' },
    ...(choices === undefined ? {} : { choices }),
  };
  return { ...noTurns, interruptions: [interruption] };
}

const prompts: readonly (readonly [name: string, state: TurnState])[] = [
  ['where the trip goes', inTheMiddleOf('destination')],
  ['when the trip begins', inTheMiddleOf('departure')],
  ['when the trip ends', inTheMiddleOf('return')],
  ['how many travel', inTheMiddleOf('travellers')],
  ['whether that is right', inTheMiddleOf('confirmation')],
  ['to choose', asked(['Great', 'Fine', 'Poor'])],
  ['to look at something', asked()],
];

/** The costs that grow faster than the text, for each of the shapes. */
async function tooSteep(opening: string, state: TurnState): Promise<readonly string[]> {
  const found: string[] = [];
  // Whatever was done before is not counted.
  await stepsOf(() => undefined);
  for (const shape of texts) {
    const once = await costOf(shape, { opening, state, length: LENGTH });
    const twice = await costOf(shape, { opening, state, length: 2 * LENGTH });
    if (twice > once * MOST) found.push(`${shape.name}: ${once} steps, then ${twice}`);
  }
  return found;
}

async function costOf(
  shape: Shape,
  {
    opening,
    state,
    length,
  }: { readonly opening: string; readonly state: TurnState; readonly length: number },
): Promise<number> {
  const respond = await responding();
  const text = `${opening}${shape.ofLength(length)}`;
  return stepsOf(() => respond(text, state));
}

describe('twice the text costs twice the steps', () => {
  beforeAll(async () => {
    // What is made once for all is made now.
    const respond = await responding();
    for (const [, state] of prompts) await respond('tomorrow', state);
    for (const opening of openings) await respond(`${opening}tomorrow`, noTurns);
  });

  it.each([...commands.map((name) => `${name} `), ...openings])(
    'behind "%s"',
    async (opening) => {
      expect((await tooSteep(opening, noTurns)).join('\n')).toBe('');
    },
    90_000,
  );

  it.each(prompts)('from somebody who was asked %s', async (_name, state) => {
    expect((await tooSteep('', state)).join('\n')).toBe('');
  });
});

describe('counting', () => {
  it('sees a loop within a loop', async () => {
    const nested = (length: number) => () => {
      let found = 0;
      for (const one of 'x'.repeat(length)) found += 'x'.repeat(length).indexOf(`${one}y`);
      return found;
    };
    expect((await stepsOf(nested(200))) / (await stepsOf(nested(100)))).toBeGreaterThan(3.5);
  });

  it('of an activity with nothing in it is not nothing', async () => {
    const respond = await responding();
    expect(await stepsOf(() => respond('help', noTurns))).toBeGreaterThan(1000);
  });
});
