import { languageOf, wordsFor } from '../../locale/words.ts';
import { adaptiveCard, heading, line } from '../cards/adaptive-card.ts';
import { withBrackets } from '../markdown.ts';
import type { Reply } from '../turn.ts';
import type { Command, CommandGroup, CommandName } from './command.ts';

const GROUPS: readonly CommandGroup[] = ['news', 'reminders', 'quiet', 'own', 'you'];
/** What somebody says is shown as far as it can be a command's name. */
const LONGEST_NAME = 60;
/** Other words for a command that are shown. */
const MOST_SHOWN = 6;

/**
 * `help`: what there is, in groups, each with an example to press. `help <command>`: how one is said.
 *
 * @param commands all that is listed
 * @param inWordsOf a command as it is said in the language of a locale
 */
export function help(
  commands: () => readonly CommandName[],
  inWordsOf: (command: string, locale: string) => string,
): Command {
  return {
    name: 'help',
    group: 'you',
    does: (locale) => wordsFor(locale).commands.help,
    usage: 'help [<command>]',
    said: {
      en: [
        'menu',
        'commands',
        'start',
        'get started',
        'begin',
        'who are you',
        'what are you',
        'what can you do',
        'what do you do',
        'what can i do',
        'what can i say',
        'what do you understand',
        'how does this work',
        'help me',
        '?',
      ],
      de: [
        'hilfe [<befehl>]',
        'hilfe',
        'menü',
        'befehle',
        'los geht\u2019s',
        "los geht's",
        'wer bist du',
        'was bist du',
        'was kannst du',
        'was kannst du alles',
        'was kann ich sagen',
        'was kann ich tun',
        'was machst du',
        'wie geht das',
      ],
    },
    async run({ locale }, argument) {
      return argument === '' ? overview(locale) : oneCommand(argument, locale);
    },
  };

  function overview(locale: string): Reply {
    const words = wordsFor(locale).chat;
    const all = commands();
    const groups = GROUPS.map((group) => ({
      group,
      own: all.filter((one) => (one.group ?? 'own') === group),
    })).filter(({ own }) => own.length > 0);
    const shown = groups.map(({ group, own }) => {
      const example = own.map((one) => exampleOf(one, locale)).find((said) => said !== undefined);
      return {
        title: words.groups[group],
        example,
        names: own.map(({ name }) => inWordsOf(name, locale)).join(' \u00b7 '),
      };
    });
    const howTo = `${inWordsOf('help', locale)} ${inWordsOf('mute', locale)}`;
    const examples = shown.flatMap(({ example }) => example ?? []);
    return {
      text: [
        words.help,
        ...shown.map(({ title, names }) => `**${title}**: ${names}`),
        words.helpOne(howTo),
      ].join('\n\n'),
      lead: words.help,
      card: adaptiveCard([
        ...shown.flatMap(({ title, names }) => [
          heading(title, { size: 'Default', spacing: 'Medium' }),
          line(names, { isSubtle: true, spacing: 'None' }),
        ]),
        line(words.helpOne(howTo), { isSubtle: true, size: 'Small', spacing: 'Medium' }),
      ]),
      suggestions: examples,
    };
  }

  function oneCommand(argument: string, locale: string): Reply {
    const words = wordsFor(locale).chat;
    const wanted = argument.toLowerCase().slice(0, LONGEST_NAME);
    const all = commands();
    const found =
      all.find(({ name }) => name === wanted) ??
      all.find((one) => isNamed(one, wanted)) ??
      all.find(({ name }) => name.startsWith(wanted));
    if (found === undefined) return overview(locale);
    const language = languageOf(locale) ?? 'en';
    const said = [...new Set([...(found.said?.[language] ?? []), found.usage])];
    const example = exampleOf(found, locale);
    return {
      text: [
        `${found.does(locale)}.`,
        words.saidAs,
        said
          .slice(0, MOST_SHOWN)
          .map((one) => `- **${withBrackets(one)}**`)
          .join('\n'),
      ].join('\n\n'),
      ...(example === undefined ? {} : { suggestions: [example] }),
    };
  }
}

function exampleOf({ example }: CommandName, locale: string): string | undefined {
  return example?.[languageOf(locale) ?? 'en'] ?? example?.en;
}

function isNamed({ said = {} }: CommandName, wanted: string): boolean {
  return Object.values(said)
    .flat()
    .some((text) => text.split(/[<[]/, 1)[0]?.trim() === wanted);
}
