import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CommandFailed } from '../command.ts';
import type { Names } from './names.ts';

export type New = 'kind' | 'command' | 'dialog';

const templates = fileURLToPath(new URL('./templates/', import.meta.url));

/**
 * Writes a working file with its test into `app/`, and its line into `app/app.ts`. Gives the files, below `root`.
 * Throws `CommandFailed` where one of them is there already.
 */
export async function writeNew(root: string, what: New, names: Names): Promise<readonly string[]> {
  const file = join('app', `${names.file}.ts`);
  const test = join('app', `${names.file}.test.ts`);
  for (const path of [file, test]) {
    if (existsSync(join(root, path)))
      throw new CommandFailed(`${path} is there already: choose another name, or remove it first`);
  }
  await mkdir(join(root, 'app'), { recursive: true });
  await write(join(root, file), await filled(`sample-${what}.ts`, what, names));
  await write(join(root, test), await filled(`sample-${what}.test.ts`, what, names));
  const list = join(root, 'app', 'app.ts');
  const before = existsSync(list) ? await readFile(list, 'utf8') : '';
  await writeFile(list, withLine(before, names.file));
  return [file, test, join('app', 'app.ts')];
}

/** What is one's own, with a line more: where the linter wants it, among lines that are in order. */
function withLine(source: string, file: string): string {
  const lines = source.trimEnd().split('\n');
  const behind = lines.findIndex((line) => {
    const other = /^export \* from '\.\/(.+)\.ts';$/.exec(line)?.[1];
    return other !== undefined && isBefore(file, other);
  });
  lines.splice(behind === -1 ? lines.length : behind, 0, `export * from './${file}.ts';`);
  return `${lines.join('\n')}\n`;
}

/** As the linter orders names: by their characters, and a longer number behind a shorter one. */
function isBefore(name: string, other: string): boolean {
  const parts = (text: string) => text.match(/\d+|\D/g) ?? [];
  const theirs = parts(other);
  for (const [index, own] of parts(name).entries()) {
    const their = theirs[index] ?? '';
    if (own === their) continue;
    const areNumbers = /^\d/.test(own) && /^\d/.test(their);
    return areNumbers && own.length !== their.length ? own.length < their.length : own < their;
  }
  return name.length < other.length;
}

/** The template with the name in each of its forms, and its imports as from `app/`. */
async function filled(template: string, what: New, names: Names): Promise<string> {
  const source = await readFile(join(templates, template), 'utf8');
  const capital = what.slice(0, 1).toUpperCase() + what.slice(1);
  return source
    .replaceAll(/(\.\.\/)+(shared|test)\//g, '../$2/')
    .replaceAll(`sample${capital}`, names.camel)
    .replaceAll(`sample-${what}`, names.file)
    .replaceAll(`sample.${what}`, names.dotted)
    .replaceAll(`sample ${what}`, names.said)
    .replaceAll(`Sample ${what}`, names.title);
}

async function write(path: string, text: string): Promise<void> {
  await writeFile(path, text, { flag: 'wx' });
}
