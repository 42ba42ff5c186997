import { expect, it } from 'vitest';
import { describeAttacks } from '../../support/hostile.ts';
import { aWorld } from '../../support/world.ts';
import { travelBook } from './support/travel-chat.ts';

/** What the dialog can be given, with what belongs to somebody else in it. */
const attacks: { readonly [command: string]: readonly string[] } = {
  'book travel': ['book travel', 'book a flight to <told>'],
  cancel: ['cancel'],
  resume: ['resume booking'],
};

describeAttacks(Object.values(attacks).flat(), { makeWorld: aWorld, dialogs: travelBook });

it('every command of the dialog is tried here', () => {
  expect(Object.keys(attacks).sort()).toEqual(travelBook.names.map(({ name }) => name).sort());
});
