/** Addresses to which a message may lead; none that the browser would run. */
export function isSafeLink(href: string): boolean {
  return /^(https?:|mailto:)/i.test(href);
}

/** Bold, italics, struck, code, and links to web and mail addresses; anything else is text. */
const INLINE =
  /\*\*(?<bold>[^*\n]+)\*\*|__(?<bold2>[^_\n]+)__|(?<![\w*])[*](?<em>[^*\n]+)[*](?![\w*])|(?<![\w_])_(?<em2>[^_\n]+)_(?![\w_])|~~(?<struck>[^~\n]+)~~|`(?<code>[^`\n]+)`|\[(?<label>[^\]\n]{1,500})\]\((?<href>[^)\s]{1,2000})\)/g;

/**
 * Writes the part of Markdown that chat clients show into `place`, as elements that are made one by one: whatever else a text
 * holds, scripts included, stands there as text.
 */
export function writeMarkdown(place: HTMLElement, text: string): void {
  place.replaceChildren();
  let list: HTMLElement | undefined;
  for (const [index, line] of text.replaceAll('\r\n', '\n').split('\n').entries()) {
    const item = /^\s{0,3}(?:[-*+]|(?<number>\d{1,3})[.)])\s+(?<rest>.*)$/.exec(line);
    if (item?.groups?.rest !== undefined) {
      const tag = item.groups.number === undefined ? 'ul' : 'ol';
      if (list?.localName !== tag) list = place.appendChild(document.createElement(tag));
      writeInline(list.appendChild(document.createElement('li')), item.groups.rest);
      continue;
    }
    const isAfterList = list !== undefined;
    list = undefined;
    if (line.trim() === '') {
      if (index > 0 && !isAfterList) place.append(document.createElement('br'));
      continue;
    }
    const heading = /^(#{1,6})\s+(.*)$/.exec(line);
    if (place.lastChild !== null && !isAfterList) place.append(document.createElement('br'));
    writeInline(
      heading === null ? place : place.appendChild(document.createElement('strong')),
      heading?.[2] ?? line,
    );
  }
}

function writeInline(place: HTMLElement, text: string): void {
  let done = 0;
  for (const match of text.matchAll(INLINE)) {
    const { bold, bold2, em, em2, struck, code, label, href } = match.groups ?? {};
    place.append(text.slice(done, match.index));
    done = match.index + match[0].length;
    if (label !== undefined && href !== undefined) place.append(linkTo(href, label) ?? match[0]);
    else if (code !== undefined) place.append(within('code', code));
    else if (struck !== undefined) place.append(nested('s', struck));
    else if ((bold ?? bold2) !== undefined) place.append(nested('strong', bold ?? bold2 ?? ''));
    else place.append(nested('em', em ?? em2 ?? ''));
  }
  place.append(text.slice(done));
}

function nested(tag: string, text: string): HTMLElement {
  const element = document.createElement(tag);
  writeInline(element, text);
  return element;
}

function within(tag: string, text: string): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}

function linkTo(href: string, label: string): HTMLElement | undefined {
  if (!isSafeLink(href)) return undefined;
  const link = document.createElement('a');
  link.href = href;
  link.target = '_blank';
  link.rel = 'noopener noreferrer';
  writeInline(link, label);
  return link;
}
