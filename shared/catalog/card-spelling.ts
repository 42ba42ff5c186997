import { defined } from '../domain/defined.ts';
import { DEEPEST_JSON } from '../domain/event/json-depth.ts';
import { type Fault, shortened } from '../domain/fault.ts';
import { isJsonObject } from '../domain/json-object.ts';
import { meaning, nearestName } from '../domain/nearest-name.ts';
import { CARD_PARTS, type CardPart, OTHER_PARTS } from './card-parts.ts';

/** More than so many values are in no card. */
const MOST_VALUES = 50_000;
/** Of each, whoever made the card mends these first. */
const MOST_TOLD = 20;

/** What these hold is no part of the card. */
const NOT_SHOWN: ReadonlySet<string> = new Set([
  'data',
  'msteams',
  'metadata',
  'refresh',
  'authentication',
  'requires',
]);

const KNOWN = [...CARD_PARTS.keys(), ...OTHER_PARTS];

export interface CardSpelling {
  /** Something of the card would not be shown, or would do nothing. */
  readonly faults: readonly Fault[];
  /** What is ignored. */
  readonly warnings: readonly Fault[];
}

/**
 * What of an Adaptive Card clients would not understand: names that nobody knows, and what a part is nothing without. Each value is
 * looked at once, and no more than a card may have.
 */
export function spellingOfCard(card: unknown, path: string): CardSpelling {
  const faults: Fault[] = [];
  const warnings: Fault[] = [];
  let values = 0;
  /** What is meant by names that are no part: each is compared once, and no more than are told. */
  const near = new Map<string, string | undefined>();
  visit(card, path, 0);
  return { faults, warnings };

  function visit(value: unknown, at: string, depth: number): void {
    values += 1;
    if (values > MOST_VALUES || depth > DEEPEST_JSON) return;
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) visit(item, `${at}[${index}]`, depth + 1);
    } else if (isJsonObject(value)) {
      look(value, at);
      for (const [name, inner] of Object.entries(value))
        if (!NOT_SHOWN.has(name)) visit(inner, `${at}.${shortened(name)}`, depth + 1);
    }
  }

  function look(value: { readonly [name: string]: unknown }, at: string): void {
    const { type } = value;
    if (typeof type !== 'string') return;
    const part = CARD_PARTS.get(type);
    if (part !== undefined) {
      tell(faults, missingOf(value, type, part), at);
      if (warnings.length < MOST_TOLD) tell(warnings, unknownOf(value, type, part), at);
    } else if (!OTHER_PARTS.includes(type) && (near.has(type) || near.size < 2 * MOST_TOLD)) {
      if (!near.has(type)) near.set(type, nearestName(type, KNOWN));
      const meant = near.get(type);
      const message = `"${shortened(type)}" is no part of a card that is known here: who does not know it shows nothing of it${meaning(meant)}`;
      const values = { name: shortened(type), ...defined({ meant }) };
      tell(
        meant === undefined || 'fallback' in value ? warnings : faults,
        [{ path: 'type', message, rule: 'unknown-part', values }],
        at,
      );
    }
  }

  function tell(list: Fault[], found: readonly Fault[], at: string): void {
    for (const fault of found.slice(0, MOST_TOLD - list.length))
      list.push({ ...fault, path: `${at}.${fault.path}` });
  }
}

type Fields = { readonly [name: string]: unknown };

/** What it shows nothing without, and an address that leads nowhere. */
function missingOf(value: Fields, type: string, { needs, fields }: CardPart): readonly Fault[] {
  const isMissing = needs.length > 0 && needs.every((name) => (value[name] ?? undefined) === undefined);
  const { url } = value;
  const isBad = fields.includes('url') && typeof url === 'string' && !URL.canParse(url);
  const values = { type, needs: needs.join(', ') };
  const message = `must have ${needs.map((name) => `"${name}"`).join(' or ')}: ${type} shows or does nothing without`;
  return [
    ...(isMissing ? [{ path: needs[0] ?? '', message, rule: 'shows-nothing', values }] : []),
    ...(isBad
      ? [
          {
            path: 'url',
            message: 'must be a whole address, such as "https://example.com/page"',
            rule: 'address',
          },
        ]
      : []),
  ];
}

function unknownOf(value: Fields, type: string, { fields }: CardPart): readonly Fault[] {
  return Object.keys(value)
    .filter((name) => !fields.includes(name))
    .slice(0, MOST_TOLD)
    .map((name) => {
      const meant = nearestName(name, fields);
      return {
        path: shortened(name),
        message: `is no field of ${type} that is known here: who does not know it ignores it${meaning(meant)}`,
        rule: 'unknown-part-field',
        values: { type, ...defined({ meant }) },
      };
    });
}
