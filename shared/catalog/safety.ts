import { DEEPEST_JSON } from '../domain/event/json-depth.ts';
import { type Fault, shortened } from '../domain/fault.ts';
import { isJsonObject } from '../domain/json-object.ts';
import { faultsOfRequests } from './bot-requests.ts';
import { COMMAND, PRESS_KEY } from './press-key.ts';

/** What a button of ours carries. Nobody else's button may. */
const RESERVED = [COMMAND, PRESS_KEY];

/** More than this in one card nobody reads, on no channel. */
const MOST_VALUES = 50_000;
/** Whoever made the card mends these first. */
const MOST_FAULTS = 20;

/** What a link may lead to. Whatever else a client would do with a link, it does not do for us. */
const SCHEMES: ReadonlySet<string> = new Set(['http', 'https', 'mailto', 'tel', 'sms', 'msteams']);

const EVERYONE = [
  /(?:^|[^\w.@])@(?:everyone|channel|here|all)(?:$|[^\w.])/i,
  /<!(?:everyone|channel|here)\b/i,
  /<at>\s*(?:everyone|channel|here|team)\s*<\/at>/i,
];

/** Where Markdown or HTML names the target of a link. */
const LINK_TARGETS = [
  /\]\(\s*<?([^)>\n]*)/g,
  // At each of several: what begins before may be no link after all, and this one be its end.
  /\]\((?=\s*<?([^)>\n]{0,150}))/g,
  /<([a-z][a-z0-9+.-]*:[^<>\n]*)>/gi,
  /\b(?:href|src)\s*=\s*["']?([^"'>\n]*)/gi,
];

/** `[label]: target`, at the beginning of a line. */
const REFERENCE = /\]:\s*<?([^\s>]+)/g;
const LONGEST_LABEL = 200;

/** The targets that Markdown names in lines of their own. */
function referencesIn(text: string): readonly string[] {
  return [...text.matchAll(REFERENCE)].flatMap(({ index, 1: target }) => {
    const before = text.slice(Math.max(0, index - LONGEST_LABEL - 5), index);
    const isLabel = /(?:^|\n)\s{0,3}\[[^\]\n]+$/.test(before);
    return target === undefined || !isLabel ? [] : [target];
  });
}

/**
 * What Markdown from an upstream service must not do: lead to anything but a page, a mailbox or a phone, or turn to
 * everyone in a chat at once.
 */
export function faultsOfText(text: string, path: string): readonly Fault[] {
  const faults: Fault[] = [];
  const named = LINK_TARGETS.flatMap((pattern) =>
    [...text.matchAll(pattern)].map(([, target = '']) => target),
  );
  if ([...named, ...referencesIn(text)].some((target) => !isAllowedTarget(target))) {
    faults.push({ path, message: LINK_RULE, rule: 'link' });
  }
  if (EVERYONE.some((pattern) => pattern.test(text))) {
    faults.push({
      path,
      message: 'must not mention everyone in a chat; address them with "to", and leave the mention out',
      rule: 'mention-everyone',
    });
  }
  return faults;
}

/**
 * What an Adaptive Card from an upstream service must not do besides: carry a command of ours in a button or an input,
 * make the client speak in the person's name, or ask the bot for what it does not do. Each value is looked at once.
 */
export function faultsOfCard(card: unknown, path: string): readonly Fault[] {
  const faults: Fault[] = [];
  let values = 0;
  visit(card, path, 0);
  if (values > MOST_VALUES) {
    const message = `must hold at most ${MOST_VALUES} values; leave out what nobody reads`;
    return [{ path, message, rule: 'too-many-values', values: { most: MOST_VALUES } }];
  }
  return faults.slice(0, MOST_FAULTS);

  function visit(value: unknown, at: string, depth: number): void {
    values += 1;
    if (values > MOST_VALUES || faults.length >= MOST_FAULTS) return;
    if (typeof value === 'string') {
      faults.push(...faultsOfText(value, at));
      return;
    }
    if (value === null || typeof value !== 'object') return;
    if (depth > DEEPEST_JSON) {
      const message = `must not be nested deeper than ${DEEPEST_JSON} levels`;
      faults.push({ path: at, message, rule: 'too-deep', values: { most: DEEPEST_JSON } });
      return;
    }
    if (Array.isArray(value)) {
      value.forEach((item, index) => {
        visit(item, `${at}[${index}]`, depth + 1);
      });
      return;
    }
    faults.push(...faultsOfObject(value, at));
    for (const [name, inner] of Object.entries(value)) visit(inner, `${at}.${shortened(name)}`, depth + 1);
  }
}

const LINK_RULE = `must lead to an address with ${[...SCHEMES].map((scheme) => `${scheme}:`).join(', ')}; other links are not shown to people`;

/** What is wrong with one object of a card, leaving aside what lies below it. */
function faultsOfObject(value: object, at: string): readonly Fault[] {
  const fields = { ...value } as { readonly [name: string]: unknown };
  const { id, type, data, mentioned } = fields;
  const faults: Fault[] = [...faultsOfRequests(fields, at)];
  for (const [name, inner] of Object.entries(value)) {
    const isLink = /(?:url|^backgroundImage)$/i.test(name);
    if (isLink && typeof inner === 'string' && !isAllowedTarget(inner, 'image')) {
      faults.push({ path: `${at}.${shortened(name)}`, message: LINK_RULE, rule: 'link' });
    }
  }
  for (const name of RESERVED) {
    if (!Object.hasOwn(value, name) && id !== name) continue;
    faults.push({
      path: at,
      message: `must not use the name "${name}": it is kept for the buttons of the notifier itself; choose another`,
      rule: 'reserved-name',
      values: { name },
    });
  }
  if (typeof type === 'string' && /^Action\./i.test(type) && typeof data === 'string') {
    faults.push({
      path: `${at}.data`,
      message: 'must be an object: a text would be said in the name of the person who presses the button',
      rule: 'button-data',
    });
  }
  if (type === 'mention' && isManyPeople(mentioned)) {
    faults.push({
      path: `${at}.mentioned`,
      message: 'must be one person; it must not mention everyone',
      rule: 'mention-everyone',
    });
  }
  return faults;
}

function isManyPeople(mentioned: unknown): boolean {
  if (!isJsonObject(mentioned)) return false;
  const { id, type, conversationIdentityType } = mentioned;
  return (
    conversationIdentityType !== undefined ||
    type === 'tag' ||
    (typeof id === 'string' && /^(everyone|channel|team|all|19:.*)$/i.test(id))
  );
}

/** Relative targets are allowed: there is no page here to which they could be relative, so they lead nowhere. */
function isAllowedTarget(target: string, kind: 'link' | 'image' = 'link'): boolean {
  const plain = decoded(target);
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(plain)?.[1]?.toLowerCase();
  if (scheme === undefined || SCHEMES.has(scheme)) return true;
  return kind === 'image' && /^data:image\/(png|jpeg|gif|webp);/i.test(plain);
}

/** As a browser reads an address: without white space and control characters, with character references resolved. */
function decoded(target: string): string {
  return (
    target
      .replace(/&#x([0-9a-f]{1,6});?/gi, (_all, code: string) => character(Number.parseInt(code, 16)))
      .replace(/&#(\d{1,7});?/g, (_all, code: string) => character(Number(code)))
      .replace(/&colon;/gi, ':')
      .replace(/&(tab|newline);/gi, '')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a browser ignores in an address
      .replace(/[\u0000-\u0020\u007f-\u00a0\u200b-\u200f\u2028\u2029\ufeff]/g, '')
  );
}

function character(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}
