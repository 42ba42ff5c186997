import { beforeAll, describe, expect, it } from 'vitest';
import type { OpenDialog, TurnState } from '../../shared/domain/conversation/turn-state.ts';
import type { NotificationId } from '../../shared/domain/ids.ts';
import { stepsOf, tooSteep } from './steps.ts';

const { responding } = await import('../support/responding.ts');
const { commands } = await responding();
const { noTurns } = await import('../../shared/domain/conversation/turn-state.ts');

// The one id that the store knows nothing of.
const NOTIFICATION = 'n'.repeat(43) as NotificationId;

/** What every command is said with, where it wants more than a text. */
const openings = [
  '',
  'remind me to x ',
  'edit reminder 1 ',
  'snooze 1 ',
  'done 1 ',
  'mute builds ',
  'unmute ',
  'subscribe to ',
  `snooze notification ${NOTIFICATION} for `,
];

function askedWhere(): TurnState {
  const dialog: OpenDialog = {
    name: 'book travel',
    title: 'travel booking',
    version: 1,
    state: { dialogStack: [{ id: 'book travel', state: { answers: [] }, version: '' }] },
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
  ['where the trip goes', askedWhere()],
  ['to choose', asked(['Great', 'Fine', 'Poor'])],
  ['to look at something', asked()],
];

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
      expect((await tooSteep(responding, opening, noTurns)).join('\n')).toBe('');
    },
    90_000,
  );

  it.each(prompts)('from somebody who was asked %s', async (_name, state) => {
    expect((await tooSteep(responding, '', state)).join('\n')).toBe('');
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
