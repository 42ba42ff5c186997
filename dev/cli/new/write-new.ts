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
  await writeFile(list, `${before.trimEnd()}\nexport * from './${names.file}.ts';\n`);
  return [file, test, join('app', 'app.ts')];
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
