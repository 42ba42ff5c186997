import { describe, expect, it } from 'vitest';
import { days, minutes } from '../../shared/domain/time.ts';
import { anEvent } from '../support/builders.ts';
import { aChat } from '../support/chat.ts';

const YEAR = days(365);

/** A chat with somebody who is known, in which a machine whose clock is a year ahead answers next. */
async function aChatWithAWrongClock() {
  const chat = aChat();
  const { clock } = chat.world;
  await chat.says('hello');
  const right = clock.now() + minutes(1);
  clock.set(right + YEAR);
  return { chat, heals: () => clock.set(right) };
}

describe('what a machine with a clock a year ahead wrote of a chat', () => {
  it('makes no press of a press that was, for a year', async () => {
    const { chat, heals } = await aChatWithAWrongClock();
    const value = { notifier: 'status', notifierPress: 'abcdefghijklmnop' };
    expect(await chat.hears('', { value })).toContain('I can reach you here');
    heals();
    expect(await chat.hears('', { value })).toContain('I can reach you here');
  });

  it('does not keep a notification that asks something from being answered', async () => {
    const { chat, heals } = await aChatWithAWrongClock();
    const data = { to: { user: '29:ana' }, question: 'Tea?', choices: ['yes', 'no'] };
    await chat.world.publish(
      anEvent({ type: 'survey.requested', data: { ...data, delivery: { mode: 'interrupt' } } }),
    );
    await chat.world.run();
    heals();
    expect(await chat.hears('what is this')).toContain('Tea?');
    expect(await chat.hears('no')).toContain('I noted **no**');
  });

  it('is no time at which the person spoke last, once they speak again', async () => {
    const { chat, heals } = await aChatWithAWrongClock();
    await chat.says('book travel');
    heals();
    await chat.says('Paris');
    expect((await chat.state()).spokeAt).toBe(chat.world.clock.now());
  });

  it('does not take every hello for one that the greeting answered', async () => {
    const chat = aChat();
    const { clock } = chat.world;
    clock.set(clock.now() + YEAR);
    await chat.says('hello');
    clock.set(clock.now() - YEAR);
    expect(await chat.hears('hello')).not.toBe('');
  });
});
