import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { vocabularies } from './vocabularies.ts';

const shared = fileURLToPath(new URL('../../shared', import.meta.url));

/** Where people are spoken to. What these rooms say to people belongs into the words. */
const rooms = ['chat', 'catalog', 'kinds', 'use-cases', 'calendar/describe.ts', 'calendar/words.ts'];

/** What people say to the bot, by the files that offer or read it, and what no person reads. */
const allowed: { readonly [file: string]: readonly RegExp[] } = {
  'catalog/digest.ts': [/^The canteen closes at/, /^Build web #1482 failed on main$/],
  'catalog/notification-snoozed.ts': [/^The canteen closes at/],
  'chat/understanding/short-answers.ts': [/^[a-zäöüß]+, /],
  'kinds/general/notification-requested.ts': [/^The canteen closes at/],
  'kinds/reminders/cards/reminder-due.ts': [/^water the plants$/, /^tomorrow at 9am$/],
  'chat/commands/privacy/forget-me.ts': [/^vergiss mich jetzt$/],
  'kinds/reminders/commands/remind-me.ts': [/^erinnere mich in 20 Minuten an die Pause$/, /^set reminder /],
  'kinds/reminders/commands/when.ts': [/^(today|tomorrow|next monday) at \d[ap]m$/],
  'kinds/survey/survey-requested.ts': [/^How was your last trip\?$/, /^Not so good$/],
  ...allowedByKinds(),
};

/** Files whose sentences are for operators. */
const operators = /^use-cases\/(authoring\/|people\/erase-person|[\w-]+\/(park|reopen|replay)-)/;

/** Told to services and operators, which read English: rules that an input breaks, and errors. */
const forServices = [
  /^(must|a topic|no catalog entry|no …)/,
  /is no name of an audience: |^makes the key "…" of audience/,
  /is no kind of notification|with this id was ever met|, or a list of/,
  /^is no field of …; known are |^has fields that its kind does not know/,
  /^is no field of … and is ignored|fields are unknown and ignored$/,
];
const errors = /(Error|Unavailable|ZodError|UnknownDialogState)\(\s*$|super\(\s*$|error: ?$|throw\b[^;]*$/;

const commandNames = vocabularies.flatMap(({ commands }) => commands);

describe('no sentence that a person reads is left outside the words', () => {
  const wordsOfAKind = /kinds[\\/][^\\/]+[\\/]words[\\/]/;
  const files = rooms
    .flatMap((room) => filesIn(join(shared, room)))
    .filter((file) => !wordsOfAKind.test(file));

  it('in any file of the rooms that speak to people', () => {
    expect(files.length).toBeGreaterThan(80);
    expect(files.flatMap(sentencesIn)).toEqual([]);
  });

  it('finds a sentence in a string and in a template, and no comment, no import and no command', () => {
    const find = (source: string) => sentences(source).map(({ text }) => text);
    expect(find("const text = 'I watch no hotel.';")).toEqual(['I watch no hotel.']);
    expect(find(`const text = \`You have \${count} things to do\`;`)).toEqual(['You have … things to do']);
    expect(find("// 'A comment with words'\n/** `in a doc comment` */ const a = 'one two';")).toEqual([]);
    expect(find("import { a } from './a b c d.ts';")).toEqual([]);
    expect(find("const usage = 'remind me [to] <what> <when>';")).toEqual([]);
    expect(find("throw new Error('a dialog runs in a context');")).toEqual([]);
  });
});

/** What kinds read and offer themselves, said beside their tests. */
function allowedByKinds(): { readonly [file: string]: readonly RegExp[] } {
  const found = vocabularies.map(({ name, leftOver }) =>
    Object.entries(leftOver).map(([file, texts]) => [`kinds/${name}/${file}`, texts] as const),
  );
  return Object.fromEntries(found.flat());
}

function sentencesIn(file: string): readonly string[] {
  const name = relative(shared, file).replaceAll('\\', '/');
  const source = readFileSync(file, 'utf8');
  // A kind of notification that somebody adds may keep its words in its file; one that has words here has all of them here.
  const keepsItsWords = name.startsWith('catalog/') && !source.includes('locale/words.ts');
  if (operators.test(name) || keepsItsWords) return [];
  return sentences(source)
    .filter(({ text }) => !(allowed[name] ?? []).some((known) => known.test(text)))
    .map(({ text }) => `${name}: ${text}`);
}

/** String literals of three words and more, with `…` for what is put into them. */
function sentences(source: string): readonly { readonly text: string }[] {
  const code = source
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|\s)\/\/.*$/gm, '')
    // What people say, by language.
    .replace(/\bsaid: \{[^{}]*\}/g, '')
    .replace(/^(import|export)\b[^;]*?\bfrom\b[^;]*;/gm, '')
    // Regular expressions that hold quotes.
    .replace(/(?<=[(=,:[&|!?]\s*)\/(?![/*])(\\.|\[(\\.|[^\]\\\n])*\]|[^/\\\n])+\/[dgimsuvy]*/g, '0');
  return [...literalsIn(code)]
    .filter(({ before, text }) => {
      if (!/[A-Za-z]{2,}[^A-Za-z]+[A-Za-z]+[^A-Za-z]+[A-Za-z]{2,}/.test(text) || !text.includes(' '))
        return false;
      if (errors.test(before.slice(-200)) || forServices.some((known) => known.test(text))) return false;
      return !commandNames.some((command) => text.toLowerCase().startsWith(command));
    })
    .filter(({ text }) => text.split(/\s+/).filter((word) => /[A-Za-z]/.test(word)).length >= 3);
}

/** The literals of some code, each with the code before it. Templates inside templates are literals of their own. */
function* literalsIn(code: string): Generator<{ readonly before: string; readonly text: string }> {
  let at = 0;
  while (at < code.length) {
    const quote = code[at];
    if (quote !== "'" && quote !== '"' && quote !== '`') {
      at += 1;
      continue;
    }
    const start = at;
    let text = '';
    at += 1;
    while (at < code.length && code[at] !== quote) {
      if (code[at] === '\\') {
        text += code.slice(at, at + 2);
        at += 2;
      } else if (quote === '`' && code.startsWith('${', at)) {
        const end = endOfHole(code, at + 2);
        yield* literalsIn(code.slice(at + 2, end));
        text += '…';
        at = end + 1;
      } else {
        text += code[at];
        at += 1;
      }
    }
    at += 1;
    yield { before: code.slice(0, start), text };
  }
}

/** Where the `}` of a template's hole is. */
function endOfHole(code: string, from: number): number {
  let depth = 1;
  let at = from;
  while (at < code.length) {
    if (code[at] === '`') {
      at += 1;
      while (at < code.length && code[at] !== '`') {
        if (code.startsWith('${', at)) at = endOfHole(code, at + 2) + 1;
        else at += code[at] === '\\' ? 2 : 1;
      }
    } else if (code[at] === '{') depth += 1;
    else if (code[at] === '}') depth -= 1;
    if (depth === 0) return at;
    at += 1;
  }
  return at;
}

function filesIn(path: string): readonly string[] {
  if (path.endsWith('.ts')) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}
