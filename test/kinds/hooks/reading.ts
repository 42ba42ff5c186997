import { linesOf } from '../../../shared/catalog/readable-text.ts';
import type { JsonObject } from '../../../shared/domain/event/notification.ts';
import { isJsonObject } from '../../../shared/domain/json-object.ts';

/** What a person reads on a card, as plain text without marks: letter case and white space do not matter. */
export function readingOf(card: JsonObject): string {
  return plain([...linesOf(card), ...titlesOf(card)].join('\n'));
}

/** A text without the signs that mark it up, of both what is wanted and what is shown. */
export function plain(text: string): string {
  return text
    .replace(/\[((?:\\.|[^[\]\\])*)\]\([^()\s]*\)/g, '$1')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/[*_`\\~\u200b\s]+/g, '')
    .toLowerCase();
}

/** Every address that can be pressed. */
export function addressesOf(value: unknown): readonly string[] {
  const own: string[] = [];
  visit(value, (object) => {
    if (object.type === 'Action.OpenUrl') own.push(String(object.url));
    for (const name of ['text', 'value', 'title']) {
      const text = String(object[name] ?? '');
      own.push(...[...text.matchAll(/\]\(([^()\s]+)\)/g)].map(([, url = '']) => url));
      own.push(...[...text.matchAll(/https?:\/\/[^\s()<>\]]+/g)].map(([url]) => url.replace(/\\/g, '')));
    }
  });
  return own.map((url) => url.replaceAll('%28', '(').replaceAll('%29', ')'));
}

export function picturesOf(value: unknown): readonly string[] {
  const own: string[] = [];
  visit(value, (object) => {
    if (object.type === 'Image') own.push(String(object.url));
  });
  return own;
}

/** Names and values that stand beside each other. */
export function pairsOf(value: unknown): readonly (readonly [string, string])[] {
  const own: (readonly [string, string])[] = [];
  visit(value, (object) => {
    if ('title' in object && 'value' in object)
      own.push([plain(String(object.title)), plain(String(object.value))]);
  });
  return own;
}

function titlesOf(value: unknown): readonly string[] {
  const own: string[] = [];
  visit(value, (object) => {
    if (String(object.type).startsWith('Action.') && typeof object.title === 'string') own.push(object.title);
  });
  return own;
}

function visit(value: unknown, look: (object: JsonObject) => void): void {
  if (Array.isArray(value)) for (const each of value) visit(each, look);
  if (!isJsonObject(value)) return;
  look(value);
  for (const inner of Object.values(value)) visit(inner, look);
}
