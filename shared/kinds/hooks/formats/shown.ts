import { escaped, escapedInline } from '../markup/escape.ts';
import { cardLine, cardText } from '../markup/markdown.ts';
import { defused, isSecretUrl, linkUrl, pictureUrl, shortened } from '../markup/safe.ts';
import type { Fact, Link, Message, Picture } from '../message.ts';
import { textOf } from '../payload.ts';

const LONGEST_TITLE = 300;
const LONGEST_VALUE = 2000;
const LONGEST_NAME = 120;

/** A title of a program: no Markdown in it. */
export function plainTitle(value: unknown): string | undefined {
  const text = textOf(value);
  return text === undefined ? undefined : defused(escapedInline(shortened(text.trim(), LONGEST_TITLE)));
}

/** A title that may be marked up. */
export function markedTitle(value: unknown): string | undefined {
  const text = textOf(value);
  const shown = text === undefined ? '' : cardLine(shortened(text, LONGEST_TITLE));
  return shown === '' ? undefined : shown;
}

/** A text of a program, shown as it is. */
export function plainText(value: unknown): string | undefined {
  const text = textOf(value);
  return text === undefined ? undefined : defused(escaped(shortened(text, 4000)));
}

/** A text that may be marked up, in Markdown or HTML. */
export function markedText(value: unknown): string | undefined {
  const text = textOf(value);
  const shown = text === undefined ? '' : cardText(text);
  return shown === '' ? undefined : shown;
}

/** A value of a program beside its name; `undefined` where there is none. */
export function factOf(name: unknown, value: unknown): Fact | undefined {
  const [label, text] = [textOf(name), textOf(value)];
  if (text === undefined) return undefined;
  return {
    name: defused(escapedInline(shortened(label ?? '', LONGEST_NAME))),
    value: defused(escaped(shortened(text, LONGEST_VALUE))),
  };
}

/** Those that have a value, of names and values. */
export function factsOf(...pairs: readonly (readonly [name: string, value: unknown])[]): Fact[] {
  return pairs.flatMap(([name, value]) => factOf(name, value) ?? []);
}

/** A link that may be shown; `undefined` for one that may not. */
export function linkOf(title: unknown, url: unknown): Link | undefined {
  const address = linkUrl(url);
  if (address === undefined || isSecretUrl(address)) return undefined;
  const label = defused(shortened((textOf(title) ?? '').trim(), 80));
  return { title: label === '' ? hostOf(address) : label, url: address };
}

/** Each address once, by the first title that it has. */
export function linksOf(...pairs: readonly (readonly [title: string, url: unknown])[]): Link[] {
  const seen = new Set<string>();
  return pairs.flatMap(([title, url]) => {
    const link = linkOf(title, url);
    if (link === undefined || seen.has(link.url)) return [];
    seen.add(link.url);
    return link;
  });
}

export function pictureOf(url: unknown, title?: unknown): Picture | undefined {
  const address = pictureUrl(url);
  if (address === undefined) return undefined;
  const name = textOf(title);
  return name === undefined ? { url: address } : { url: address, title: defused(shortened(name, 120)) };
}

/** A message of those of its parts that say something. */
export function messageOf(parts: { readonly [name in keyof Message]: Message[name] | undefined }): Message {
  const said = Object.entries(parts).filter(
    ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(said) as Message;
}

/** An optional property of an object literal. */
export function given<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [name in Name]?: Value } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [name in Name]?: Value };
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host || url.slice(0, 60) : url.slice(0, 60);
}
