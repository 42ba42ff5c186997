import { describe, expect, it } from 'vitest';
import type { CommandName } from '../../shared/chat/commands/command.ts';
import { refuseSameWords } from '../../shared/chat/understanding/phrase-book.ts';
import { TakenTwice } from '../../shared/domain/taken-twice.ts';
import { defineCommand } from '../../shared/kinds/define-kind.ts';
import { aKindChat } from '../support/kind-chat.ts';

function command(name: string, said: CommandName['said'] = {}, usage = name): CommandName {
  return { name, usage, said, does: () => name };
}

const refused = (...commands: readonly CommandName[]) => {
  try {
    refuseSameWords(commands);
    return undefined;
  } catch (error) {
    return error instanceof TakenTwice ? error.word : error;
  }
};

describe('two commands are refused that people could not tell apart', () => {
  it('by their names, with or without an argument', () => {
    expect(refused(command('lunch'), command('lunch'))).toBe('lunch');
    expect(refused(command('lunch'), command('lunch', {}, 'lunch <dish>'))).toBe('lunch');
  });

  it('by what else is said for them, in one language or in two', () => {
    expect(refused(command('a', { de: ['essen'] }), command('b', { de: ['essen'] }))).toBe('essen');
    expect(refused(command('a', { de: ['essen'] }), command('b', { fr: ['essen'] }))).toBe('essen');
    expect(refused(command('essen'), command('b', { de: ['essen'] }))).toBe('essen');
    expect(refused(command('a', { de: ['<was> essen'] }), command('b', { de: ['<gericht> essen'] }))).toBe(
      '<gericht> essen',
    );
  });

  it('and not where one takes an argument and the other none, nor within one command', () => {
    expect(refused(command('a', { de: ['essen'] }), command('b', { de: ['essen <was>'] }))).toBeUndefined();
    expect(refused(command('a', { en: ['a', 'eat'], de: ['eat'] }))).toBeUndefined();
  });
});

it('a command of one’s own that is said like one of the product is refused when the bot is put together', async () => {
  const own = (name: string) =>
    defineCommand({ ...command(name, { de: ['mittagessen'] }), run: async () => ({ text: 'mine' }) });
  await expect(aKindChat(own('topics'))).rejects.toThrow(
    'two have the command "topics": give one of them another, or take its line out of app/app.ts',
  );
  await expect(aKindChat(own('a'), own('b'))).rejects.toThrow('"mittagessen"');
});
