import { describe, expect, it } from 'vitest';
import { LONGEST_SAID } from '../../shared/chat/respond.ts';
import { spoken } from '../../shared/chat/understanding/heard.ts';
import { aChat } from '../support/chat.ts';
import { everyCommand } from '../support/every-command.ts';
import { aWorld } from '../support/world.ts';

const text = (length: number) => `remind me to stretch in 2 minutes ${'x'.repeat(length)}`.slice(0, length);

describe('a text that nobody types', () => {
  it('is read up to 4,000 characters', async () => {
    expect(LONGEST_SAID).toBe(4000);
    const { says, hears } = aChat();
    await says('hello');
    expect(await hears(text(4000))).not.toContain('too long');
    expect(await hears(text(4001))).toBe(
      'That is too long for me: I read 4000 characters at most, and yours has 4001. I did nothing with it. Please say it shorter; **help** shows what I understand.',
    );
    expect(await hears(text(4001), { locale: 'de' })).toContain(
      'Das ist mir zu lang: Ich lese höchstens 4000 Zeichen',
    );
  });

  it('does nothing, whatever command it begins with', async () => {
    const world = aWorld();
    const { says, hears, key } = aChat({ world, more: { answer: (await everyCommand(world)).answer } });
    await says('hello');
    expect(await hears(`mute builds ${'x'.repeat(4000)}`)).toContain('too long');
    expect((await world.preferences.findPreferences(key)).preferences.mutes).toEqual([]);
  });

  it('counts without the spaces that were typed between its words', async () => {
    const { says, hears } = aChat();
    await says('hello');
    expect(await hears(`subscribe${' '.repeat(5000)}builds`)).toContain('**builds**');
  });

  it('is not kept, ends no dialog, and the question is asked again', async () => {
    const { says, hears, state } = aChat();
    await says('hello');
    await says('book travel');
    const heard = await hears(`cancel ${'\u{1f600}'.repeat(30_000)}`);
    expect(heard).toContain('too long');
    expect(heard).toContain('Where');
    const after = await state();
    expect(after.dialog?.name).toBe('book travel');
    expect(JSON.stringify(after).length).toBeLessThan(3000);
    expect(await hears('London')).toContain('When');
  });

  it('takes nothing from the greeting of somebody who is met by it', async () => {
    const { hears } = aChat();
    const heard = await hears(text(10_000));
    expect(heard).toContain('good to meet you');
    expect(heard).toContain('too long');
  });

  it('of a button is no shorter', async () => {
    const { says, hears } = aChat();
    await says('hello');
    expect(await hears('', { value: { notifier: `subscribe ${'x'.repeat(4000)}` } })).toContain('too long');
  });
});

describe('a greeting', () => {
  const withCommands = async () => {
    const world = aWorld();
    return aChat({ world, more: { answer: (await everyCommand(world)).answer } });
  };

  it.each([
    'hi remind me to stretch in 2 minutes',
    'Hello, remind me to stretch in 2 minutes',
    'hey bot, could you please remind me to stretch in 2 minutes',
    'Guten Morgen! remind me to stretch in 2 minutes',
  ])('swallows no command: %s', async (said) => {
    const { says, hears, world, key } = await withCommands();
    await says('help');
    world.clock.advance(60_000);
    expect(await hears(said)).toContain('is set: stretch');
    expect((await world.reminders.of(key)).reminders).toHaveLength(1);
  });

  it.each(['hi remind me to stretch in 2 minutes', 'hi subscribe', 'hello book travel'])(
    'that somebody is met by swallows none either: %s',
    async (said) => {
      const { hears } = await withCommands();
      const heard = await hears(said);
      expect(heard).toContain('good to meet you');
      expect(heard.split('\n').length).toBeGreaterThan(1);
      expect(heard).not.toContain('Hello! I am here');
    },
  );

  it.each(['hi', 'Hello there!', 'hey how are you'])('alone is answered by one: %s', async (said) => {
    const { says, hears, world } = await withCommands();
    await says('help');
    world.clock.advance(60_000);
    expect(await hears(said)).toContain('Hello! I am here');
  });
});

describe('what is said', () => {
  const mention = (said: string) => ({ type: 'mention', text: said, mentioned: { id: '28:bot' } });

  it('is what is left without the mention, also where that looks like a pattern of replacement', () => {
    const activity = {
      text: '<at>$&</at> help',
      entities: [mention('<at>$&</at>')],
      recipient: { id: '28:bot' },
    };
    expect(spoken(activity as never)).toBe('help');
  });

  it('keeps a mention that is longer than any name', () => {
    const long = `<at>${'x'.repeat(1000)}</at>`;
    expect(spoken({ text: long, entities: [mention(long)], recipient: { id: '28:bot' } } as never)).toBe(
      long,
    );
  });
});
