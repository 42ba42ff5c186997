import { isJsonObject } from '../../../domain/json-object.ts';
import { defused } from '../markup/safe.ts';
import { wordOf } from '../payload.ts';

type JsonObject = { readonly [name: string]: unknown };

/** Properties that are texts or numbers by which an element looks; nothing else is taken over. */
const LOOKS = [
  'size',
  'weight',
  'color',
  'isSubtle',
  'wrap',
  'maxLines',
  'horizontalAlignment',
  'style',
  'fontType',
  'spacing',
  'separator',
  'height',
  'width',
  'minHeight',
  'bleed',
  'verticalContentAlignment',
  'isVisible',
  'id',
  'altText',
  'imageSize',
  'tooltip',
  'highlight',
  'italic',
  'strikethrough',
  'underline',
  'showGridLines',
  'firstRowAsHeader',
  'firstRowAsHeaders',
  'gridStyle',
  'horizontalCellContentAlignment',
  'verticalCellContentAlignment',
  'rtl',
  'columns',
] as const;
const BOOLEANS: ReadonlySet<string> = new Set(['wrap', 'isSubtle', 'separator', 'bleed', 'isVisible']);
/** Names of elements that are the notifier's own. */
export const OWN_ID = /^notifier/i;

/** How an element looks, of what may be said of that. */
export function looksOf(value: JsonObject): { [name: string]: unknown } {
  const looks: { [name: string]: unknown } = {};
  for (const name of LOOKS) {
    const look = value[name];
    if (name === 'columns') {
      if (Array.isArray(look) && wordOf(value.type).toLowerCase() === 'table')
        looks.columns = look.slice(0, 20).map(widthOf);
      continue;
    }
    if (BOOLEANS.has(name) && (look === 'true' || look === 'false')) looks[name] = look === 'true';
    else if (typeof look === 'boolean' || (typeof look === 'number' && Number.isFinite(look)))
      looks[name] = look;
    else if (typeof look === 'string' && look.length <= 200 && !(name === 'id' && OWN_ID.test(look))) {
      looks[name] =
        name === 'altText' || name === 'tooltip'
          ? defused(look)
          : /^[\w .%:-]*$/.test(look)
            ? look
            : undefined;
    }
  }
  return Object.fromEntries(Object.entries(looks).filter(([, look]) => look !== undefined));
}

function widthOf(column: unknown): JsonObject {
  const width = isJsonObject(column) ? column.width : undefined;
  return typeof width === 'number' || (typeof width === 'string' && /^[\w.]{1,12}$/.test(width))
    ? { width }
    : { width: 1 };
}
