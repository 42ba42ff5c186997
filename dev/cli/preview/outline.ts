import type { JsonObject } from '../../../shared/domain/event/notification.ts';
import { isJsonObject } from '../../../shared/domain/json-object.ts';
import { oneLine } from '../output/printable.ts';
import type { Style } from '../output/style.ts';
import { cut } from '../output/width.ts';

/** Fields that hold further elements, in the order in which they are seen. */
const CHILDREN = [
  'body',
  'items',
  'columns',
  'rows',
  'cells',
  'images',
  'inlines',
  'facts',
  'choices',
  'selectAction',
  'inlineAction',
  'card',
  'actions',
] as const;
/** Fields that say what an element is about, the first that is there. */
const WORDS = ['text', 'title', 'label', 'altText', 'placeholder', 'name'] as const;
/** Fields that lead somewhere or name an input. */
const DETAILS = ['id', 'verb', 'url', 'value'] as const;
const LONGEST_LINE = 160;
const DEEPEST = 30;

/** An Adaptive Card as an indented outline: one line an element, its type and its words. */
export function outline(card: JsonObject, style: Style): readonly string[] {
  return linesOf(card, 0, style);
}

function linesOf(element: JsonObject, depth: number, style: Style): readonly string[] {
  const indent = '  '.repeat(depth);
  const children = depth >= DEEPEST ? [] : CHILDREN.flatMap((name) => childrenOf(element[name]));
  return [
    cut(`${indent}${headOf(element, style)}`.trimEnd(), LONGEST_LINE),
    ...children.flatMap((child) => linesOf(child, depth + 1, style)),
  ];
}

function headOf(element: JsonObject, style: Style): string {
  const type = textOf(element.type);
  const words = WORDS.map((name) => textOf(element[name])).find((text) => text !== undefined);
  // A fact or a choice has no type: `Branch: main`.
  if (type === undefined) {
    return [words, textOf(element.value)].filter((part) => part !== undefined).join(': ');
  }
  const version = type === 'AdaptiveCard' ? textOf(element.version) : undefined;
  const details = DETAILS.map((name) => textOf(element[name])).filter((text) => text !== undefined);
  return [style.cyan(type), version, words, ...details.map((text) => style.dim(`[${text}]`))]
    .filter((part) => part !== undefined)
    .join(' ');
}

function childrenOf(value: unknown): readonly JsonObject[] {
  return (Array.isArray(value) ? value : [value]).filter(isJsonObject);
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string' && value !== '') return oneLine(value);
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
