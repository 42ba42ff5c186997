import { describe, expect, it } from 'vitest';
import type { Command } from '../../shared/chat/commands/command.ts';
import { subscribe, unsubscribe } from '../../shared/chat/commands/subscribe.ts';
import { openHooks } from '../../shared/kinds/hooks/hooks.ts';
import { everyCommand } from '../support/every-command.ts';
import { aWholeChat } from '../support/whole-chat.ts';
import { aWorld } from '../support/world.ts';

async function everything() {
  const commands: Command[] = [];
  const world = aWorld({ kinds: [openHooks] });
  const { answer, deps } = await everyCommand(world, (command) => {
    commands.push(command);
    return command;
  });
  const managed = { ...deps, mayManage: async () => ({ may: true as const }) };
  return { answer, commands: [...commands, subscribe(managed), unsubscribe(managed)] };
}

const phrasesOf = ({ name, said = {} }: Command) => [name, ...Object.values(said).flat()];

it('whatever is said in a person’s own words is that, also where it ends like another command', async () => {
  const { answer, commands } = await everything();
  const own = commands.filter(({ takesWords }) => takesWords === true);
  expect(own.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['remind me', 'set reminder', 'webhook']),
  );
  const behind = commands.flatMap(phrasesOf).filter((phrase) => /^[<[].*[>\]] /.test(phrase));
  expect(behind).toEqual(
    expect.arrayContaining(['<thema> nicht mehr stumm', '<thema> stummschalten', '<thema> abbestellen']),
  );
  const wrong = own.flatMap((command) =>
    phrasesOf(command).flatMap((phrase) =>
      behind.flatMap((other) => {
        const begun = phrase.replace(/\s*[<[].*/, '');
        const text = `${begun} "x" morgen um 9 ${other.replace(/^[<[].*[>\]] /, '')}`;
        const wishes = [text, `${text}.`, `bitte ${text}`, `hi, ${text} bitte`];
        return wishes.filter((one) => answer.nameOf(one) !== command.name);
      }),
    ),
  );
  expect(wrong).toEqual([]);
});

describe.each(['en', 'de'])('%s: a reminder', (locale) => {
  it.each([
    ['erinnere mich morgen um 9 builds nicht mehr stummschalten', 'builds nicht mehr stummschalten'],
    ['erinnere mich morgen um 9 mikro nicht mehr stumm', 'mikro nicht mehr stumm'],
    ['erinner mich morgen um 9 handy stummschalten', 'handy stummschalten'],
    ['erinnerung morgen um 9 zeitung abbestellen', 'zeitung abbestellen'],
    ['remind me tomorrow at 9 zeitung abbestellen', 'zeitung abbestellen'],
    ['morgen um 9 erinnere mich handy stummschalten', 'handy stummschalten'],
  ])('%j mutes nothing and ends nothing', async (text, what) => {
    const chat = await aWholeChat(locale);
    expect(await chat.hears(text)).toMatch(new RegExp(`\\*\\*1\\*\\*.*: ${what}`));
    expect((await chat.world.preferences.findPreferences(chat.key)).preferences.mutes).toEqual([]);
  });
});

it('words behind a topic are the command still where nobody speaks in their own words', async () => {
  const { answer } = await everything();
  expect(answer.nameOf('builds stummschalten')).toBe('mute');
  expect(answer.nameOf('builds nicht mehr stumm')).toBe('unmute');
  expect(answer.nameOf('zeitung abbestellen')).toBe('unsubscribe');
});
