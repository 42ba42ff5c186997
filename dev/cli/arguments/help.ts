import type { Command, CommandGroup } from '../command.ts';
import { everyFlag, type Flags } from './flags.ts';

const WIDTH = 100;

/** `notifier --help`. */
export function overview(commands: readonly { readonly name: string; readonly summary: string }[]): string {
  return [
    'Usage: notifier <command> [flags]',
    '',
    'Publishes notifications and looks after them, in the local stack (npm start) or in Azure.',
    '',
    'Commands:',
    ...pairs(commands.map(({ name, summary }) => [name, summary])),
    '',
    'notifier <command> --help tells more of each. All of them know --json.',
    'Exit status: 0 done, 1 failed, 2 wrong usage.',
    '',
  ].join('\n');
}

/** `notifier parked --help`. */
export function groupHelp(name: string, group: CommandGroup): string {
  return [
    `Usage: notifier ${name} <command> [flags]`,
    '',
    group.summary,
    '',
    'Commands:',
    ...pairs(
      Object.entries(group.commands).map(([verb, command]) => [
        [verb, ...wordsOf(command)].join(' '),
        command.summary,
      ]),
    ),
    '',
    `notifier ${name} <command> --help tells more of each.`,
    '',
  ].join('\n');
}

/** `notifier publish --help`. */
export function commandHelp(name: string, command: Command): string {
  return [
    `Usage: notifier ${[name, ...wordsOf(command)].join(' ')} [flags]`,
    '',
    command.summary,
    ...(command.notes === undefined ? [] : ['', ...wrapped(command.notes, WIDTH)]),
    '',
    'Flags:',
    ...pairs(flagPairs({ ...command.flags, ...everyFlag })),
    '',
    'Examples:',
    ...command.examples.map((example) => `  notifier ${example}`),
    '',
  ].join('\n');
}

function wordsOf(command: Command): readonly string[] {
  return command.words.map(({ name, optional }) => (optional === true ? `[${name}]` : `<${name}>`));
}

function flagPairs(flags: Flags): readonly (readonly [string, string])[] {
  return Object.entries(flags).map(([name, { type, value, about, multiple }]) => [
    type === 'boolean' ? `--${name}` : `--${name} ${value ?? 'VALUE'}`,
    multiple === true ? `${about} (may be repeated)` : about,
  ]);
}

/** Two columns; the second is wrapped below itself. */
function pairs(rows: readonly (readonly [string, string])[]): readonly string[] {
  const left = Math.min(28, Math.max(...rows.map(([name]) => name.length)));
  const indent = ' '.repeat(left + 4);
  return rows.flatMap(([name, text]) => {
    const [first = '', ...rest] = wrapped(text, WIDTH - indent.length);
    const head =
      name.length > left ? [`  ${name}`, `${indent}${first}`] : [`  ${name.padEnd(left)}  ${first}`];
    return [...head, ...rest.map((line) => `${indent}${line}`)];
  });
}

function wrapped(text: string, width: number): readonly string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    let line = '';
    for (const word of paragraph.split(' ')) {
      if (line !== '' && line.length + 1 + word.length > width) {
        lines.push(line);
        line = word;
      } else line = line === '' ? word : `${line} ${word}`;
    }
    return [...lines, line];
  });
}
