import { cut } from '../../../domain/text.ts';
import { escapedInline } from './escape.ts';
import { LONGEST_TEXT } from './markdown.ts';
import { defused, linkUrl } from './safe.ts';
import { spansOf } from './spans.ts';

/** The few pictures that everybody's scripts send; others go without a sound. */
const EMOJI: { readonly [name: string]: string } = {
  rocket: '🚀',
  white_check_mark: '✅',
  heavy_check_mark: '✔️',
  x: '❌',
  warning: '⚠️',
  fire: '🔥',
  red_circle: '🔴',
  large_green_circle: '🟢',
  large_yellow_circle: '🟡',
  rotating_light: '🚨',
  tada: '🎉',
  bell: '🔔',
  information_source: 'ℹ️',
  no_entry: '⛔',
  hourglass: '⌛',
  bug: '🐛',
  package: '📦',
  wrench: '🔧',
  thumbsup: '👍',
  eyes: '👀',
  boom: '💥',
  exclamation: '❗',
  question: '❓',
  green_heart: '💚',
  broken_heart: '💔',
  clock1: '🕐',
};

/** Slack's mrkdwn as Markdown that cards show. Nobody is pinged. */
export function fromMrkdwn(text: string): string {
  const lines = cut(text, LONGEST_TEXT).replace(/\r\n?/g, '\n').split('\n');
  let isCode = false;
  const shown: string[] = [];
  for (const line of lines) {
    if (line.trim().startsWith('```')) {
      isCode = !isCode || line.trim().length > 3 === line.trim().endsWith('```') ? !isCode : isCode;
      const inner = line.replaceAll('```', '').trim();
      if (inner !== '') shown.push(escapedInline(decodedOnce(inner)));
      if (line.trim().length > 5 && line.trim().endsWith('```')) isCode = false;
      continue;
    }
    const rendered = isCode ? escapedInline(decodedOnce(line)) : ofLine(line);
    if (rendered.trim() !== '') shown.push(rendered);
  }
  return defused(shown.join('\n\n'));
}

/** Slack's plain text: entities and nothing else. */
export function fromPlainText(text: string): string {
  return defused(escapedInline(withEmoji(decodedOnce(text))));
}

function ofLine(line: string): string {
  let out = '';
  for (const { text, isMarked } of spansOf(line, ['<', '>'], 3000)) {
    if (isMarked) {
      out += ofReference(text.slice(1, -1));
      continue;
    }
    for (const part of spansOf(text, ['`', '`'], 1000)) {
      out += part.isMarked ? escapedInline(decodedOnce(part.text.slice(1, -1))) : emphasised(part.text);
    }
  }
  return out;
}

/** `<https://x|label>`, `<#C1|name>`, `<@U1>`, `<!here>`. */
function ofReference(inner: string): string {
  const bar = inner.indexOf('|');
  const [target, label] = bar < 0 ? [inner, ''] : [inner.slice(0, bar), inner.slice(bar + 1)];
  if (/^[@!]/.test(target)) return label === '' || target.startsWith('!') ? '' : escapedInline(label);
  if (target.startsWith('#')) return escapedInline(label);
  const url = linkUrl(decodedOnce(target));
  const shown = escapedInline(decodedOnce(label === '' ? target : label));
  if (url === undefined)
    return label === '' && /^[\w.-]{0,20}:/.test(target) === false ? `\\<${shown}>` : shown;
  return `[${shown}](${url.replaceAll('(', '%28').replaceAll(')', '%29')})`;
}

/** Signs around words: one star is bold, an underscore italic, a tilde struck through, which cards do not show. */
const MARKS: readonly (readonly [sign: string, mark: string])[] = [
  ['*', '**'],
  ['_', '_'],
  ['~', ''],
];

function emphasised(text: string, [first, ...others] = MARKS): string {
  if (first === undefined) return withEdges(text);
  const [sign, mark] = first;
  const spans = spansOf(text, [sign, sign], 500);
  return spans
    .map((span, index) => {
      const inner = span.text.slice(1, -1);
      const before = spans[index - 1]?.text.at(-1) ?? ' ';
      const after = spans[index + 1]?.text[0] ?? ' ';
      const isAmongLetters = /[\p{L}\p{N}]/u.test(before) || /[\p{L}\p{N}]/u.test(after);
      const isMarked = span.isMarked && inner.trim() === inner && inner !== '' && !isAmongLetters;
      return isMarked ? `${mark}${emphasised(inner, others)}${mark}` : emphasised(span.text, others);
    })
    .join('');
}

function withEdges(text: string): string {
  const inner = text.trim();
  if (inner === '') return text;
  const shown = escapedInline(withEmoji(decodedOnce(inner)));
  return `${text.slice(0, text.length - text.trimStart().length)}${shown}${text.slice(text.trimEnd().length)}`;
}

function withEmoji(text: string): string {
  return text.replace(/:([a-z0-9_+-]{1,40}):/g, (all, name: string) =>
    Object.hasOwn(EMOJI, name) ? (EMOJI[name] ?? all) : all,
  );
}

/** Slack encodes three signs, and decodes them once. */
function decodedOnce(text: string): string {
  return text.replace(/&(amp|lt|gt);/g, (_all, name: string) =>
    name === 'amp' ? '&' : name === 'lt' ? '<' : '>',
  );
}
