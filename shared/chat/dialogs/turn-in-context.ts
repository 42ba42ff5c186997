import type { TurnContext } from 'botbuilder-core';
import type { DialogTurn } from './dialogs.ts';

const KEY = Symbol('turn');

/** Gives dialogs of the library the turn they run in. */
export function carryTurn(context: TurnContext, turn: DialogTurn): void {
  context.turnState.set(KEY, turn);
}

export function turnOf(context: TurnContext): DialogTurn {
  const turn: DialogTurn | undefined = context.turnState.get(KEY);
  if (turn === undefined) throw new Error('a dialog runs in a context without its turn');
  return turn;
}
