import { DEEPEST_JSON } from '../domain/event/json-depth.ts';
import type { Content, JsonObject } from '../domain/event/notification.ts';
import { isJsonObject } from '../domain/json-object.ts';

/** Parts of an Adaptive Card that hold further parts, in the order in which they are seen. */
const WITHIN = ['body', 'items', 'columns', 'rows', 'cells', 'images', 'inlines', 'card', 'actions'] as const;

/** A heading this long is compared with the lines of its card; a longer one is no heading. */
const LONGEST_HEADING = 2000;

/** A longer address is left out of lists, which must fit the channel. */
const LONGEST_LINK = 500;

/** A link of a card: its button's title where it has one. */
export interface Link {
  readonly title: string | undefined;
  readonly url: string;
}

/** All that is to be read on a card, line by line in its order; empty when there is nothing. */
export function linesOf(card: JsonObject | undefined): readonly string[] {
  const lines: string[] = [];
  visit(card, 0);
  return lines;

  function visit(value: unknown, depth: number): void {
    if (depth > DEEPEST_JSON) return;
    if (Array.isArray(value)) for (const one of value) visit(one, depth + 1);
    // The runs of a text may be plain.
    if (typeof value === 'string') add(value);
    if (!isJsonObject(value)) return;
    const { type } = value;
    if (type === 'TextBlock' || type === 'TextRun') add(value.text);
    if (type === 'FactSet') addPairs(value.facts);
    if (type === 'Image' || type === 'Media') add(value.altText);
    if (typeof type === 'string' && type.startsWith('Input.')) addInput(value);
    for (const name of WITHIN) visit(value[name], depth + 1);
  }

  function add(text: unknown): void {
    if (typeof text === 'string' && text.trim() !== '') lines.push(text);
  }

  function addPairs(facts: unknown): void {
    for (const fact of Array.isArray(facts) ? facts : []) {
      if (isJsonObject(fact)) add(`${wordOf(fact.title)}: ${wordOf(fact.value)}`);
    }
  }

  function addInput(input: JsonObject): void {
    const label = wordOf(input.label ?? input.title ?? input.placeholder);
    const choices = (Array.isArray(input.choices) ? input.choices : [])
      .filter(isJsonObject)
      .map(({ title }) => wordOf(title));
    add([label, choices.join(' / ')].filter((part) => part !== '').join(': '));
  }
}

/** What a notification says, in words: its text, then what its card says beside; its kind when it says nothing. */
export function readableText(content: Content, kind: string): string {
  const lines = linesOf(content.card);
  const said = content.text ?? content.summary;
  // What the heading says already is not said again.
  const heading = said === undefined || said.length > LONGEST_HEADING ? '' : said;
  const beside = lines.filter((line) => !heading.includes(line.trim()));
  // Two spaces: a card's Markdown runs single lines together.
  return [said ?? '', beside.join('  \n')].filter((part) => part !== '').join('\n\n') || kind;
}

/** Whether a notification says anything in words at all. */
export function hasWords({ text, summary, card }: Content): boolean {
  return text !== undefined || summary !== undefined || linesOf(card).length > 0;
}

/** The buttons of a card that open a page. */
export function linksOf(card: JsonObject | undefined): readonly Link[] {
  const actions: readonly unknown[] = Array.isArray(card?.actions) ? card.actions : [];
  return actions.flatMap((action) => {
    if (!isJsonObject(action) || action.type !== 'Action.OpenUrl' || typeof action.url !== 'string')
      return [];
    const title = typeof action.title === 'string' && action.title !== '' ? action.title : undefined;
    return [{ title, url: action.url }];
  });
}

/** What people say where a card's buttons are not shown, with the buttons' titles. */
export function sayablesOf(value: unknown, depth = 0): readonly string[] {
  if (depth > DEEPEST_JSON) return [];
  if (Array.isArray(value)) return value.flatMap((one) => sayablesOf(one, depth + 1));
  if (!isJsonObject(value)) return [];
  const { title, data } = value;
  if (isJsonObject(data) && typeof data.said === 'string') return [`${wordOf(title)}: ${data.said}`];
  return WITHIN.flatMap((name) => sayablesOf(value[name], depth + 1));
}

/** The first button of a notification's card that opens a page, for a list. @param open what to call it otherwise */
export function firstLink(
  { card }: Content,
  open: string,
): { readonly title: string; readonly url: string } | undefined {
  const link = linksOf(card).find(({ url }) => url.length <= LONGEST_LINK);
  return link === undefined ? undefined : { title: link.title?.slice(0, 80) ?? open, url: link.url };
}

/** What would end the link or its title early is written otherwise. */
export function markdownLink({ title, url }: { readonly title: string; readonly url: string }): string {
  const name = title.replace(/[[\]\\*_`]/g, '\\$&');
  const address = url.replace(
    /[\s()<>]/g,
    (character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return `[${name}](${address})`;
}

function wordOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
