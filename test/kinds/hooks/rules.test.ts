import { describe, expect, it } from 'vitest';
import { hookStore } from '../../../shared/kinds/hooks/hook.ts';
import { wordsFor } from '../../../shared/kinds/hooks/words/words.ts';
import { aWholeChat } from '../../support/whole-chat.ts';

const long = 'x'.repeat(201);

describe('a rule of a web hook', () => {
  it.each([
    [
      'secret abc',
      'A secret has 8 to 200 characters, and yours has 3.',
      'Ein Geheimnis hat 8 bis 200 Zeichen, und deines hat 3.',
    ],
    [`secret ${long}`, 'yours has 201', 'deines hat 201'],
    ['answer 404', '202 or as usual, and not "404"', 'oder das Übliche, und nicht „404“'],
    ['answer', 'A tool can be answered 202 or as usual. Say', 'das Übliche. Schreib'],
    ['key a..b', '"a..b" names no field', '„a..b“ nennt kein Feld'],
    ['key', 'There is no field', 'Es fehlt das Feld'],
    [`key ${long}`, '200 characters at most', 'höchstens 200 Zeichen'],
    [
      'mentions maybe',
      'Mentions are on or off, and not "maybe"',
      'Erwähnungen sind an oder aus, und nicht „maybe“',
    ],
    ['reply now', 'Nothing stands behind **reply**', 'Hinter **reply** steht nichts'],
    ['nonsense', '"nonsense" is nothing that a webhook has.', '„nonsense“ hat ein Webhook nicht.'],
  ])('%j is refused by its name, and changes nothing', async (rule, english, german) => {
    for (const [locale, heard] of [
      ['en', english],
      ['de', german],
    ] as const) {
      const chat = await aWholeChat(locale);
      await chat.hears('create webhook ci');
      const said = await chat.hears(`webhook ci ${rule}`);
      expect(said).toContain(heard);
      expect(said).toContain('**webhook ci ');
      expect(said).not.toContain(long);
      const [own] = await hookStore(chat.world).of(chat.key);
      expect(own?.value.rules).toEqual({});
    }
  });

  it('that says 202 is shown with the others', async () => {
    const chat = await aWholeChat();
    await chat.hears('create webhook ci');
    expect(await chat.hears('webhook ci')).toContain('- A post is answered as its tool expects');
    await chat.hears('webhook ci answer 202');
    expect(await chat.hears('webhook ci')).toContain('- Every post is answered **202**');
    await chat.hears('webhook ci answer off');
    expect(await chat.hears('webhook ci')).toContain('- A post is answered as its tool expects');
  });

  it.each([
    ['en', false, 'Only whoever installed me can change the webhooks here.'],
    ['en', true, 'Only whoever installed me or an owner of the team can change the webhooks here.'],
    ['de', false, 'Die Webhooks hier kann nur ändern, wer mich installiert hat.'],
    ['de', true, 'Die Webhooks hier kann nur ändern, wer mich installiert hat oder wem das Team gehört.'],
  ])('%s: is said to be for whom, in a team or not (%j)', (locale, isTeam, heard) => {
    expect(wordsFor(locale).chat.mayNot(undefined, isTeam)).toContain(heard);
    expect(wordsFor(locale).chat.mayNot(undefined, isTeam)).not.toMatch(/a channel|einem Kanal/);
  });
});
