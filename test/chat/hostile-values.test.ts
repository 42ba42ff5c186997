import { describe, expect, it } from 'vitest';
import { wordsFor as wordsOfReminders } from '../../shared/kinds/reminders/words/words.ts';
import { wordsFor } from '../../shared/locale/words.ts';
import { aVictim, colleague, describeAttacks } from '../support/hostile.ts';
import { tripBook } from '../support/trip.ts';

/** What each command can be given, with what belongs to somebody else in it. */
const attacks: { readonly [command: string]: readonly string[] } = {
  answer: ['answer <asked> 1', 'answer <buttons> 2', 'answer <told> 1', 'answer <asked> done'],
  'book travel': ['book travel'],
  cancel: ['cancel'],
  console: ['console', 'konsole'],
  'cancel reminder': ['cancel reminder 1', 'cancel reminder meet the lawyer'],
  done: ['done 1', 'done'],
  'edit reminder': ['edit reminder 1 in 5 minutes'],
  'export my data': ['export my data'],
  'forget me': ['forget me', 'forget me now', 'yes'],
  help: ['help'],
  missed: ['missed', 'verpasst'],
  mute: ['mute secret-plan for 1 hour', 'mute'],
  'mute reminder': ['mute reminder 1', 'mute reminder meet the lawyer'],
  'notify me here': ['notify me here'],
  'quiet hours': ['quiet hours off', 'quiet hours'],
  'remind me': ['remind me to meet the lawyer in 1 hour'],
  reminders: ['reminders'],
  resume: ['resume', 'resume booking'],
  'set reminder': ['set reminder "meet the lawyer" in 1 hour', 'set reminder "'],
  'show all': ['show all <told>', 'show all <asked> and older', `show all <told> ${'m'.repeat(43)} 1`],
  snooze: ['snooze 1 1 hour', 'snooze 1 until tomorrow'],
  'snooze notification': ['snooze notification <told> for 1 hour', 'snooze notification <asked> for 1 hour'],
  status: ['status'],
  stop: ['stop', 'turn off notifications'],
  subscribe: ['subscribe secret-plan'],
  subscriptions: ['subscriptions'],
  timezone: ['timezone', 'timezone UTC'],
  topics: ['topics'],
  'unmute reminder': ['unmute reminder 1'],
  unmute: ['unmute', 'unmute secret-plan'],
  unsubscribe: ['unsubscribe secret-plan', 'unsubscribe all'],
};

describeAttacks(Object.values(attacks).flat());

describe('what a text or a button names', () => {
  it('is tried here for every command that there is', async () => {
    const { names } = await aVictim();
    const all = [...names, ...tripBook.names.map(({ name }) => name), 'answer'];
    expect(Object.keys(attacks).sort()).toEqual([...new Set(all)].sort());
    // Whatever has words in `help` is a command, wherever it is made.
    for (const words of [wordsFor('en'), wordsOfReminders('en')])
      for (const name of Object.keys(words.commands)) expect(Object.keys(attacks)).toContain(name);
  });

  it('is answered kindly where it is somebody else’s notification', async () => {
    const { chat, asked, told } = await aVictim();
    await chat.says('hello there', colleague);
    const hears = (notifier: string) => chat.hears('', { ...colleague, value: { notifier } });
    expect(await hears(`answer ${asked} 1`)).toBe('That question is not open any more.');
    expect(await hears(`snooze notification ${told} for 1 hour`)).toBe(wordsFor('en').why.noSuchNotification);
  });
});
