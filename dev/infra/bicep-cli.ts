import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** How the Bicep compiler is called on this machine: a program and what comes before its own arguments. */
export interface BicepCli {
  readonly program: string;
  readonly leading: readonly string[];
}

/** The program that `BICEP_PATH` names, else `bicep` or `az` on the PATH; nothing where there is none. */
export function findBicepCli(environment: NodeJS.ProcessEnv): BicepCli | undefined {
  const named = environment.BICEP_PATH;
  if (named) return { program: named, leading: [] };
  const onPath = (name: string) =>
    (environment.PATH ?? '')
      .split(delimiter)
      .map((folder) => join(folder, name))
      .find((file) => existsSync(file));
  const bicep = onPath('bicep');
  if (bicep !== undefined) return { program: bicep, leading: [] };
  const az = onPath('az');
  return az === undefined ? undefined : { program: az, leading: ['bicep'] };
}

export interface Compilation {
  /** What the compiler wrote to standard output: the template as ARM JSON. */
  readonly output: string;
  /** Errors and warnings, one a line. Compilation is good when there is none: a warning counts as an error. */
  readonly diagnostics: readonly string[];
}

/**
 * Evaluates what a parameter file would deploy, without Azure: Bicep's snapshot, which it writes beside the file. Gives its
 * path, or what the compiler said instead. `az bicep` has no such command: undefined.
 */
export function evaluate(
  cli: BicepCli,
  file: string,
): Promise<{ readonly path: string } | { readonly fault: string }> | undefined {
  if (cli.leading.length > 0) return undefined;
  const somewhere = '00000000-0000-0000-0000-000000000001';
  const place = ['--tenant-id', somewhere, '--subscription-id', somewhere, '--resource-group', 'check'];
  const args = ['snapshot', file, '--mode', 'overwrite', ...place, '--location', 'westeurope'];
  return new Promise((resolve) => {
    execFile(cli.program, args, (error, _output, errors) => {
      if (error === null) resolve({ path: file.replace(/\.bicepparam$/, '.snapshot.json') });
      else resolve({ fault: `${file}: ${errors.trim() || error.message}` });
    });
  });
}

/** Compiles a `.bicep` or `.bicepparam` file. Rejects when the compiler cannot be run. */
export function compile(cli: BicepCli, file: string): Promise<Compilation> {
  const verb = file.endsWith('.bicepparam') ? 'build-params' : 'build';
  const named = cli.leading.length > 0 ? ['--file', file] : [file];
  return new Promise((resolve, reject) => {
    execFile(
      cli.program,
      [...cli.leading, verb, ...named, '--stdout'],
      { maxBuffer: 64 * 1024 * 1024 },
      (error, output, errors) => {
        // A program that is not there has a code in words; one that found faults has an exit status.
        if (error !== null && typeof error.code !== 'number') {
          reject(
            new Error(`${cli.program} cannot be run (${error.code ?? error.message})`, { cause: error }),
          );
          return;
        }
        const diagnostics = errors
          .split('\n')
          .filter((line) => / : (Error|Warning) |^(ERROR|WARNING)/.test(line));
        if (error !== null && diagnostics.length === 0) diagnostics.push(errors.trim() || error.message);
        resolve({ output, diagnostics });
      },
    );
  });
}
