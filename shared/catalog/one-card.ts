import type { JsonObject } from '../domain/event/notification.ts';
import { isJsonObject } from '../domain/json-object.ts';
import { cut } from '../domain/text.ts';
import { excerptOf } from './excerpt.ts';
import type { Button, Frame, Telling } from './frame.ts';
import { COMMAND, KEY_LENGTH, PRESS_KEY } from './press-key.ts';
import { linesOf } from './readable-text.ts';

/** Channels show so many buttons of one row at most. */
const MOST_IN_A_ROW = 6;
/** Characters of a toast; clients show fewer. */
const LONGEST_TOAST = 160;
/** Of a longer text, a toast reads no more than this. */
const READ_FOR_TOAST = 1000;
/** A text that is no longer than this is a headline. */
const LONGEST_HEADLINE = 120;

const EMPTY_CARD: JsonObject = {
  type: 'AdaptiveCard',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  version: '1.5',
};

/**
 * Everything that one message says, as one card: a channel such as Teams makes two messages of an activity with text and
 * card, and gives no id for them. The text comes first and unchanged, then the card's own content, then what the bot says
 * of it, and last and quietly why the person gets it.
 *
 * The card's own buttons move into its body where something follows them: a card shows its `actions` below everything
 * else, where they would be taken for what follows.
 *
 * @param kind what to call it when it says nothing in words
 * @param around.message its id, of which the buttons that are added here carry the key (`withPressKey` for those of the card)
 */
export function inOneCard(
  { text, card = EMPTY_CARD, summary, remark, buttons = [] }: Telling,
  kind: string,
  { frame, message }: { readonly frame?: Frame | undefined; readonly message?: string } = {},
): { readonly card: JsonObject; readonly summary: string } {
  const { actions: own, body, ...rest } = card;
  const shown: readonly unknown[] = Array.isArray(body) ? body : [];
  const pressed: readonly unknown[] = Array.isArray(own) ? own : [];
  const layout = message === undefined ? {} : { key: message.slice(0, KEY_LENGTH) };
  const below = [
    ...(remark === undefined ? [] : [{ type: 'TextBlock', text: remark, spacing: 'Medium', wrap: true }]),
    ...rowsOf(buttons, layout),
    ...(frame === undefined ? [] : [quietEnd(frame, layout)]),
  ];
  const isBelow = below.length > 0;
  return {
    card: {
      ...rest,
      body: [
        ...(text === undefined ? [] : headOf(text, shown)),
        ...shown,
        ...(isBelow && pressed.length > 0 ? [{ type: 'ActionSet', actions: pressed }] : []),
        ...below,
      ],
      ...(isBelow || pressed.length === 0 ? {} : { actions: pressed }),
    },
    summary: summary ?? toastOf(text ?? linesOf(card)[0] ?? kind),
  };
}

/** The text in one line and without Markdown's marks, for a toast, a feed and a lock screen. */
export function toastOf(text: string): string {
  const plain = withoutMarks(cut(text, READ_FOR_TOAST)).replace(/\s+/g, ' ').trim();
  return excerptOf(plain, LONGEST_TOAST).text;
}

/**
 * A text without the marks of Markdown: of a link its title, of a heading its words; what is escaped stands there as it is meant.
 * Signs that mark nothing (`a * b`, `snake_case`) stay.
 */
export function withoutMarks(text: string): string {
  return text
    .replace(/(?<!\\)\[([^[\]]{1,200})\]\([^()\s]{1,500}\)/g, '$1')
    .replace(/^ {0,3}#{1,6} /gm, '')
    .replace(/(?<!\\)(?:\*\*|~~|`)|(?<![\\\w])__|__(?!\w)/g, '')
    .replace(/(?<![\w*\\])\*([^*\s](?:[^*\n]{0,500}[^*\s])?)\*(?![\w*])/g, '$1')
    .replace(/(?<![\w\\])_([^_\s](?:[^_\n]{0,500}[^_\s])?)_(?!\w)/g, '$1')
    .replace(/\\([\\`*_{}[\]()<>#+!|~-])/g, '$1');
}

/**
 * The text at the head of the card; nothing where the card says the same there already, as who writes both may. A short one is
 * a headline, unless the card has one of its own.
 */
function headOf(text: string, [first]: readonly unknown[]): readonly JsonObject[] {
  const head = isJsonObject(first) ? first : {};
  if (head.type === 'TextBlock' && head.text === text) return [];
  const isTitled = head.size !== undefined || head.weight !== undefined;
  const isHeadline = !isTitled && text.length <= LONGEST_HEADLINE && !text.includes('\n');
  return [{ type: 'TextBlock', text, wrap: true, ...(isHeadline ? { size: 'Medium' } : {}) }];
}

/** How a row of buttons is laid out, and the key that they carry. */
interface RowLayout {
  readonly key?: string;
  readonly spacing?: 'Small';
}

function rowsOf(buttons: readonly Button[], { key, ...layout }: RowLayout): JsonObject[] {
  const rows: JsonObject[] = [];
  for (let from = 0; from < buttons.length; from += MOST_IN_A_ROW) {
    const actions: JsonObject[] = [];
    for (const { title, command } of buttons.slice(from, from + MOST_IN_A_ROW)) {
      const data = { [COMMAND]: command, ...(key === undefined ? {} : { [PRESS_KEY]: key }) };
      actions.push({ type: 'Action.Submit', title, data });
    }
    rows.push({ type: 'ActionSet', actions, ...layout });
  }
  return rows;
}

/** What the dots at the end of a card open. */
const OPTIONS = 'notifier-options';
const CLOSE = { spacing: 'Small' } as const;

/**
 * The reason in one small line, and dots that open what can be done about it: never larger than the news. What is needed to
 * read all of it stands open.
 */
function quietEnd({ why, buttons }: Frame, layout: RowLayout): JsonObject {
  const close = { ...layout, ...CLOSE };
  const reason = { type: 'TextBlock', text: why, isSubtle: true, size: 'Small', wrap: true };
  const needed = buttons.filter(({ isNeeded }) => isNeeded === true);
  const folded = buttons.filter(({ isNeeded }) => isNeeded !== true);
  const items: JsonObject[] = rowsOf(needed, close);
  if (folded.length === 0) items.push(reason);
  else {
    const options = rowsOf(folded, close);
    items.push(besideDots(reason, folded), {
      type: 'Container',
      id: OPTIONS,
      isVisible: false,
      ...CLOSE,
      items: options,
    });
  }
  return { type: 'Container', separator: true, spacing: 'Large', items };
}

function besideDots(reason: JsonObject, folded: readonly Button[]): JsonObject {
  return {
    type: 'ColumnSet',
    spacing: 'Small',
    columns: [
      { type: 'Column', width: 'stretch', verticalContentAlignment: 'Center', items: [reason] },
      {
        type: 'Column',
        width: 'auto',
        verticalContentAlignment: 'Center',
        selectAction: {
          type: 'Action.ToggleVisibility',
          // Read out, and shown to whoever points at the dots.
          title: folded.map(({ title }) => title).join(', '),
          targetElements: [OPTIONS],
        },
        items: [{ type: 'TextBlock', text: '\u2022\u2022\u2022', weight: 'Bolder' }],
      },
    ],
  };
}
