import MarkdownIt from 'markdown-it';
import { cut } from '../../../domain/text.ts';
import { escapedInline } from './escape.ts';
import { hasHtml, withoutHtml } from './html.ts';
import { defused, linkUrl } from './safe.ts';
import { inOneLine } from './spans.ts';

type Token = ReturnType<InstanceType<typeof MarkdownIt>['parse']>[number];

/** Of one text; more than this nobody reads in a chat. */
export const LONGEST_TEXT = 40_000;

/** What cards show of Markdown is bold, italic, links and lists. Lines with dashes below them are lines, not headings. */
const markdown = new MarkdownIt('default', { html: false, linkify: false, maxNesting: 20 }).disable([
  'code',
  'lheading',
  'reference',
]);
// Whatever an address is, the link is seen; whether it stays one is decided here.
markdown.validateLink = () => true;

/**
 * A text of a sender, in Markdown or HTML or both, as cards show it: headings become bold, tables and code lines, pictures
 * their names, and links only lead to pages, mailboxes and phones.
 */
export function cardText(text: string): string {
  const bounded = cut(text, LONGEST_TEXT).replace(/\r\n?/g, '\n');
  const plain = hasHtml(bounded) ? withoutHtml(bounded) : bounded;
  const blocks: string[] = [];
  let prefix = '';
  let row: string[] | undefined;
  const lists: { ordered: boolean; next: number }[] = [];
  for (const token of markdown.parse(plain, {})) {
    switch (token.type) {
      case 'bullet_list_open':
      case 'ordered_list_open':
        lists.push({
          ordered: token.type === 'ordered_list_open',
          next: Number(token.attrGet('start') ?? 1),
        });
        break;
      case 'bullet_list_close':
      case 'ordered_list_close':
        lists.pop();
        break;
      case 'list_item_open': {
        const list = lists.at(-1);
        prefix = list?.ordered ? `${list.next++}. ` : '- ';
        break;
      }
      case 'tr_open':
        row = [];
        break;
      case 'tr_close':
        if (row !== undefined) blocks.push(row.join(' \u00b7 '));
        row = undefined;
        break;
      case 'heading_open':
        prefix += '\u0000';
        break;
      case 'inline': {
        const shown = inlineOf(token.children ?? []);
        if (row !== undefined) row.push(shown);
        else if (shown.trim() !== '') blocks.push(withPrefix(prefix, shown));
        prefix = '';
        break;
      }
      case 'fence':
        for (const line of token.content.split('\n')) {
          if (line.trim() !== '') blocks.push(escapedInline(decoded(line)));
        }
        prefix = '';
        break;
    }
  }
  return defused(joined(blocks));
}

/** The same in one line, for a title or a value. */
export function cardLine(text: string): string {
  return defused(inOneLine(cardText(text)).replaceAll('**', ''));
}

/** Items of a list stand close, everything else apart. */
function joined(blocks: readonly string[]): string {
  return blocks.reduce((text, block, index) => {
    if (index === 0) return block;
    const isList = isItem(block) && isItem(blocks[index - 1] ?? '');
    return `${text}${isList ? '\n' : '\n\n'}${block}`;
  }, '');
}

function isItem(block: string): boolean {
  return /^(?:- |\d{1,9}\. )/.test(block);
}

function withPrefix(prefix: string, shown: string): string {
  if (!prefix.endsWith('\u0000')) return `${prefix}${shown}`;
  return `${prefix.slice(0, -1)}**${shown.replace(/\*\*/g, '').trim()}**`;
}

function inlineOf(tokens: readonly Token[]): string {
  let out = '';
  const urls: (string | undefined)[] = [];
  for (const token of tokens) {
    switch (token.type) {
      case 'text':
        out += keepEdges(token.content);
        break;
      case 'code_inline':
        out += escapedInline(decoded(token.content));
        break;
      case 'strong_open':
      case 'strong_close':
        out += '**';
        break;
      case 'em_open':
      case 'em_close':
        out += '_';
        break;
      case 'softbreak':
      case 'hardbreak':
        out = `${out.trimEnd()}\n\n`;
        break;
      case 'image':
        out += escapedInline(token.content);
        break;
      case 'link_open': {
        const url = linkUrl(token.attrGet('href') ?? '');
        urls.push(url);
        if (url !== undefined) out += '[';
        break;
      }
      case 'link_close': {
        const url = urls.pop();
        if (url !== undefined) out += `](${url.replaceAll('(', '%28').replaceAll(')', '%29')})`;
        break;
      }
    }
  }
  return out;
}

/** Spaces at both ends tell words apart. */
function keepEdges(text: string): string {
  const inner = text.trim();
  if (inner === '') return text;
  const begin = text.slice(0, text.length - text.trimStart().length);
  const end = text.slice(text.trimEnd().length);
  return `${begin}${escapedInline(inner)}${end}`;
}

/** Code is not read for character references, which the step before wrote. */
function decoded(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
