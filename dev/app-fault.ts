import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { TakenTwice } from '../shared/domain/taken-twice.ts';

const repository = fileURLToPath(new URL('..', import.meta.url));

/**
 * What is wrong with the sources in `app/`, for whoever wrote them: file, line, rule and remedy. `undefined` for an error
 * that is none of theirs.
 */
export function appFault(error: unknown, root = repository): string | undefined {
  if (error instanceof TakenTwice) return takenTwice(error, root);
  if (!(error instanceof Error)) return undefined;
  const message = withoutRoot(error.message, root);
  const [, importer] = /imported from (.+)/.exec(message) ?? [];
  const place = placeIn(importer ?? withoutRoot(error.stack ?? '', root)) ?? placeIn(message);
  if (place === undefined) return undefined;
  return `${place}: ${sentenceOf(message, place)}\nThat is a file of this bot's own, not of the notifier: mend it, or take its line out of app/app.ts.`;
}

function takenTwice({ what, word }: TakenTwice, root: string): string {
  const files = filesThatSay(word, root);
  const where = files.length === 0 ? '' : ` (${files.join(', ')})`;
  return `two ${what}s are called "${word}"${where}: only one of them could be reached. Give the one in app/ another, or take its line out of app/app.ts.`;
}

/** The sources that give something this name; where none does so plainly, those that have the words at all. */
function filesThatSay(word: string, root: string): readonly string[] {
  const quoted = `(['"\`])${word.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')}\\1`;
  const sources = ['app/**/*.ts', 'shared/chat/**/*.ts', 'shared/kinds/**/*.ts']
    .flatMap((pattern) => globSync(pattern, { cwd: root }))
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => ({ file: file.replaceAll(sep, '/'), text: readFileSync(join(root, file), 'utf8') }));
  const naming = new RegExp(`\\b(?:name|type): ${quoted}`);
  const saying = new RegExp(quoted);
  const named = sources.filter(({ text }) => naming.test(text));
  const found = named.length > 1 ? named : sources.filter(({ text }) => saying.test(text));
  return found.map(({ file }) => file);
}

/** `app/my-command.ts:5`: the first place in `app/` that an error names, in whichever of Node's and esbuild's forms. */
function placeIn(text: string): string | undefined {
  return /(?<![\w/.-])app\/[\w./-]+\.ts(?::\d+)?/.exec(text)?.[0];
}

/** Paths as they are in the repository. */
function withoutRoot(text: string, root: string): string {
  const folder = root.replaceAll('\\', '/');
  return text.replaceAll('\\', '/').replaceAll(pathToFileURL(folder).href, '').replaceAll(folder, '');
}

/** What the line says that names the place, or the last one where the place is only in the stack. */
function sentenceOf(message: string, place: string): string {
  const lines = message.split('\n').filter((line) => line.trim() !== '');
  return (lines.find((line) => line.startsWith(place)) ?? lines.at(-1) ?? '').replace(/^.*\bERROR: /, '');
}
