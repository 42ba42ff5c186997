import { isJsonObject } from '../../../domain/json-object.ts';
import { isForPeople, isSecretUrl } from '../markup/safe.ts';
import type { Format, Mapped, Tone } from '../message.ts';
import { textAt, textOf } from '../payload.ts';
import { isOver, stateOfStatus, stateOfTitle, toneOfState } from '../tone.ts';
import { factsOf, linksOf, markedText, messageOf, pictureOf, plainText, plainTitle } from './shown.ts';

/** Where senders put what a thing is called, the most telling first. */
const TITLES = [
  'title',
  'subject',
  'summary',
  'alert_name',
  'alertName',
  'rule_name',
  'ruleName',
  'search_name',
  'event_title',
  'ProblemTitle',
  'monitorFriendlyName',
  'headline',
  'name',
  'alertname',
  'check_name',
];
const TEXTS = [
  'message',
  'text',
  'body',
  'description',
  'msg',
  'content',
  'details',
  'reason',
  'output',
  'ProblemDetailsText',
];
const STATES = [
  'status',
  'state',
  'current_state',
  'alert_status',
  'State',
  'alertStatus',
  'transition',
  'event_state',
  'action',
  'conclusion',
  'result',
];
/** Elements in which senders wrap what they have to say. */
const WRAPPERS = [
  'event',
  'alert',
  'data',
  'incident',
  'payload',
  'issue',
  'monitor',
  'notification',
  'check',
  'problem',
];

const SECRET =
  /token|secret|password|passwd|authorization|api_?key|signature|credential|cookie|claims|private_?key|session/i;
const NOISE =
  /^(?:node_id|gravatar_id|avatar_url|avatar|uuid|guid|html|sha|etag|sequencer|hash)$|_url$|^url_/i;

/** Of one card. */
const MOST_FACTS = 24;
const LONGEST_LEAF = 300;
/** Levels and values that are looked at. */
const DEEPEST = 8;
const MOST_LOOKED_AT = 3000;

/** Whatever nothing else recognises: a card of its title, its text, its fields and its links. */
export const general: Format = {
  name: 'general',
  answer: 'id',
  detects: () => true,
  map: ({ payload }) => mapAnything(payload),
};

function mapAnything(payload: unknown): Mapped | undefined {
  if (typeof payload === 'string') {
    const text = plainText(payload);
    return text === undefined ? undefined : { message: { text } };
  }
  const object = Array.isArray(payload) ? { items: payload } : payload;
  if (!isJsonObject(object)) return undefined;
  const title = found(object, TITLES);
  const text = found(object, TEXTS);
  const status = found(object, STATES)?.value;
  const state = stateOfStatus(status) ?? stateOfTitle(title?.value);
  const used = new Set([title?.path, text?.path].filter((path) => path !== undefined));
  const leaves = leavesOf(object, { most: MOST_FACTS, leaveOut: used });
  const severity = textAt(object, 'severity', 'priority', 'level', 'alert.severity', 'event.severity');
  const picture = pictureOf(textAt(object, 'image', 'image_url', 'imageUrl'));
  const shown = messageOf({
    title: plainTitle(title?.value),
    text: text === undefined ? undefined : markedText(text.value),
    state,
    tone: toneOfState(state) === 'good' ? 'good' : (toneOfSeverity(severity) ?? toneOfState(state)),
    facts: factsOf(...leaves.facts),
    links: linksOf(...leaves.links),
    pictures: picture === undefined ? undefined : [picture],
    more: leaves.more || undefined,
  });
  const isSaying = Boolean(shown.title ?? shown.text ?? shown.facts ?? shown.links);
  if (!isSaying) return undefined;
  return { message: shown, ...(isOver(state) && state !== undefined ? { isLast: true } : {}) };
}

function found(object: { readonly [name: string]: unknown }, names: readonly string[]) {
  for (const prefix of ['', ...WRAPPERS.map((name) => `${name}.`)]) {
    for (const name of names) {
      const value = textAt(object, `${prefix}${name}`);
      if (value !== undefined) return { path: `${prefix}${name}`, value };
    }
  }
  return undefined;
}

/** What a sender calls grave. */
export function toneOfSeverity(severity: string | undefined): Tone | undefined {
  const text = (severity ?? '').toLowerCase();
  if (/^(?:critical|fatal|emergency|high|p1|p2|sev[01]|error|urgent|major|disaster|page)$/.test(text))
    return 'attention';
  return /^(?:warning|warn|medium|p3|sev[23]|moderate|minor|average)$/.test(text) ? 'warning' : undefined;
}

export interface Leaves {
  readonly facts: readonly (readonly [name: string, value: unknown])[];
  readonly links: readonly (readonly [title: string, url: unknown])[];
  /** Fields that are left out because there are too many. */
  readonly more: number;
}

/** The fields of a body as facts, the shallow ones first, and the pages that it names as links. */
export function leavesOf(
  root: unknown,
  { most, leaveOut = new Set() }: { readonly most: number; readonly leaveOut?: ReadonlySet<string> },
): Leaves {
  const facts: (readonly [string, unknown])[] = [];
  const links: (readonly [string, unknown])[] = [];
  let looked = 0;
  let level: (readonly [path: string, value: unknown])[] = [['', root]];
  for (let depth = 0; depth <= DEEPEST && level.length > 0; depth += 1) {
    const next: (readonly [string, unknown])[] = [];
    for (const [path, value] of level) {
      if (value === null || typeof value !== 'object') continue;
      for (const [name, inner] of Object.entries(value)) {
        looked += 1;
        if (looked > MOST_LOOKED_AT) break;
        const inside = path === '' ? name : `${path}.${name}`;
        if (SECRET.test(name) || leaveOut.has(inside)) continue;
        if (inner !== null && typeof inner === 'object') next.push([inside, inner]);
        else addLeaf(inside, name, inner);
      }
    }
    level = next;
  }
  const names = Map.groupBy(facts, ([path]) => lastOf(path));
  const named = facts.slice(0, most).map(([path, value]) => {
    // Two of one name are told apart by what they stand in.
    const isAlone = (names.get(lastOf(path))?.length ?? 0) < 2;
    return [isAlone ? lastOf(path) : nameOf(path), value] as const;
  });
  return { facts: named, links: links.slice(0, 6), more: Math.max(0, facts.length - most) };

  function addLeaf(path: string, name: string, value: unknown): void {
    const text = textOf(value);
    if (text === undefined) return;
    if (/^https?:\/\/\S+$/i.test(text)) {
      if (isForPeople(text) && !isSecretUrl(text)) links.push([titleOf(path), text]);
      return;
    }
    if (NOISE.test(name) || isSecretUrl(text)) return;
    facts.push([path, text.slice(0, LONGEST_LEAF)]);
  }
}

function lastOf(path: string): string {
  return nameOf(path).split(' ').at(-1) ?? path;
}

/** The last names of a path, which tell two of one name apart: `machine floor`. */
function nameOf(path: string): string {
  return path
    .split('.')
    .filter((part) => !/^\d+$/.test(part))
    .slice(-2)
    .join(' ');
}

function titleOf(path: string): string {
  const name = nameOf(path)
    .replace(/[\s_]?(?:html_)?(?:url|link|href)$/i, '')
    .replace(/_/g, ' ')
    .trim();
  return name === '' ? 'Open' : `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
