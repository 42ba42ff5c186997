import { linesOf } from '../../../catalog/readable-text.ts';
import { faultsOfCard } from '../../../catalog/safety.ts';
import { defined } from '../../../domain/defined.ts';
import { isJsonObject } from '../../../domain/json-object.ts';
import { escapedInline } from '../markup/escape.ts';
import { cardText } from '../markup/markdown.ts';
import { defused, isSecretUrl, linkUrl, pictureUrl } from '../markup/safe.ts';
import { wordOf } from '../payload.ts';
import { looksOf, OWN_ID } from './looks.ts';

type JsonObject = { readonly [name: string]: unknown };

/** What channels draw of Adaptive Cards 1.5, and where each holds further elements. */
const ELEMENTS: { readonly [type: string]: readonly string[] } = {
  TextBlock: [],
  Image: [],
  FactSet: [],
  RichTextBlock: ['inlines'],
  TextRun: [],
  Container: ['items'],
  ColumnSet: ['columns'],
  Column: ['items'],
  ImageSet: ['images'],
  ActionSet: ['actions'],
  Table: ['rows'],
  TableRow: ['cells'],
  TableCell: ['items'],
};
const TYPE_OF: ReadonlyMap<string, string> = new Map(
  Object.keys(ELEMENTS).map((type) => [type.toLowerCase(), type]),
);

/** Of one card. */
const MOST_ELEMENTS = 1500;
const DEEPEST = 24;

export interface SafeCard {
  /** `body` and `actions`, without anything else that a card may ask of a client but its width. */
  readonly card: JsonObject;
  readonly mentions: JsonObject[];
  /** Buttons and inputs that cannot work here. */
  readonly leftOut: number;
}

/**
 * A sender's Adaptive Card as a channel may show it in our name: of version 1.5, without inputs, without buttons that would
 * speak to the bot or to a server, with links to pages only and pictures over https.
 */
export function safeCard(content: JsonObject): SafeCard {
  const state = { elements: 0, leftOut: 0 };
  const body = elementsOf(content.body, 0, state);
  const actions = actionsOf(content.actions, 0, state);
  const width = [content.msteams, content.msTeams].some(
    (own) => isJsonObject(own) && wordOf(own.width).toLowerCase() === 'full',
  );
  const card = {
    body: [...body, ...(body.length === 0 ? fallbackText(content) : [])],
    ...(actions.length === 0 ? {} : { actions }),
    ...(width ? { msteams: { width: 'Full' } } : {}),
  };
  const { leftOut } = state;
  if (faultsOfCard({ type: 'AdaptiveCard', ...card }, 'card').length === 0) {
    return { card, mentions: mentionsOf(content), leftOut };
  }
  // Whatever a card hides it in: its words remain.
  const words = linesOf({ type: 'AdaptiveCard', ...card }).map((line) =>
    textBlock(defused(escapedInline(line))),
  );
  return { card: { body: words.slice(0, 200) }, mentions: [], leftOut };
}

interface Walk {
  elements: number;
  leftOut: number;
}

function elementsOf(value: unknown, depth: number, walk: Walk): JsonObject[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((each: unknown) => elementOf(each, depth, walk));
}

function elementOf(value: unknown, depth: number, walk: Walk): JsonObject[] {
  walk.elements += 1;
  if (walk.elements > MOST_ELEMENTS || depth > DEEPEST) return [];
  // The runs of a text may be plain.
  if (typeof value === 'string') return value === '' ? [] : [{ type: 'TextRun', text: defused(value) }];
  if (!isJsonObject(value)) return [];
  const type = TYPE_OF.get(wordOf(value.type ?? (Array.isArray(value.items) ? 'Column' : '')).toLowerCase());
  if (type === undefined) return unknownOf(value, depth, walk);
  const looks = looksOf(value);
  const press = openUrlOf(value.selectAction);
  const shared = { type, ...looks, ...defined({ selectAction: press }) };
  switch (type) {
    case 'TextBlock': {
      const text = markedIn(value.text);
      return text === '' ? [] : [{ ...shared, text, wrap: looks.wrap ?? true }];
    }
    case 'TextRun':
      return [{ ...shared, text: defused(plainOf(value.text)) }];
    case 'Image': {
      const url = pictureUrl(value.url);
      return url === undefined ? [] : [{ ...shared, url }];
    }
    case 'FactSet':
      return factsOf(value, shared);
    case 'ActionSet': {
      const actions = actionsOf(value.actions, depth + 1, walk);
      return actions.length === 0 ? [] : [{ ...shared, actions }];
    }
    default: {
      const [within = 'items'] = ELEMENTS[type] ?? [];
      const children = elementsOf(typedChildren(type, value[within]), depth + 1, walk);
      // Cells count: an empty one keeps its column.
      const isNeeded = type === 'Column' || type === 'TableCell' || children.length > 0;
      return isNeeded ? [{ ...shared, [within]: children }] : [];
    }
  }
}

/** Columns, rows and cells may leave out what they are. */
function typedChildren(type: string, value: unknown): unknown {
  const child = { ColumnSet: 'Column', Table: 'TableRow', TableRow: 'TableCell', ImageSet: 'Image' }[type];
  if (child === undefined || !Array.isArray(value)) return value;
  return value.map((each: unknown) =>
    isJsonObject(each) && each.type === undefined ? { ...each, type: child } : each,
  );
}

function factsOf(value: JsonObject, shared: JsonObject): JsonObject[] {
  const facts = Array.isArray(value.facts) ? value.facts.filter(isJsonObject) : [];
  const shown = facts.map((fact) => ({
    title: markedIn(fact.title ?? fact.name),
    value: markedIn(fact.value),
  }));
  return shown.length === 0 ? [] : [{ ...shared, facts: shown }];
}

/** What is newer than what channels draw: what the card says instead, or its words. */
function unknownOf(value: JsonObject, depth: number, walk: Walk): JsonObject[] {
  const { type, fallback } = value;
  if (isJsonObject(fallback)) return elementOf(fallback, depth + 1, walk);
  if (typeof type === 'string' && type.startsWith('Input.')) {
    walk.leftOut += 1;
    return [];
  }
  if (typeof fallback === 'string' && fallback.toLowerCase() === 'drop') return [];
  const code = typeof type === 'string' && type === 'CodeBlock' ? plainOf(value.codeSnippet) : '';
  const text = code === '' ? plainOf(value.text) : code;
  const own = text === '' ? [] : text.split('\n').filter((line) => line.trim() !== '');
  const looks = code === '' ? {} : { fontType: 'Monospace', spacing: 'None' };
  const inner = ['items', 'pages', 'columns', 'rows', 'cells', 'images', 'inlines', 'body'].flatMap((name) =>
    elementsOf(value[name], depth + 1, walk),
  );
  return [
    ...own.slice(0, 100).map((line) => ({ ...textBlock(defused(escapedInline(line))), ...looks })),
    ...inner,
  ];
}

function actionsOf(value: unknown, depth: number, walk: Walk): JsonObject[] {
  if (!Array.isArray(value) || depth > DEEPEST) return [];
  return value.filter(isJsonObject).flatMap((action): JsonObject[] => {
    walk.elements += 1;
    if (walk.elements > MOST_ELEMENTS) return [];
    const title = defused(plainOf(action.title).slice(0, 100));
    const open = openUrlOf(action);
    if (open !== undefined) return [open];
    if (action.type === 'Action.ShowCard' && isJsonObject(action.card)) {
      const body = elementsOf(action.card.body, depth + 1, walk);
      const actions = actionsOf(action.card.actions, depth + 1, walk);
      if (body.length === 0 && actions.length === 0) return [];
      return [
        {
          type: 'Action.ShowCard',
          title,
          card: { type: 'AdaptiveCard', body, ...(actions.length === 0 ? {} : { actions }) },
        },
      ];
    }
    if (action.type === 'Action.ToggleVisibility' && Array.isArray(action.targetElements)) {
      const targets = action.targetElements.flatMap(targetOf);
      if (targets.length > 0) return [{ type: 'Action.ToggleVisibility', title, targetElements: targets }];
    }
    walk.leftOut += 1;
    return [];
  });
}

function targetOf(target: unknown): unknown[] {
  const id = isJsonObject(target) ? target.elementId : target;
  if (typeof id !== 'string' || OWN_ID.test(id)) return [];
  return isJsonObject(target) && typeof target.isVisible === 'boolean'
    ? [{ elementId: id, isVisible: target.isVisible }]
    : [id];
}

function openUrlOf(action: unknown): JsonObject | undefined {
  if (!isJsonObject(action) || wordOf(action.type).toLowerCase() !== 'action.openurl') return undefined;
  const url = linkUrl(action.url);
  if (url === undefined || isSecretUrl(url)) return undefined;
  const title = defused(plainOf(action.title).slice(0, 100));
  const style = action.style === 'positive' || action.style === 'destructive' ? { style: action.style } : {};
  return { type: 'Action.OpenUrl', ...(title === '' ? {} : { title }), url, ...style };
}

/** Mentions are names, until somebody allows them: the marks go, the name stays. */
function markedIn(value: unknown): string {
  const text = plainOf(value).replace(/<\/?at(?: id="?\d{1,6}"?)?>/gi, '');
  return /[<>&#\x60|\]]|\*\*|!\[|@/.test(text) ? cardText(text) : defused(text);
}

function mentionsOf(content: JsonObject): JsonObject[] {
  return [content.msteams, content.msTeams].flatMap((own) => {
    const entities =
      isJsonObject(own) && Array.isArray(own.entities) ? own.entities.filter(isJsonObject) : [];
    return entities.slice(0, 20).flatMap((entity) => {
      const { mentioned, text, type } = entity;
      if (type !== 'mention' || !isJsonObject(mentioned) || typeof text !== 'string' || text.length > 200)
        return [];
      const { id, name } = mentioned;
      if (typeof id !== 'string' || id === '' || id.length > 200) return [];
      return [{ type, text, mentioned: { id, name: typeof name === 'string' ? name.slice(0, 200) : id } }];
    });
  });
}

function fallbackText(content: JsonObject): JsonObject[] {
  const text = markedIn(content.fallbackText ?? content.speak);
  return text === '' ? [] : [textBlock(text)];
}

function textBlock(text: string): JsonObject {
  return { type: 'TextBlock', text, wrap: true };
}

function plainOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? wordOf(value)
    : '';
}
