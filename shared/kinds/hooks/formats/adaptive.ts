import { linesOf } from '../../../catalog/readable-text.ts';
import { DEEPEST_JSON } from '../../../domain/event/json-depth.ts';
import { isJsonObject } from '../../../domain/json-object.ts';
import { safeCard } from '../card/safe-card.ts';
import type { Format, Mapped, Message, Section } from '../message.ts';
import { objectsAt, textAt, wordOf } from '../payload.ts';
import { isOver, stateOfTitle } from '../tone.ts';
import { isMessageCard, keyOfLinks, mapMessageCard } from './message-card.ts';
import { given, linkOf, linksOf, markedText, markedTitle, messageOf, pictureOf } from './shown.ts';

type JsonObject = { readonly [name: string]: unknown };

/** Cards that somebody made for Teams: in the envelope that Workflows take, or bare. */
export const adaptive: Format = {
  name: 'adaptive',
  answer: 'one',
  detects: ({ payload }) => isBareCard(payload) || attachmentsOf(payload).length > 0,
  map({ payload }) {
    const attachments = isBareCard(payload)
      ? [{ kind: 'adaptive', content: payload }]
      : attachmentsOf(payload);
    const parts = attachments.flatMap(({ kind, content }) =>
      isJsonObject(content) ? mapOne(kind, content) : [],
    );
    if (parts.length === 0) return undefined;
    const text = isBareCard(payload) ? undefined : markedText(textAt(payload, 'text'));
    return together(parts, text, markedTitle(textAt(payload, 'summary')));
  },
};

function isBareCard(payload: unknown): payload is JsonObject {
  return (
    isJsonObject(payload) &&
    wordOf(payload.type).toLowerCase() === 'adaptivecard' &&
    Array.isArray(payload.body)
  );
}

/** By what each says that it is, or looks like. */
function attachmentsOf(payload: unknown): readonly { readonly kind: string; readonly content: unknown }[] {
  if (!isJsonObject(payload)) return [];
  return objectsAt(payload, 'attachments').flatMap((attachment) => {
    const content = parsedContent(attachment.content);
    const type = wordOf(attachment.contentType ?? '').toLowerCase();
    if (!isJsonObject(content)) return [];
    if (type.endsWith('card.adaptive') || wordOf(content.type).toLowerCase() === 'adaptivecard')
      return [{ kind: 'adaptive', content }];
    if (type.endsWith('o365connector') || isMessageCard(content)) return [{ kind: 'connector', content }];
    return /card\.(?:hero|thumbnail)$/.test(type) ? [{ kind: 'hero', content }] : [];
  });
}

/** Flows and scripts send the card as text. */
function parsedContent(content: unknown): unknown {
  if (typeof content !== 'string') return content;
  try {
    return JSON.parse(content);
  } catch {
    // No card after all: it is left out.
    return undefined;
  }
}

function mapOne(kind: string, content: JsonObject): Mapped {
  if (kind === 'connector') return mapMessageCard(content);
  return kind === 'hero' ? ofHero(content) : ofAdaptive(content);
}

function ofAdaptive(content: JsonObject): Mapped {
  const { card, mentions, leftOut } = safeCard(content);
  const said = linesOf(card).slice(0, MOST_HEADLINES).map(stateOfTitle);
  const state = said.find((each) => each !== undefined) ?? (isAlarming(card) ? 'firing' : undefined);
  const key = keyOfLinks(linksOf(...urlsOf(card)));
  return {
    message: messageOf({ cards: [card], mentions, state, leftOut: leftOut === 0 ? undefined : leftOut }),
    ...given('key', key),
    ...(isOver(state) ? { isLast: true } : {}),
  };
}

/** Among the first lines is what the card is about. */
const MOST_HEADLINES = 3;

/** Whether something on it is said in the colour of alarms. */
function isAlarming(card: JsonObject): boolean {
  return /"(?:color|style)":"attention"/i.test(JSON.stringify(card.body));
}

/** Where its buttons lead, in their order. */
function urlsOf(value: unknown, depth = 0): readonly (readonly [string, unknown])[] {
  if (depth > DEEPEST_JSON) return [];
  if (Array.isArray(value)) return value.flatMap((each) => urlsOf(each, depth + 1));
  if (!isJsonObject(value)) return [];
  if (value.type === 'Action.OpenUrl') return [['', value.url]];
  return Object.values(value).flatMap((inner) => urlsOf(inner, depth + 1));
}

function ofHero(content: JsonObject): Mapped {
  const buttons = objectsAt(content, 'buttons');
  const links = buttons.flatMap((button) =>
    wordOf(button.type).toLowerCase() === 'openurl' ? (linkOf(button.title, button.value) ?? []) : [],
  );
  return {
    message: messageOf({
      title: markedTitle(content.title),
      subtitle: markedTitle(content.subtitle),
      text: markedText(content.text),
      pictures: objectsAt(content, 'images').flatMap((image) => pictureOf(image.url, image.alt) ?? []),
      links,
      leftOut: buttons.length === links.length ? undefined : buttons.length - links.length,
    }),
  };
}

/** Several cards are one message, one below the other. */
function together(parts: readonly Mapped[], text: string | undefined, summary: string | undefined): Mapped {
  const [first] = parts;
  if (first !== undefined && parts.length === 1 && text === undefined) {
    return first.message.title === undefined && first.message.cards === undefined && summary !== undefined
      ? { ...first, message: { ...first.message, title: summary } }
      : first;
  }
  const cards = parts.flatMap(({ message }) => message.cards ?? []);
  const sections = parts.flatMap(({ message }) => (message.cards === undefined ? sectionsOf(message) : []));
  const leftOut = parts.reduce((sum, { message }) => sum + (message.leftOut ?? 0), 0);
  return {
    message: messageOf({
      text,
      cards,
      sections,
      mentions: parts.flatMap(({ message }) => message.mentions ?? []),
      state: first?.message.state,
      leftOut: leftOut === 0 ? undefined : leftOut,
    }),
    ...given('key', first?.key),
    ...(first?.isLast ? { isLast: true } : {}),
  };
}

function sectionsOf(message: Message): readonly Section[] {
  const { title, subtitle, text, facts, links, pictures, sections = [] } = message;
  return [
    {
      isApart: true,
      ...given('title', title),
      ...given('subtitle', subtitle),
      ...given('text', text),
      ...given('facts', facts),
      ...given('links', links),
      ...given('pictures', pictures),
    },
    ...sections,
  ];
}
