import { describe, expect, it } from 'vitest';
import { aBooking } from '../support/booking.ts';
import { aWholeChat } from '../support/whole-chat.ts';

describe('an answer that somebody types as its button says it', () => {
  it.each([
    ['en', 'answer $ 3', '"3" is none of the choices. You can choose 1 (**Soup**) or 2 (**Salad**).'],
    ['en', 'answer $ 0', '"0" is none of the choices. You can choose 1 (**Soup**) or 2 (**Salad**).'],
    ['en', 'answer $ 100', '"100" is none of the choices. You can choose 1 (**Soup**) or 2 (**Salad**).'],
    [
      'en',
      'answer $ *pizza*',
      '"\\*pizza\\*" is none of the choices. You can choose 1 (**Soup**) or 2 (**Salad**).',
    ],
    ['en', 'answer $', 'You can choose 1 (**Soup**) or 2 (**Salad**).'],
    ['en', 'answer $ with salad.', 'Thank you. I noted **Salad**.'],
    ['de', 'antworte $ 3', '„3“ steht nicht zur Wahl. Wählen kannst du 1 (**Soup**) oder 2 (**Salad**).'],
    [
      'de',
      'antworte $ pizza',
      '„pizza“ steht nicht zur Wahl. Wählen kannst du 1 (**Soup**) oder 2 (**Salad**).',
    ],
    ['de', 'antworte $ 1', 'Danke. Ich habe **Soup** notiert.'],
    ['de', 'antwort $ mit Salad', 'Danke. Ich habe **Salad** notiert.'],
    ['de', 'antworte $ fertig', 'Das ist schon erledigt.'],
  ])('%s: %j', async (locale, text, heard) => {
    const chat = await aWholeChat(locale);
    const id = await chat.isAsked();
    expect(await chat.hears(text.replace('$', id))).toBe(heard);
  });

  it('says again no more of what was no choice than 60 characters', async () => {
    const chat = await aWholeChat();
    const id = await chat.isAsked();
    expect(await chat.hears(`answer ${id} ${'x'.repeat(1000)}`)).toContain(`"${'x'.repeat(60)}" is none`);
  });

  it('and is none of the choices leaves a question that lies on top open', async () => {
    const chat = await aBooking();
    const id = await chat.survey({ delivery: { mode: 'interrupt' } });
    chat.later();
    expect(await chat.hears(`answer ${id} 7`)).toContain('"7" is none of the choices');
    expect((await chat.state()).interruptions.length).toBe(1);
    expect(await chat.hears(`answer ${id} fine`)).toContain('I noted **Fine**. Back to your travel booking.');
    expect((await chat.state()).interruptions).toEqual([]);
  });

  it('tells the choices of no question to whoever was not asked', async () => {
    const chat = await aWholeChat();
    const id = await chat.isAsked();
    const other = { conversation: { id: 'a:2', conversationType: 'personal' }, from: { id: '29:eve' } };
    await chat.says(`answer ${id} 9`, other);
    expect(chat.replies.at(-1)?.text).toBe('That question is not open any more.');
  });
});
