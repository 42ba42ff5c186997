import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const FILE = /^(licen[cs]e|copying|notice)([.-][\w.-]+)?$/i;
const README = /^readme(\.md)?$/i;
/** A heading of that name, in both of Markdown's ways, and what stands below it up to the next heading. */
const SECTION =
  /^(?:#+ *licen[cs]e.*|licen[cs]e\n[-=]+)\n([\s\S]*?)(?=\n#+ |\n[^\n]+\n[-=]{3,}\n|(?![\s\S]))/im;
const GRANTS = /permission is hereby granted/i;

/** The text of the MIT licence, for packages that say "MIT" and bring no text. */
const mit = (holder: string) => `MIT License

Copyright (c) ${holder}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

/**
 * What a package in `folder` says of its licence: its files of that kind, else the section of its readme that has the whole
 * text, else the standard text of MIT with its author, where it says MIT and names one. Otherwise nothing.
 */
export async function licenceText(
  folder: string,
  said: { readonly licence?: string | undefined; readonly author?: string | undefined },
): Promise<string | undefined> {
  const names = (await readdir(folder)).sort();
  const read = async (name: string) =>
    (await readFile(join(folder, name), 'utf8')).replaceAll('\r\n', '\n').trim();
  const texts = await Promise.all(names.filter((name) => FILE.test(name)).map(read));
  const distinct = [...new Set(texts.filter((text) => text !== ''))];
  if (distinct.length > 0) return distinct.join('\n\n');
  const readme = names.find((name) => README.test(name));
  const section = readme === undefined ? undefined : SECTION.exec(await read(readme))?.[1]?.trim();
  if (section !== undefined && GRANTS.test(section)) return section;
  return said.licence === 'MIT' && said.author !== undefined ? mit(said.author) : undefined;
}
