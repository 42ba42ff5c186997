import { expect, it } from 'vitest';
import { aWholeChat } from '../support/whole-chat.ts';

it.each([
  ['en', 'subscirbe builds', 'Did you mean **subscribe builds**?'],
  ['en', 'postpoen 2 tomorrow', 'Did you mean **postpone 2 tomorrow**?'],
  ['en', 'quiethours 22-7', 'Did you mean **quiet hours 22-7**?'],
  ['en', 'foo bar', 'I did not understand that. **help** shows what I do.'],
  ['de', 'abonier builds', 'Meinst du **abonniere builds**?'],
  ['de', 'erinerung morgen um 9 Zahnarzt', 'Meinst du **erinnerung morgen um 9 Zahnarzt**?'],
  ['de', 'verscheibe 2 morgen', 'Meinst du **verschiebe 2 morgen**?'],
  ['de', 'irgendwas', 'Das habe ich nicht verstanden. **hilfe** zeigt, was ich kann.'],
])('%s: %j is answered by what was meant, or by help', async (locale, text, heard) => {
  const chat = await aWholeChat(locale);
  expect(await chat.hears(text)).toContain(heard);
});

it('looks at the beginning of a long text only, and says no more of it than was said', async () => {
  const chat = await aWholeChat();
  const said = await chat.hears(`subscirbe ${'a b '.repeat(900)}`);
  expect(said.length).toBeLessThan(400);
});
