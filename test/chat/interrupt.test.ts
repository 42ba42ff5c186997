import { describe, expect, it } from 'vitest';
import { hours, minutes, seconds } from '../../shared/domain/time.ts';
import { aBooking } from '../support/booking.ts';
import { anEvent } from '../support/builders.ts';
import { aChat } from '../support/chat.ts';

const outcomeOf = async (
  { world, key }: Pick<Awaited<ReturnType<typeof aBooking>>, 'world' | 'key'>,
  notification: Awaited<ReturnType<Awaited<ReturnType<typeof aBooking>>['publish']>>,
) => (await world.ledger.findOutcome({ notification, conversation: key }))?.outcome;

describe('a notification that interrupts', () => {
  it('changes the topic, stays until it is seen, and gives the booking back with its question', async () => {
    const chat = await aBooking();
    await chat.publish({ text: 'The hotel is cheaper', delivery: { mode: 'interrupt' } });
    const [shown] = chat.news();
    expect(shown).toMatch(/^The hotel is cheaper\n\n\*Let us change the topic/);
    expect(shown).toContain('Say **done**');
    expect(shown).toContain('back to your travel booking');
    chat.later();
    await chat.says('Done.');
    expect(chat.news()).toEqual(['All right. Back to your travel booking.', 'When do you leave for London?']);
    await chat.says('next friday');
    expect(chat.news()).toEqual(['When do you come back?']);
  });

  it('asks nothing, so whatever is said next ends it, and goes where it is meant for', async () => {
    for (const [said, answer] of [
      ['subscribe builds', expect.stringContaining('**builds**')],
      ['next friday', undefined],
    ] as const) {
      const chat = await aBooking();
      await chat.publish({ text: 'cheap', delivery: { mode: 'interrupt' } });
      chat.later();
      chat.news();
      await chat.says(said);
      expect(chat.news()).toEqual(
        answer === undefined ? ['When do you come back?'] : [answer, 'When do you leave for London?'],
      );
      expect((await chat.state()).interruptions).toEqual([]);
    }
  });

  it('with a question is told once that it is open, then it ends, and its card still answers', async () => {
    const chat = await aBooking();
    const id = await chat.survey({ delivery: { mode: 'interrupt' }, replyTo: 'outcomes' });
    chat.later();
    chat.news();
    await chat.says('next friday');
    expect(chat.news()).toEqual([expect.stringMatching(/^How was it\?\n\nPlease choose/)]);
    await chat.says('next friday');
    expect(chat.news()).toEqual(['When do you come back?']);
    expect((await chat.state()).interruptions).toEqual([]);
    await chat.says('', { value: { notifier: `answer ${id} 1` } });
    expect(chat.news()).toEqual(['Thank you. I noted **Great**.', 'When do you come back?']);
  });

  it('with a question lets a command through once, and asks again behind it', async () => {
    const chat = await aBooking();
    await chat.survey({ delivery: { mode: 'interrupt' } });
    chat.later();
    chat.news();
    await chat.says('subscribe builds');
    expect(chat.news()).toEqual([
      expect.stringContaining('**builds**'),
      expect.stringMatching(/^How was it\?\n/),
    ]);
    await chat.says('subscriptions');
    expect(chat.news()).toEqual([expect.stringContaining('**builds**'), 'When do you leave for London?']);
  });

  it('begins on its own where there is nothing to go back to', async () => {
    const chat = aChat();
    await chat.says('hello');
    const event = anEvent({
      data: { to: { everyone: true }, text: 'news', delivery: { mode: 'interrupt' } },
    });
    await chat.world.publish(event);
    await chat.world.run();
    expect(chat.sees().at(-1)).toBe('news\n\nSay **done** when you have seen this.');
    expect(await chat.hears('done')).toBe('All right.');
    expect(await chat.hears('done')).toContain('did not understand');
  });

  it('that has a card gets a button of its own, whose press ends it at any time', async () => {
    const chat = await aBooking();
    const id = await chat.publish({
      card: { type: 'AdaptiveCard', body: [] },
      delivery: { mode: 'interrupt' },
    });
    const { message } = chat.world.channel.shown.at(-1) ?? {};
    const notifier = `answer ${id} done`;
    // Its buttons stand above the line that says why the person gets it.
    expect(message?.card?.body).toMatchObject([
      { type: 'TextBlock', text: expect.stringMatching(/^\*Let us change the topic/) },
      { actions: [{ type: 'Action.Submit', title: 'Back to my travel booking', data: { notifier } }] },
      { type: 'Container' },
    ]);
    chat.later();
    chat.news();
    await chat.says('', { value: { notifier } });
    expect(chat.news()).toEqual(['All right. Back to your travel booking.', 'When do you leave for London?']);
    await chat.says('', { value: { notifier } });
    expect(chat.news()).toEqual(['That is done already.', 'When do you leave for London?']);
  });

  it('is over when the person begins something', async () => {
    const chat = await aBooking();
    await chat.publish({ text: 'cheap', delivery: { mode: 'interrupt' } });
    chat.later();
    chat.news();
    await chat.says('book travel');
    expect(chat.news()).toEqual([
      'We are in the middle of your travel booking; **cancel** leaves it.',
      'When do you leave for London?',
    ]);
    expect((await chat.state()).interruptions).toEqual([]);
  });

  it.each([
    ['will have it later', { status: 412, code: 'PreconditionFailed' }, 'The hotel'],
    ['has been blocked by the person', { status: 403, code: 'ConversationBlockedByUser' }, undefined],
  ])('is not left on top by a channel that %s', async (_what, refusal, comesAgain) => {
    const chat = await aBooking();
    chat.world.channel.next('a:1', { result: { kind: 'failed', surelyNotSent: true, ...refusal } });
    await chat.publish({ text: 'The hotel is cheaper', delivery: { mode: 'interrupt' } }, undefined, 0.1);
    expect((await chat.state()).interruptions).toEqual([]);
    expect((await chat.state()).dialog?.prompt.text).toBe('When do you leave for London?');
    await chat.world.run(chat.world.clock.now() + minutes(1));
    expect(chat.news().map((text) => text.slice(0, 9))).toEqual(comesAgain === undefined ? [] : [comesAgain]);
  });

  it('waits for one that came before, and comes when that is over', async () => {
    const chat = await aBooking();
    const first = await chat.survey({ delivery: { mode: 'interrupt' } });
    const second = await chat.survey({ question: 'And the food?', delivery: { mode: 'interrupt' } });
    expect(chat.news()).toEqual([expect.stringMatching(/^How was it\?/)]);
    expect([await outcomeOf(chat, first), await outcomeOf(chat, second)]).toEqual(['delivered', undefined]);
    chat.later();
    await chat.says('fine');
    await chat.world.run(chat.world.clock.now() + seconds(5));
    expect(chat.news().slice(-2)).toEqual([
      'When do you leave for London?',
      expect.stringMatching(/^And the food\?/),
    ]);
    expect(await outcomeOf(chat, second)).toBe('delivered');
  });

  it('that nobody answers does not hold the next one back for ever', async () => {
    const chat = await aBooking();
    await chat.survey({ delivery: { mode: 'interrupt' } });
    await chat.survey({ question: 'And the food?', delivery: { mode: 'interrupt' } });
    await chat.world.run(chat.world.clock.now() + minutes(20));
    expect(chat.news()).toEqual([expect.stringMatching(/^How/), expect.stringMatching(/^And the food\?/)]);
    chat.later();
    await chat.says('great');
    expect(chat.news()).toEqual([
      'Thank you. I noted **Great**. Back to the earlier question.',
      expect.stringMatching(/^How was it\?/),
    ]);
    await chat.says('2');
    expect(chat.news()).toEqual([
      'Thank you. I noted **Fine**. Back to your travel booking.',
      'When do you leave for London?',
    ]);
  });

  it('that the person said something before it was shown leaves what they said to the booking', async () => {
    const chat = await aBooking();
    await chat.publish({ text: 'cheap', delivery: { mode: 'interrupt' } });
    chat.news();
    // The activity arrived before the request that shows the notification was made.
    chat.world.clock.set(chat.world.clock.now() - seconds(10));
    await chat.says('next friday');
    expect(chat.news()[0]).toContain('When do you come back?');
    chat.later();
    chat.world.clock.advance(seconds(10));
    await chat.says('done');
    expect(chat.news()).toEqual(['All right. Back to your travel booking.', 'When do you come back?']);
  });

  it('in a group is told like any other', async () => {
    const chat = aChat();
    await chat.says('hello', {
      conversation: { id: '19:g', conversationType: 'groupChat', isGroup: true, name: 'g' },
    });
    await chat.world.publish(
      anEvent({ data: { to: { everyone: true }, text: 'for all', delivery: { mode: 'interrupt' } } }),
    );
    await chat.world.run();
    expect(chat.world.channel.textsIn('19:g')).toEqual([expect.stringContaining('Hello'), 'for all']);
  });
});

describe('a notification that replaces', () => {
  it('cancels the booking and says so', async () => {
    const chat = await aBooking();
    await chat.publish({ text: 'All flights are off', delivery: { mode: 'replace' } });
    expect(chat.news()).toEqual([
      'All flights are off\n\n*I left your travel booking to tell you this. Your answers are kept for a day.*',
    ]);
    expect(await chat.hears('next friday')).toContain('did not understand');
    const { message } = chat.world.channel.shown.findLast((one) => one.message.card !== undefined) ?? {};
    expect(JSON.stringify(message?.card)).toContain('"notifier":"resume"');
    expect(await chat.hears('resume booking')).toBe(
      'Back to your travel booking.\nWhen do you leave for London?',
    );
    expect(await chat.hears('resume booking')).toContain('We are in the middle of your travel booking');
    expect(await chat.hears('next friday')).toBe('When do you come back?');
  });

  it('keeps the answers for a day', async () => {
    const chat = await aBooking();
    await chat.publish({ text: 'off', delivery: { mode: 'replace' } });
    chat.world.clock.advance(hours(23));
    expect((await chat.state()).kept?.dialog.name).toBe('book travel');
    chat.world.clock.advance(hours(1));
    expect(await chat.hears('resume booking')).toContain('nothing to go on with');
  });

  it('says nothing of the kind where there was nothing to cancel', async () => {
    const chat = aChat();
    await chat.says('hello');
    const event = anEvent({ data: { to: { everyone: true }, text: 'x', delivery: { mode: 'replace' } } });
    await chat.world.publish(event);
    await chat.world.run();
    expect(chat.sees().at(-1)).toBe('x');
  });

  it('says what it cancelled when its first request was surely refused', async () => {
    const chat = await aBooking();
    chat.world.channel.next('a:1', {
      result: { kind: 'failed', status: 412, code: 'PreconditionFailed', surelyNotSent: true },
    });
    await chat.publish({ text: 'off', delivery: { mode: 'replace' } });
    await chat.world.run(chat.world.clock.now() + minutes(1));
    expect(chat.news()).toEqual([
      'off\n\n*I left your travel booking to tell you this. Your answers are kept for a day.*',
    ]);
  });
});
