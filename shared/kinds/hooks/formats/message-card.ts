import { isJsonObject } from '../../../domain/json-object.ts';
import { escapedInline } from '../markup/escape.ts';
import { cardLine } from '../markup/markdown.ts';
import type { Fact, Format, Link, Mapped, Picture, Section, State } from '../message.ts';
import { has, objectsAt, textAt, textOf, wordOf } from '../payload.ts';
import { isOver, stateOfStatus, stateOfTitle, toneOfColor } from '../tone.ts';
import { factOf, given, linkOf, markedText, markedTitle, messageOf, pictureOf, plainText } from './shown.ts';

type JsonObject = { readonly [name: string]: unknown };

/** MessageCard: what Office 365 connectors took, and half of the world's scripts still send, with or without its `@type`. */
export const messageCard: Format = {
  name: 'message-card',
  answer: 'one',
  detects: ({ payload }) => isMessageCard(payload),
  map: ({ payload }) => (isJsonObject(payload) ? mapMessageCard(payload) : undefined),
};

export function isMessageCard(payload: unknown): boolean {
  if (!isJsonObject(payload)) return false;
  const type = wordOf(payload['@type'] ?? payload.type ?? '').toLowerCase();
  if (type === 'messagecard') return true;
  const isOther = has(payload, 'blocks') || has(payload, 'attachments') || has(payload, 'embeds');
  if (isOther || (payload.type !== undefined && type !== '')) return false;
  if (Array.isArray(payload.sections) || Array.isArray(payload.potentialAction)) return true;
  if (has(payload, 'themeColor')) return true;
  const names = Object.keys(payload);
  return (
    textOf(payload.text) !== undefined &&
    names.every((name) => /^(?:@context|title|text|summary|markdown)$/.test(name))
  );
}

export function mapMessageCard(card: JsonObject): Mapped {
  const sections = objectsAt(card, 'sections');
  const [first] = sections;
  const own = markedTitle(card.title);
  const activity = own === undefined ? markedTitle(first?.activityTitle) : undefined;
  // What only fills the field that used to be required is no title where there is a text.
  const summary = markedTitle(card.summary);
  const hasText = sections.some((section) => textAt(section, 'text', 'activityText') !== undefined);
  const title = own ?? activity ?? (textOf(card.text) === undefined && !hasText ? summary : undefined);
  const shown = sections.map((section, index) => sectionOf(section, index === 0 && activity !== undefined));
  const actions = actionsOf(card.potentialAction);
  const leftOut = actions.leftOut + shown.reduce((sum, each) => sum + each.leftOut, 0);
  const state = stateOf(
    card,
    title,
    shown.flatMap(({ section }) => section.facts ?? []),
  );
  const tone = toneOfColor(card.themeColor);
  const key = textAt(card, 'correlationId');
  const derived = key === undefined ? keyOfLinks(actions.links) : `correlationId ${key}`;
  return {
    message: messageOf({
      title,
      text: markedText(card.text),
      tone,
      state,
      links: actions.links,
      sections: shown.flatMap(({ section }) => (Object.keys(section).length === 0 ? [] : [section])),
      leftOut: leftOut === 0 ? undefined : leftOut,
    }),
    ...given('key', derived),
    ...(isOver(state) ? { isLast: true } : {}),
  };
}

function sectionOf(
  section: JsonObject,
  isTitleUsed: boolean,
): { readonly section: Section; readonly leftOut: number } {
  const isPlain = wordOf(section.markdown ?? true).toLowerCase() === 'false';
  const actions = actionsOf(section.potentialAction);
  const pictures = [
    ...[section.activityImage].flatMap((url) => small(pictureOf(url))),
    ...picturesOf(section.heroImage),
    ...picturesOf(section.images),
  ];
  const titles = [markedTitle(section.title), isTitleUsed ? undefined : markedTitle(section.activityTitle)];
  const [title, second] = titles.filter((each) => each !== undefined);
  const subtitle = [second, markedTitle(section.activitySubtitle)].filter((each) => each !== undefined);
  // `markdown: false` means no Markdown; senders that say so still write `<br>`.
  const text = [section.activityText, section.text].map((each) =>
    isPlain ? plainText(withLines(each)) : markedText(each),
  );
  const said = text.filter((each) => each !== undefined);
  return {
    section: {
      ...given('title', title),
      ...given('subtitle', subtitle.length === 0 ? undefined : subtitle.join('\n\n')),
      ...given('text', said.length === 0 ? undefined : said.join('\n\n')),
      ...given('facts', nonEmpty(cardFacts(section.facts))),
      ...given('pictures', nonEmpty(pictures)),
      ...given('links', nonEmpty(actions.links)),
      ...(section.startGroup === true ? { isApart: true } : {}),
    },
    leftOut: actions.leftOut,
  };
}

function withLines(value: unknown): string | undefined {
  return textOf(value)?.replace(/<br\s{0,5}\/?>/gi, '\n');
}

/** Values are what a program filled in, but for links that it wrote there on purpose. */
function cardFacts(value: unknown): readonly Fact[] {
  return objectsAt({ value }, 'value').flatMap((fact) => {
    const name = textOf(fact.name) ?? textOf(fact.title);
    const text = textOf(fact.value);
    if (text === undefined) return name === undefined ? [] : [{ name: escapedInline(name), value: '' }];
    const marked = isLinked(text);
    const plain = factOf(name ?? '', text);
    if (plain === undefined) return [];
    return [marked ? { name: plain.name, value: cardLine(text) } : plain];
  });
}

/** One link and nothing else, or HTML. */
function isLinked(text: string): boolean {
  const isLink = text.startsWith('[') && text.endsWith(')') && /^\[[^\]]+\]\(https?:/.test(text);
  return (isLink && !/[\s(]/.test(text.slice(text.indexOf('](') + 2, -1))) || /<(?:a|b|br|i)\b/i.test(text);
}

function picturesOf(value: unknown): readonly Picture[] {
  const all = Array.isArray(value) ? value : [value];
  return all.flatMap((each) =>
    isJsonObject(each) ? (pictureOf(each.image ?? each.url, each.title) ?? []) : (pictureOf(each) ?? []),
  );
}

function small(picture: Picture | undefined): readonly Picture[] {
  return picture === undefined ? [] : [{ ...picture, isSmall: true }];
}

/** What opens a page stays; what would call a server, or ask for something, is counted. */
function actionsOf(value: unknown): { readonly links: Link[]; readonly leftOut: number } {
  const links: Link[] = [];
  let leftOut = 0;
  for (const action of objectsAt({ value }, 'value')) {
    const type = wordOf(action['@type'] ?? action.type ?? '').toLowerCase();
    if (type === 'actioncard') {
      const inner = actionsOf(action.actions);
      links.push(...inner.links);
      leftOut += inner.leftOut;
      continue;
    }
    const link =
      type === 'openuri' || type === 'viewaction' ? linkOf(action.name, addressOf(action)) : undefined;
    if (link === undefined) leftOut += 1;
    else links.push(link);
  }
  return { links, leftOut };
}

/** `targets: [{os, uri}]`, the one for all systems first; `target: [url]` of older senders. */
function addressOf(action: JsonObject): unknown {
  const targets = objectsAt(action, 'targets');
  const byDefault = targets.find(({ os }) => wordOf(os).toLowerCase() === 'default');
  const isWeb = (uri: unknown) => typeof uri === 'string' && /^https?:/i.test(uri);
  const target = Array.isArray(action.target) ? action.target[0] : action.target;
  return byDefault?.uri ?? targets.find(({ uri }) => isWeb(uri))?.uri ?? target ?? action.uri ?? action.url;
}

function stateOf(card: JsonObject, title: string | undefined, facts: readonly Fact[]): State | undefined {
  const status = facts.find(({ name }) =>
    /^(?:status|state|sync status)$/i.test(name.replaceAll(':', '').trim()),
  )?.value;
  return stateOfStatus(status) ?? stateOfTitle(title) ?? stateOfTitle(textOf(card.summary));
}

/** Where no field names the thing, the address of its page does, with senders that are known to keep it. */
export function keyOfLinks(links: readonly Link[]): string | undefined {
  for (const { url } of links) {
    const query = URL.canParse(url) ? new URL(url).searchParams : undefined;
    const [trigger, event] = [query?.get('triggerid'), query?.get('eventid')];
    if (trigger && event) return `zabbix ${trigger} ${event}`;
    const [alarm, host] = [query?.get('alarm_id'), query?.get('host')];
    if (alarm && host) return `netdata ${host} ${alarm}`;
    const end = url.indexOf('/display/redirect');
    const build = url.includes('/job/') && end > 0 ? url.slice(0, end) : undefined;
    if (build !== undefined) return `jenkins ${build}`;
  }
  return undefined;
}

function nonEmpty<T>(list: readonly T[]): T[] | undefined {
  return list.length === 0 ? undefined : [...list];
}
