import { cut, withoutTail } from '../../../domain/text.ts';
import type { Message, Section } from '../message.ts';

type JsonObject = { readonly [name: string]: unknown };

/** So long a text may be, in each round of shortening. */
const TEXTS = [4000, 1000, 300, 80];

/**
 * The message, less of it each time: first the longest texts, then the last members (the oldest alerts), then pictures, and
 * at last facts. Its title and its first links stay.
 */
export function* shorter(message: Message): Generator<Message, void, undefined> {
  const { sections = [], facts = [], cards = [] } = message;
  for (const longest of TEXTS.slice(0, 2)) yield withTexts(message, longest);
  for (let kept = Math.ceil(sections.length / 2); kept >= 1; kept = kept === 1 ? 0 : Math.ceil(kept / 2)) {
    const more = (message.more ?? 0) + sections.length - kept;
    yield withTexts({ ...message, sections: sections.slice(0, kept), ...(more > 0 ? { more } : {}) }, 1000);
  }
  const { pictures: _pictures, ...bare } = message;
  const first = sections.slice(0, 1);
  yield withTexts({ ...bare, sections: first }, 300);
  for (const kept of [100, 40, 15]) {
    const more = (message.more ?? 0) + Math.max(0, facts.length - kept);
    yield withTexts(
      {
        ...bare,
        facts: facts.slice(0, kept),
        sections: first.map(({ pictures: _own, ...each }) => ({
          ...each,
          ...(each.facts ? { facts: each.facts.slice(0, kept) } : {}),
        })),
        cards: cards.map((card) => ({ ...card, body: bodyOf(card).slice(0, kept) })),
        ...(more > 0 ? { more } : {}),
      },
      80,
    );
  }
}

function bodyOf(card: JsonObject): readonly unknown[] {
  return Array.isArray(card.body) ? card.body : [];
}

function withTexts(message: Message, longest: number): Message {
  const { text, sections, facts, cards } = message;
  return {
    ...message,
    ...(text === undefined ? {} : { text: short(text, longest) }),
    ...(facts === undefined
      ? {}
      : { facts: facts.map((fact) => ({ ...fact, value: short(fact.value, longest) })) }),
    ...(sections === undefined
      ? {}
      : { sections: sections.map((section) => shortSection(section, longest)) }),
    ...(cards === undefined ? {} : { cards: cards.map((card) => shortTexts(card, longest) as JsonObject) }),
  };
}

function shortSection(section: Section, longest: number): Section {
  return {
    ...section,
    ...(section.text === undefined ? {} : { text: short(section.text, longest) }),
    ...(section.facts === undefined
      ? {}
      : { facts: section.facts.map((fact) => ({ ...fact, value: short(fact.value, longest) })) }),
  };
}

/** Texts of a sender's own card, wherever they stand. */
function shortTexts(value: unknown, longest: number): unknown {
  if (Array.isArray(value)) return value.map((each) => shortTexts(each, longest));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      typeof inner === 'string' && (name === 'text' || name === 'value')
        ? short(inner, longest)
        : shortTexts(inner, longest),
    ]),
  );
}

/** Ends before a link that would be cut in two. */
function short(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const kept = cut(text, longest);
  const open = kept.lastIndexOf('[');
  // What is open behind the last bracket is a link that would be cut in two.
  const isOpen = open >= 0 && kept.indexOf(')', open) < 0;
  return `${withoutTail(isOpen ? kept.slice(0, open) : kept, /[*_\\]/)}\u2026`;
}
