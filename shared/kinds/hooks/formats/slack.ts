import { isJsonObject } from '../../../domain/json-object.ts';
import { fromMrkdwn, fromPlainText } from '../markup/mrkdwn.ts';
import { inOneLine, spansOf } from '../markup/spans.ts';
import type { Fact, Format, Link, Mapped, Picture, Section } from '../message.ts';
import { has, objectAt, objectsAt, textAt, textOf, wordOf } from '../payload.ts';
import { isOver, stateOfStatus, stateOfTitle, toneOfColor } from '../tone.ts';
import { groupOfFallback } from './alerts.ts';
import { keyOfLinks } from './message-card.ts';
import { given, linkOf, messageOf, pictureOf } from './shown.ts';

type JsonObject = { readonly [name: string]: unknown };

/** What Slack's incoming webhooks take: blocks, or a text, and the attachments of old. */
export const slack: Format = {
  name: 'slack',
  answer: 'ok',
  detects({ payload, field }) {
    if (!isJsonObject(payload)) return false;
    if (field === 'payload' && (textOf(payload.text) !== undefined || has(payload, 'attachments')))
      return true;
    if (objectsAt(payload, 'blocks').some(({ type }) => typeof type === 'string')) return true;
    if (objectsAt(payload, 'attachments').some(isSlacks)) return true;
    const names = Object.keys(payload);
    if (names.length > 0 && names.every((name) => SLACKS.some((own) => own === name))) return true;
    const isSaid = textOf(payload.text) !== undefined;
    return (
      isSaid &&
      (SLACKS.some((name) => has(payload, name)) ||
        spansOf(wordOf(payload.text), ['<', '>'], 3000).some(({ text }) => /^<https?:.*\|/.test(text)))
    );
  },
  map({ payload }) {
    const blocks = objectsAt(payload, 'blocks');
    const read = blocksOf(blocks);
    const attachments = objectsAt(payload, 'attachments');
    // The text is what clients without blocks show.
    const own = textAt(payload, 'text');
    const text = own === undefined || blocks.length > 0 ? undefined : fromMrkdwn(own);
    const sections = [...read.sections, ...attachments.flatMap(attachmentOf)];
    const tone = attachments.map(({ color }) => toneOfColor(color)).find((each) => each !== undefined);
    const isShort =
      text !== undefined && !text.includes('\n') && text.length <= 200 && attachments.length > 0;
    const leadTitle = read.title ?? (isShort ? text : undefined);
    const [first, ...others] = sections;
    const isTitled = leadTitle === undefined && text === undefined && first?.title !== undefined;
    const title = isTitled ? first.title : leadTitle;
    const { title: _title, ...firstRest } = first ?? {};
    const shown = isTitled ? [firstRest, ...others] : sections;
    const status = sections
      .flatMap(({ facts = [] }) => facts)
      .find(({ name }) => /^(?:status|state)$/i.test(name))?.value;
    const isAlert =
      sections.some(({ tone: each }) => each === 'attention') && textAt(attachments[0], 'fallback');
    const group = groupOfFallback(textAt(attachments[0], 'fallback'));
    const state =
      stateOfTitle(title) ??
      stateOfTitle(group && textAt(attachments[0], 'fallback')) ??
      (isAlert ? stateOfTitle(isAlert) : undefined) ??
      stateOfStatus(status);
    const links = sections.flatMap(({ links: each = [] }) => each);
    const leftOut = read.leftOut + attachments.reduce((sum, each) => sum + leftOutOf(each), 0);
    const mapped: Mapped = {
      message: messageOf({
        title,
        text: isShort && read.title === undefined ? undefined : text,
        tone,
        state,
        sections: shown.filter((each) => Object.keys(each).length > 0),
        leftOut: leftOut === 0 ? undefined : leftOut,
      }),
      ...given('key', group ?? keyOfLinks(links)),
      ...(isOver(state) ? { isLast: true } : {}),
    };
    return Object.keys(mapped.message).length === 0 ? undefined : mapped;
  },
};

/** What only Slack's senders name. */
const SLACKS = [
  'username',
  'icon_emoji',
  'icon_url',
  'channel',
  'mrkdwn',
  'unfurl_links',
  'link_names',
] as const;

function isSlacks(attachment: JsonObject): boolean {
  return (
    !has(attachment, 'contentType') &&
    ['fallback', 'color', 'pretext', 'blocks', 'fields', 'title_link', 'mrkdwn_in', 'text', 'title'].some(
      (name) => has(attachment, name),
    )
  );
}

function attachmentOf(attachment: JsonObject): readonly Section[] {
  const read = blocksOf(objectsAt(attachment, 'blocks'));
  const titleLink = linkOf(attachment.title, attachment.title_link);
  const author = textOf(attachment.author_name);
  const texts = [attachment.pretext, attachment.text].flatMap((each) => {
    const text = textOf(each);
    return text === undefined ? [] : [fromMrkdwn(text)];
  });
  const quiet = [author, textOf(attachment.footer)].flatMap((each) =>
    each === undefined ? [] : [fromPlainText(each)],
  );
  const title = textOf(attachment.title);
  const buttons = buttonsOf(objectsAt(attachment, 'actions'));
  const links = [...(titleLink === undefined ? [] : [titleLink]), ...buttons.links];
  const pictures = [attachment.image_url, attachment.thumb_url].flatMap((url) => pictureOf(url) ?? []);
  const facts = objectsAt(attachment, 'fields').flatMap(fieldOf);
  // What is only for clients that show nothing else.
  const fallback = texts.length + facts.length + read.sections.length === 0 && title === undefined;
  const own: Section = {
    isApart: true,
    ...given('tone', toneOfColor(attachment.color)),
    ...given('title', title === undefined ? undefined : inOneLine(fromMrkdwn(title))),
    ...given('subtitle', quiet.length === 0 ? undefined : quiet.join('\n\n')),
    ...given(
      'text',
      texts.length > 0 ? texts.join('\n\n') : fallback ? markdownOf(attachment.fallback) : undefined,
    ),
    ...given('facts', facts.length === 0 ? undefined : facts),
    ...given('links', links.length === 0 ? undefined : links),
    ...given('pictures', pictures.length === 0 ? undefined : pictures),
  };
  const isSaying = Object.keys(own).some((name) => name !== 'isApart' && name !== 'tone');
  const inner = read.title === undefined ? read.sections : [{ title: read.title }, ...read.sections];
  return [...(isSaying ? [own] : []), ...inner];
}

function markdownOf(value: unknown): string | undefined {
  const text = textOf(value);
  return text === undefined ? undefined : fromMrkdwn(text);
}

function fieldOf(field: JsonObject): readonly Fact[] {
  const [title, value] = [textOf(field.title), textOf(field.value)];
  if (title === undefined && value === undefined) return [];
  return [{ name: fromPlainText(title ?? ''), value: value === undefined ? '' : fromMrkdwn(value) }];
}

function leftOutOf(attachment: JsonObject): number {
  return (
    buttonsOf(objectsAt(attachment, 'actions')).leftOut + blocksOf(objectsAt(attachment, 'blocks')).leftOut
  );
}

/** Buttons that open a page are links; others would speak to an app of Slack's. */
function buttonsOf(actions: readonly JsonObject[]): { readonly links: Link[]; readonly leftOut: number } {
  const links = actions.flatMap((action) => linkOf(saidIn(action.text) ?? action.text, action.url) ?? []);
  return { links, leftOut: actions.length - links.length };
}

function blocksOf(blocks: readonly JsonObject[]): {
  readonly title: string | undefined;
  readonly sections: readonly Section[];
  readonly leftOut: number;
} {
  let title: string | undefined;
  let leftOut = 0;
  const sections: Section[] = [];
  for (const block of blocks) {
    switch (block.type) {
      case 'header':
        if (title === undefined && sections.length === 0) title = inOneLine(textIn(block.text) ?? '');
        else sections.push({ ...given('title', textIn(block.text)), isApart: true });
        break;
      case 'divider':
        break;
      case 'image': {
        const picture = pictureOf(block.image_url, block.alt_text);
        if (picture !== undefined) sections.push({ pictures: [picture] });
        break;
      }
      case 'actions': {
        const { links, leftOut: more } = buttonsOf(objectsAt(block, 'elements'));
        leftOut += more;
        if (links.length > 0) sections.push({ links });
        break;
      }
      case 'rich_text':
        sections.push({ text: richText(block) });
        break;
      case 'context': {
        const elements = objectsAt(block, 'elements');
        const texts = elements.flatMap((each) => textIn(each) ?? []);
        const pictures = elements.flatMap((each) => smallPicture(each));
        if (texts.length + pictures.length > 0)
          sections.push({
            ...given('subtitle', texts.join(' ') || undefined),
            ...given('pictures', nonEmpty(pictures)),
          });
        break;
      }
      default: {
        const section = sectionOf(block);
        leftOut += section.leftOut;
        if (Object.keys(section.section).length > 0) sections.push(section.section);
      }
    }
  }
  return { title, sections: sections.filter((each) => Object.keys(each).length > 0), leftOut };
}

function sectionOf(block: JsonObject): { readonly section: Section; readonly leftOut: number } {
  const fields = objectsAt(block, 'fields').flatMap((field) => {
    const text = textAt(field, 'text');
    if (text === undefined) return [];
    // `*Name*` above the value is how fields are written.
    const end = text.indexOf('\n');
    const head = end < 0 ? '' : text.slice(0, end).trim();
    const name = /^\*[^*]+\*:?$/.test(head) ? head.replace(/[*:]/g, '') : undefined;
    if (name === undefined) return [{ name: '', value: fromMrkdwn(text) }];
    return [{ name: fromPlainText(name), value: fromMrkdwn(text.slice(end + 1)) }];
  });
  const accessory = objectAt(block, 'accessory');
  const button = accessory?.type === 'button' ? buttonsOf([accessory]) : { links: [], leftOut: 0 };
  const picture =
    accessory?.type === 'image' ? pictureOf(accessory.image_url, accessory.alt_text) : undefined;
  return {
    section: {
      ...given('text', textIn(block.text)),
      ...given('facts', nonEmpty(fields)),
      ...given('links', nonEmpty(button.links)),
      ...given('pictures', picture === undefined ? undefined : [{ ...picture, isSmall: true }]),
    },
    leftOut: button.leftOut,
  };
}

function smallPicture(element: JsonObject): readonly Picture[] {
  const picture = element.type === 'image' ? pictureOf(element.image_url, element.alt_text) : undefined;
  return picture === undefined ? [] : [{ ...picture, isSmall: true }];
}

/** A text object, as Markdown. */
function textIn(value: unknown): string | undefined {
  const text = saidIn(value);
  if (text === undefined) return undefined;
  return isJsonObject(value) && value.type === 'plain_text' ? fromPlainText(text) : fromMrkdwn(text);
}

function saidIn(value: unknown): string | undefined {
  return isJsonObject(value) ? textOf(value.text) : undefined;
}

const DEEPEST_RICH_TEXT = 8;

function richText(value: unknown, depth = 0): string {
  if (!isJsonObject(value) || depth > DEEPEST_RICH_TEXT) return '';
  const inner = objectsAt(value, 'elements');
  const all = () => inner.map((each) => richText(each, depth + 1));
  switch (value.type) {
    case 'rich_text':
    case 'rich_text_quote':
    case 'rich_text_preformatted':
      return all().join(value.type === 'rich_text' ? '\n\n' : '');
    case 'rich_text_list':
      return all()
        .map((line) => `- ${line}`)
        .join('\n');
    case 'rich_text_section':
      return all().join('');
    case 'link':
      return fromMrkdwn(`<${wordOf(value.url)}|${wordOf(value.text ?? value.url)}>`);
    case 'emoji':
      return fromPlainText(`:${wordOf(value.name)}:`);
    case 'text': {
      const text = fromPlainText(wordOf(value.text ?? ''));
      return objectAt(value, 'style')?.bold === true && text.trim() !== '' ? `**${text.trim()}** ` : text;
    }
    default:
      return '';
  }
}

function nonEmpty<T>(list: readonly T[]): T[] | undefined {
  return list.length === 0 ? undefined : [...list];
}
