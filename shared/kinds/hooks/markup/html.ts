import { Parser } from 'htmlparser2';
import { linkUrl } from './safe.ts';

/** Elements whose content nobody is meant to read. */
const SILENT: ReadonlySet<string> = new Set([
  'script',
  'style',
  'head',
  'title',
  'template',
  'noscript',
  'iframe',
]);
const BOLD: ReadonlySet<string> = new Set(['b', 'strong', 'th']);
const ITALIC: ReadonlySet<string> = new Set(['i', 'em']);
const HEADING = /^h[1-6]$/;
/** Elements that begin a line of their own. */
const BLOCK: ReadonlySet<string> = new Set([
  'p',
  'div',
  'table',
  'tr',
  'ul',
  'ol',
  'section',
  'article',
  'blockquote',
  'pre',
  'header',
  'footer',
  'dl',
  'dt',
  'dd',
]);
/** Elements that say nothing by themselves. */
const PLAIN: ReadonlySet<string> = new Set([
  'span',
  'code',
  'td',
  'tbody',
  'thead',
  'tfoot',
  'font',
  'u',
  's',
  'small',
  'big',
  'sub',
  'sup',
  'html',
  'body',
  'center',
  'del',
  'ins',
  'kbd',
  'tt',
  'label',
  'mark',
  'abbr',
  'time',
  'col',
  'colgroup',
  'caption',
  'img',
  'hr',
  'wbr',
  'meta',
  'link',
  'input',
  'button',
  'form',
  'svg',
  'object',
  'embed',
  'video',
  'audio',
  'source',
]);

/** Whether a text has an HTML element or a character reference in it. */
export function hasHtml(text: string): boolean {
  return /<\/?[a-z]/i.test(text) || /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8});/i.test(text);
}

/**
 * HTML in Markdown as Markdown: `<b>` becomes `**`, `<br>` a line, `<a>` a link. What is no element of HTML is text, so
 * that `<5xx & timeouts>` can be read. Markdown around it stays.
 */
export function withoutHtml(text: string): string {
  let out = '';
  let silent = 0;
  /** What closes each open element. */
  const links: (string | undefined)[] = [];
  /** Open ones that are text and no elements. */
  const texts: string[] = [];
  const raw = (start: number, end: number) => {
    const written = text.slice(start, end + 1);
    const address = /^<https?:\S+>$/.test(written) ? written.slice(1, -1) : undefined;
    if (silent === 0) out += address ?? encoded(written);
  };
  const parser: Parser = new Parser(
    {
      onopentag(name, attributes, isImplied) {
        if (SILENT.has(name)) silent += 1;
        if (silent > 0 || isImplied) return;
        if (!isElement(name, attributes)) {
          texts.push(name);
          return raw(parser.startIndex, parser.endIndex);
        }
        if (name === 'br') out += '\n';
        if (name === 'hr') out += '\n\n';
        if (name === 'li') out += '\n- ';
        if (name === 'td' || name === 'th') out += separated(out);
        if (BLOCK.has(name) || HEADING.test(name)) out += '\n\n';
        if (BOLD.has(name) || HEADING.test(name)) out += '**';
        if (ITALIC.has(name)) out += '_';
        if (name === 'a') {
          const url = linkUrl(attributes.href);
          links.push(url);
          if (url !== undefined) out += '[';
        }
      },
      ontext(value) {
        if (silent === 0) out += encoded(value);
      },
      onclosetag(name, isImplied) {
        if (SILENT.has(name) && silent > 0) {
          silent -= 1;
          return;
        }
        if (silent > 0) return;
        if (!isKnown(name) || texts.at(-1) === name) {
          if (texts.at(-1) === name) texts.pop();
          return isImplied ? undefined : raw(parser.startIndex, parser.endIndex);
        }
        if (BOLD.has(name) || HEADING.test(name)) out = closed(out, '**');
        if (ITALIC.has(name)) out = closed(out, '_');
        if (name === 'a') {
          const url = links.pop();
          if (url !== undefined) out += `](${url.replaceAll('(', '%28').replaceAll(')', '%29')})`;
        }
        if (BLOCK.has(name) || HEADING.test(name)) out += '\n\n';
      },
    },
    { decodeEntities: true, lowerCaseTags: true, recognizeSelfClosing: true },
  );
  parser.end(text);
  return out;
}

/** `<code 23>` is none: no attribute is called so. */
function isElement(name: string, attributes: { readonly [name: string]: string }): boolean {
  return isKnown(name) && Object.keys(attributes).every((attribute) => /^[a-z][a-z0-9:_-]*$/.test(attribute));
}

/** What reads as itself in Markdown that knows character references. */
function encoded(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function isKnown(name: string): boolean {
  return (
    name === 'br' ||
    name === 'a' ||
    name === 'li' ||
    BOLD.has(name) ||
    ITALIC.has(name) ||
    HEADING.test(name) ||
    BLOCK.has(name) ||
    PLAIN.has(name) ||
    SILENT.has(name)
  );
}

/** Cells of one row. */
function separated(out: string): string {
  return out === '' || out.endsWith('\n') ? '' : ' \u00b7 ';
}

/** Marks close right behind a word, or open nothing. */
function closed(out: string, mark: string): string {
  const trimmed = out.trimEnd();
  if (trimmed.endsWith(mark)) return trimmed.slice(0, -mark.length);
  return `${trimmed}${mark}${out.slice(trimmed.length)}`;
}
