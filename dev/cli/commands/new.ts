import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { entryOf } from '../../../shared/kinds/catalog.ts';
import { InstallError, installWhatIsMissing } from '../../install.mjs';
import { UsageError } from '../arguments/usage-error.ts';
import { type Command, CommandFailed, type CommandGroup, defineCommand, ExitStatus } from '../command.ts';
import { beginNew } from '../new/begin-new.ts';
import { type Names, namesOf } from '../new/names.ts';
import type { New } from '../new/write-new.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

const newKind = begins(
  'kind',
  'a kind of notification that keeps something, with two commands',
  ({ dotted, said }) => [
    `npm start -- --watch            then say "follow ${said} first" in the chat`,
    `npx notifier publish --type ${dotted} --data '{"name":"first","text":"It works."}'`,
  ],
);
const newCommand = begins('command', 'something that people can say', ({ said }) => [
  `npm start -- --watch            then say "${said}" in the chat`,
]);
const newDialog = begins('dialog', 'a conversation with questions', ({ said }) => [
  `npm start -- --watch            then say "${said}" in the chat`,
]);

export const command: CommandGroup = {
  summary: 'Begins something of your own in app/: a kind of notification, a command, a dialog.',
  commands: { kind: newKind, command: newCommand, dialog: newDialog },
};

function begins(what: New, about: string, tries: (names: Names) => readonly string[]): Command {
  return defineCommand({
    summary: `Writes ${about}, with its test.`,
    words: [{ name: 'name' }],
    flags: {},
    notes:
      'Writes app/<name>.ts and app/<name>.test.ts, and their line into app/app.ts: that is all that the app knows of it.',
    examples: [
      `new ${what} ${what === 'kind' ? 'stock-alert' : what === 'command' ? 'what-time' : 'order-lunch'}`,
    ],

    async run({ words: [name = ''] }, io) {
      const names = namesOf(name);
      if (what === 'kind' && entryOf(names.dotted) !== undefined)
        throw new UsageError(`there is a kind of type "${names.dotted}" already: choose another name`);
      const install = () => installed((line) => io.err.write(`${line}\n`));
      const files = await beginNew({ root, install, generate }, what, names);
      const next = [`npm test -- app/${names.file}`, ...tries(names)];
      io.out.write(`Wrote ${files.join(', ')}.\n\nNext:\n${next.map((line) => `  ${line}\n`).join('')}`);
      return ExitStatus.ok;
    },
  });
}

async function installed(log: (line: string) => void): Promise<void> {
  try {
    await installWhatIsMissing(root, { log });
  } catch (error) {
    throw error instanceof InstallError ? new CommandFailed(error.message) : error;
  }
}

async function generate(): Promise<void> {
  await promisify(execFile)(process.execPath, [join(root, 'dev', 'generate.ts')]);
}
