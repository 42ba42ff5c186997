import { readdirSync } from 'node:fs';
import { didYouMean } from '../../shared/domain/nearest-name.ts';
import { appFault } from '../app-fault.ts';
import { everyFlag } from './arguments/flags.ts';
import { commandHelp, groupHelp, overview } from './arguments/help.ts';
import { asksForHelp, parseCommandLine } from './arguments/parse.ts';
import { UsageError } from './arguments/usage-error.ts';
import { type Command, CommandFailed, type CommandGroup, ExitStatus } from './command.ts';
import type { Io } from './io.ts';
import { styleOf } from './output/style.ts';

/** Every file in `commands/` is a command, named like it. */
export const commandNames: readonly string[] = readdirSync(new URL('./commands/', import.meta.url))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length))
  .sort();

/**
 * Runs one command line (without `notifier` itself) and gives the exit status. Never throws: what went wrong stands on
 * stderr, one line where a person can mend it.
 */
export async function run(argv: readonly string[], io: Io): Promise<ExitStatus> {
  // The words of a command line up to the first flag that name the command, for "notifier <them> --help".
  const path: string[] = [];
  try {
    return await dispatch(argv, io, path);
  } catch (error) {
    return explain(error, path, io);
  }
}

async function dispatch(argv: readonly string[], io: Io, path: string[]): Promise<ExitStatus> {
  const [name, ...rest] = argv;
  if (name === undefined || name === 'help' || name.startsWith('-')) {
    if (name !== undefined && name !== 'help' && !asksForHelp(argv)) {
      throw new UsageError(`"${name}" stands where a command belongs; the flags come behind it`);
    }
    const known = await Promise.all(
      commandNames.map(async (each) => ({ name: each, summary: (await load(each)).summary })),
    );
    (name === undefined ? io.err : io.out).write(overview(known));
    return name === undefined ? ExitStatus.usage : ExitStatus.ok;
  }
  if (!commandNames.includes(name)) {
    throw new UsageError(
      `"${name}" is no command (there are ${commandNames.join(', ')})${didYouMean(name, commandNames)}`,
    );
  }
  path.push(name);
  const found = await load(name);
  return 'commands' in found ? runInGroup(found, rest, io, path) : runCommand(found, rest, io, path);
}

async function runInGroup(
  group: CommandGroup,
  argv: readonly string[],
  io: Io,
  path: string[],
): Promise<ExitStatus> {
  const [verb, ...rest] = argv;
  const name = path.join(' ');
  const verbs = Object.keys(group.commands);
  if (verb === undefined || verb.startsWith('-')) {
    if (!asksForHelp(argv)) {
      throw new UsageError(`"${name}" needs a command behind it: ${verbs.join(', ')}`);
    }
    io.out.write(groupHelp(name, group));
    return ExitStatus.ok;
  }
  const command = Object.hasOwn(group.commands, verb) ? group.commands[verb] : undefined;
  if (command === undefined) {
    throw new UsageError(
      `"${verb}" is no command of "${name}" (there are ${verbs.join(', ')})${didYouMean(verb, verbs)}`,
    );
  }
  path.push(verb);
  return runCommand(command, rest, io, path);
}

async function runCommand(
  command: Command,
  argv: readonly string[],
  io: Io,
  path: readonly string[],
): Promise<ExitStatus> {
  if (asksForHelp(argv)) {
    io.out.write(commandHelp(path.join(' '), command));
    return ExitStatus.ok;
  }
  const given = parseCommandLine(argv, {
    flags: { ...command.flags, ...everyFlag },
    words: command.words,
  });
  return command.run(given, io);
}

/** Loads one command only: the others' packages would make it slow. `name` is one of `commandNames`. */
async function load(name: string): Promise<Command | CommandGroup> {
  // Every file in the folder exports a command; the tests load each of them.
  const module = (await import(`./commands/${name}.ts`)) as { readonly command: Command | CommandGroup };
  return module.command;
}

function explain(error: unknown, path: readonly string[], io: Io): ExitStatus {
  const style = styleOf(io.err, io.env);
  const name = ['notifier', ...path].join(' ');
  if (error instanceof UsageError) {
    io.err.write(`${style.red(`${name}:`)} ${error.message}\n${name} --help tells more.\n`);
    return ExitStatus.usage;
  }
  if (error instanceof CommandFailed) {
    io.err.write(`${style.red(`${name}:`)} ${error.message}\n`);
    return ExitStatus.failed;
  }
  if (io.signal.aborted) {
    io.err.write(`${name}: stopped\n`);
    return ExitStatus.failed;
  }
  const fault = appFault(error);
  if (fault !== undefined) {
    io.err.write(`${style.red(`${name}:`)} ${fault}\n`);
    return ExitStatus.failed;
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  io.err.write(`${style.red(`${name}: this is a bug:`)} ${detail}\n`);
  return ExitStatus.failed;
}
