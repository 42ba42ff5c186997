import { describe, expect, it } from 'vitest';
import { days, minutes } from '../../shared/domain/time.ts';
import { aBooking } from '../support/booking.ts';
import { anEvent } from '../support/builders.ts';
import { aChat } from '../support/chat.ts';
import { commandsOn } from '../support/reading.ts';

describe('a survey', () => {
  it('asks, takes the answer, publishes it once, and goes back', async () => {
    const chat = await aBooking();
    const id = await chat.survey({ replyTo: 'outcomes', delivery: { mode: 'interrupt' } });
    const { message } = chat.world.channel.shown.at(-1) ?? {};
    expect(commandsOn(message?.card).slice(0, 3)).toEqual([
      `answer ${id} 1`,
      `answer ${id} 2`,
      `answer ${id} 3`,
    ]);
    chat.later();
    chat.news();
    await chat.says('maybe');
    expect(chat.news()).toEqual([
      'How was it?\n\nPlease choose **Great**, **Fine** or **Poor**, or say **done** to leave it, and we go back to your travel booking.',
    ]);
    await chat.says('gre');
    expect(chat.news()).toEqual([
      'Thank you. I noted **Great**. Back to your travel booking.',
      'When do you leave for London?',
    ]);
    expect(chat.world.outcomes.takeAll()).toEqual([
      expect.objectContaining({
        type: 'survey.answered',
        source: '/answers',
        id: expect.stringMatching(new RegExp(`^${id}\\.${chat.key}\\.\\d+$`)),
        subject: `${id}/${chat.key}`,
        sequence: expect.stringMatching(/^\d+$/),
        data: expect.objectContaining({
          question: 'How was it?',
          choice: 'Great',
          addressee: chat.key,
          notification: id,
          event: expect.objectContaining({ source: expect.any(String), id: expect.any(String) }),
          user: '29:ana',
        }),
      }),
    ]);
  });

  it('that nobody wants to hear of is kept and not published', async () => {
    const chat = await aBooking();
    const id = await chat.survey({ delivery: { mode: 'interrupt' } });
    chat.later();
    await chat.says('3');
    expect(chat.world.outcomes.takeAll()).toEqual([]);
    expect([...chat.world.answers.all.values()].map(({ stands }) => stands)).toMatchObject([
      { id: { notification: id }, choice: 'Poor' },
    ]);
  });

  it('may be left without an answer', async () => {
    const chat = await aBooking();
    await chat.survey({ replyTo: 'outcomes', delivery: { mode: 'interrupt' } });
    chat.later();
    chat.news();
    await chat.says('done');
    expect(chat.news()).toEqual(['All right. Back to your travel booking.', 'When do you leave for London?']);
    expect(chat.world.outcomes.takeAll()).toEqual([]);
  });

  it('in a group has a button for each choice, and each person one answer, the last', async () => {
    const chat = aChat();
    const group = { conversation: { id: '19:g', conversationType: 'groupChat', isGroup: true, name: 'g' } };
    await chat.says('hello', group);
    const event = anEvent({
      type: 'survey.requested',
      data: { to: { everyone: true }, question: 'Lunch?', choices: ['Yes', 'No'], replyTo: 'outcomes' },
    });
    await chat.world.publish(event);
    await chat.world.run();
    const { card } = chat.world.channel.shown.at(-1)?.message ?? {};
    const buttons = JSON.stringify(card).match(/answer [\w-]{43} \d/g) ?? [];
    expect(buttons.length).toBe(2);
    await chat.says('', { ...group, value: { notifier: buttons[1] } });
    expect(chat.replies.at(-1)?.text).toBe('Thank you. I noted **No**.');
    await chat.says('', { ...group, value: { notifier: buttons[0] } });
    expect(chat.replies.at(-1)?.text).toBe('Thank you. I noted **Yes**.');
    await chat.says('', { ...group, from: { id: '29:ben', name: 'Ben' }, value: { notifier: buttons[0] } });
    const published = chat.world.outcomes.takeAll().map(({ data }) => [data.user, data.choice]);
    expect(published).toEqual([
      ['29:ana', 'No'],
      ['29:ana', 'Yes'],
      ['29:ben', 'Yes'],
    ]);
  });

  it('holds nobody: it is a card, and whatever is said goes where it is meant for', async () => {
    const chat = await aBooking();
    const id = await chat.survey({ replyTo: 'outcomes' });
    expect((await chat.state()).interruptions).toEqual([]);
    chat.later();
    chat.news();
    await chat.says('next friday');
    expect(chat.news()).toEqual(['When do you come back?']);
    await chat.says('', { value: { notifier: `answer ${id} 2` } });
    expect(chat.news()).toEqual(['Thank you. I noted **Fine**.', 'When do you come back?']);
    chat.world.clock.advance(days(7));
    await chat.says('', { value: { notifier: `answer ${id} 3` } });
    const told = chat.world.outcomes.takeAll();
    expect(told.map(({ data }) => data.choice)).toEqual(['Fine', 'Poor']);
    expect(new Set(told.map((event) => event.id)).size).toBe(2);
    expect(new Set(told.map(({ subject }) => subject))).toEqual(new Set([`${id}/${chat.key}`]));
    expect(Number(told[1]?.sequence)).toBeGreaterThan(Number(told[0]?.sequence));
  });

  it('holds nothing else back', async () => {
    const chat = await aBooking();
    await chat.says('cancel');
    await chat.survey();
    chat.news();
    await chat.publish({ text: 'The canteen closes' });
    expect(chat.news()).toEqual(['The canteen closes']);
  });

  it('takes a choice that is said alone: the newest question that has it', async () => {
    const chat = aChat();
    await chat.says('hello');
    const ask = async (question: string, choices: readonly string[]) => {
      const event = anEvent({
        type: 'survey.requested',
        data: { to: { conversation: chat.key }, question, choices, replyTo: 'outcomes' },
      });
      await chat.world.publish(event);
      await chat.world.run();
      chat.world.clock.advance(minutes(1));
    };
    await ask('Lunch?', ['Yes', 'No']);
    await ask('Dinner?', ['Yes', 'Later']);
    expect(await chat.hears('No')).toBe('Thank you. I noted **No**.');
    expect(await chat.hears('yes')).toBe('Thank you. I noted **Yes**.');
    expect(await chat.hears('help')).toContain('News');
    expect(await chat.hears('maybe')).toContain('did not understand');
    const told = chat.world.outcomes.takeAll().map(({ data }) => [data.question, data.choice]);
    expect(told).toEqual([
      ['Lunch?', 'No'],
      ['Dinner?', 'Yes'],
    ]);
  });

  it('takes a choice in the middle of a dialog only where it was asked later', async () => {
    const chat = await aBooking();
    await chat.survey({ replyTo: 'outcomes' });
    chat.later();
    chat.news();
    await chat.says('great');
    expect(chat.news()).toEqual(['Thank you. I noted **Great**.', 'When do you leave for London?']);
    chat.later();
    await chat.says('great');
    expect(chat.news()).toEqual(['When do you come back?']);
  });

  it('whose button was pressed for something that never was is answered all the same', async () => {
    const chat = await aBooking();
    chat.news();
    await chat.says('', { value: { notifier: `answer ${'x'.repeat(43)} 2` } });
    expect(chat.news()[0]).toBe('That question is not open any more.');
  });

  it.each([
    [{ question: '', choices: ['a'] }, 'data.question'],
    [{ question: 'q', choices: [] }, 'data.choices'],
    [{ question: 'q', choices: ['Yes', 'yes'] }, 'data.choices'],
    [{ question: 'q', choices: ['a\nb'] }, 'data.choices[0]'],
    [{ question: 'q', choices: ['a'], replyTo: 'me' }, 'data.replyTo'],
  ])('%j is refused', async (data, path) => {
    const chat = aChat();
    await chat.world.publish(
      anEvent({ type: 'survey.requested', data: { to: { everyone: true }, ...data } }),
    );
    const parked = await chat.world.parking.listParked({ limit: 10 });
    expect(JSON.stringify(parked.items)).toContain(path);
  });
});
