import { defined } from '../../../domain/defined.ts';
import type { Content } from '../../../domain/event/notification.ts';
import type { Fact, Link, Message, Picture, Section } from '../message.ts';
import type { Words } from '../words/words.ts';
import { shorter } from './shorten.ts';

type JsonObject = { readonly [name: string]: unknown };

/** Clients show so many buttons of one row; more become links in a line. */
const MOST_BUTTONS = 6;
/** Of a card as JSON, in UTF-16 units: below what Teams takes, with room for the reason line around it. */
const ROOM = 30_000;

/** What a person is shown of a message: the news first, then what is known of it, then where to go on. */
export function rendered(message: Message, words: Words): Content {
  const card = cardOf(message, words);
  const summary = plainOf(message.title ?? message.text ?? '').slice(0, 160);
  const said = { card, ...(summary === '' ? {} : { summary }) };
  return JSON.stringify(card).length <= ROOM ? said : { ...said, briefer: briefCard(message, words) };
}

function briefCard(message: Message, words: Words): JsonObject {
  for (const less of shorter(message)) {
    const card = cardOf(less, words, true);
    if (JSON.stringify(card).length <= ROOM) return card;
  }
  return cardOf({ title: message.title ?? words.title }, words, true);
}

function cardOf(message: Message, words: Words, isCut = false): JsonObject {
  const { cards = [], sections = [], links = [], mentions = [] } = message;
  const head = headOf(message, words);
  const news = [...partsOf(message), ...sections.map((section) => sectionOf(section))];
  const [first, ...rest] = news;
  // Without a title the colour is that of what is said first.
  const isColoured = head.length === 0 && message.tone !== undefined && first !== undefined;
  const body = [
    ...head,
    ...(isColoured
      ? [{ type: 'Container', style: message.tone, bleed: true, items: [first] }, ...rest]
      : news),
    ...cards.flatMap((card, index) => bodyOf(card, index, cards.length)),
    ...linkLine(links.slice(MOST_BUTTONS)),
    ...noteOf(message, words, isCut),
  ];
  const width = cards.some(({ msteams }) => msteams !== undefined);
  const actions = [
    ...links.slice(0, MOST_BUTTONS).map(buttonOf),
    ...(cards.length === 1 ? ownActions(cards[0]) : []),
  ];
  const msteams = {
    ...(width ? { width: 'Full' } : {}),
    ...(mentions.length > 0 ? { entities: mentions } : {}),
  };
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    body,
    ...(actions.length === 0 ? {} : { actions: actions.slice(0, MOST_BUTTONS) }),
    ...(Object.keys(msteams).length === 0 ? {} : { msteams }),
  };
}

/** The title in the colour of the state, and the state in words: colours alone tell not everybody. */
function headOf({ title, subtitle, state, tone, cards }: Message, words: Words): readonly JsonObject[] {
  const word = state === undefined || cards !== undefined ? undefined : words.states[state];
  const isSaid = word !== undefined && (title ?? '').toLowerCase().includes(word.toLowerCase());
  const quiet = [isSaid ? undefined : word, subtitle].filter((each) => each !== undefined).join(' \u00b7 ');
  const items = [
    ...(title === undefined ? [] : [block(title, { size: 'Large', weight: 'Bolder', style: 'heading' })]),
    ...(quiet === ''
      ? []
      : [block(quiet, title === undefined ? { weight: 'Bolder' } : { size: 'Small', spacing: 'None' })]),
  ];
  if (items.length === 0) return [];
  return tone === undefined ? items : [{ type: 'Container', style: tone, bleed: true, items }];
}

function sectionOf(section: Section): JsonObject {
  const { title, subtitle, tone, isApart } = section;
  const small = section.pictures?.filter(({ isSmall }) => isSmall === true) ?? [];
  const head = [
    ...(title === undefined
      ? []
      : [block(title, { weight: 'Bolder', ...(tone === undefined ? {} : { color: COLORS[tone] }) })]),
    ...(subtitle === undefined ? [] : [block(subtitle, { isSubtle: true, size: 'Small', spacing: 'None' })]),
  ];
  const rest = partsOf({ ...section, pictures: section.pictures?.filter(({ isSmall }) => isSmall !== true) });
  const items = [...beside(small, head), ...rest, ...linkRow(section.links ?? [])];
  return { type: 'Container', spacing: 'Medium', ...(isApart === true ? { separator: true } : {}), items };
}

const COLORS = { attention: 'Attention', warning: 'Warning', good: 'Good', accent: 'Accent' } as const;

/** A small picture stands before what it belongs to. */
function beside(pictures: readonly Picture[], items: readonly JsonObject[]): readonly JsonObject[] {
  if (pictures.length === 0) return items;
  return [
    {
      type: 'ColumnSet',
      columns: [
        {
          type: 'Column',
          width: 'auto',
          items: pictures.map((picture) => ({ ...imageOf(picture), size: 'Small' })),
        },
        { type: 'Column', width: 'stretch', verticalContentAlignment: 'Center', items },
      ],
    },
  ];
}

function partsOf({
  text,
  facts = [],
  pictures = [],
}: {
  readonly text?: string | undefined;
  readonly facts?: readonly Fact[] | undefined;
  readonly pictures?: readonly Picture[] | undefined;
}): readonly JsonObject[] {
  const named = facts.filter(({ name }) => name !== '');
  const unnamed = facts.filter(({ name }) => name === '');
  return [
    ...(text === undefined ? [] : [block(text)]),
    ...unnamed.map(({ value }) => block(value)),
    ...(named.length === 0
      ? []
      : [{ type: 'FactSet', facts: named.map(({ name, value }) => ({ title: name, value })) }]),
    ...pictures.map(imageOf),
  ];
}

/** One of several cards of a sender, with its own buttons. */
function bodyOf(card: JsonObject, index: number, of: number): readonly JsonObject[] {
  const own = Array.isArray(card.body) ? card.body : [];
  if (of === 1) return own;
  const actions = ownActions(card);
  const items = [...own, ...(actions.length === 0 ? [] : [{ type: 'ActionSet', actions }])];
  return [{ type: 'Container', ...(index === 0 ? {} : { separator: true, spacing: 'Large' }), items }];
}

function ownActions(card: JsonObject | undefined): readonly JsonObject[] {
  return Array.isArray(card?.actions) ? card.actions : [];
}

function linkRow(links: readonly Link[]): readonly JsonObject[] {
  if (links.length === 0) return [];
  return [
    { type: 'ActionSet', spacing: 'Small', actions: links.slice(0, MOST_BUTTONS).map(buttonOf) },
    ...linkLine(links.slice(MOST_BUTTONS)),
  ];
}

function linkLine(links: readonly Link[]): readonly JsonObject[] {
  if (links.length === 0) return [];
  const shown = links.map(({ title, url }) => `[${title.replace(/[[\]\\]/g, '\\$&')}](${encoded(url)})`);
  return [block(shown.join(' \u00b7 '), { size: 'Small' })];
}

function encoded(url: string): string {
  return url.replace(/[()\s]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

function noteOf({ leftOut, more }: Message, words: Words, isCut: boolean): readonly JsonObject[] {
  const notes = [
    more === undefined ? undefined : words.more(more),
    leftOut === undefined ? undefined : words.leftOut(leftOut),
    isCut ? words.cut : undefined,
  ].filter((note) => note !== undefined);
  return notes.length === 0 ? [] : [block(notes.join('\n\n'), { isSubtle: true, size: 'Small' })];
}

function buttonOf({ title, url }: Link): JsonObject {
  return { type: 'Action.OpenUrl', title, url };
}

function imageOf({ url, title }: Picture): JsonObject {
  return { type: 'Image', url, ...defined({ altText: title }) };
}

function block(text: string, look: JsonObject = {}): JsonObject {
  return { type: 'TextBlock', text, wrap: true, ...look };
}

/** Markdown as somebody reads it on a lock screen. */
function plainOf(text: string): string {
  return text
    .replace(/\*\*/g, '')
    .replace(/\\([!-/:-@[-\x60{-~])/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}
