import type { Activity } from '../../domain/conversation/activity.ts';
import { isChannelId } from '../../domain/conversation/channel-text.ts';
import { defined } from '../../domain/defined.ts';
import { isJsonObject } from '../../domain/json-object.ts';
import { pressOf } from '../press.ts';
import type { Turn } from '../turn.ts';

/** A longer text is no mention of anybody. */
const LONGEST_MENTION = 1000;
/** HTML beside a text is looked at so far; people's own words are shorter. */
const LONGEST_HTML = 20_000;
/** Entities and attachments of one message that are looked at. */
const MOST_PARTS = 50;

/** Zero-width and direction marks, soft hyphens, and what fills a message without being seen. */
const UNSEEN =
  /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb]/g;
/** Joiners mean something between letters of other scripts and in pictures, and nothing in Latin words. */
const JOINERS = /(?<=[ -~]|^)[\u200c\u200d]+(?=[ -~]|$)/g;
const QUOTED = /<quoted\b[^<>]{0,300}>/gi;
const QUOTED_ID = /\bmessageId\s*=\s*["']([^"'<>]{1,200})["']/i;
/** A reply of Teams' older clients, in the HTML beside the text. */
const REPLY = /<blockquote\b[^<>]{0,300}schema\.skype\.com\/Reply[^<>]{0,300}>/i;
const REPLY_ID = /\bitemid\s*=\s*["']([^"'<>]{1,200})["']/i;
const AT = /<at\b[^<>]{0,200}>([^<>]{0,200})<\/at>/gi;
const TAG = /<\/?[a-z][^<>]{0,1000}>/gi;
const BREAK = /<(?:br|\/p|\/div|\/li)\b[^<>]{0,100}>/gi;
const ENTITIES: readonly (readonly [RegExp, string])[] = [
  [/&nbsp;|&#160;|&#xa0;/gi, ' '],
  [/&lt;/gi, '<'],
  [/&gt;/gi, '>'],
  [/&quot;|&#34;/gi, '"'],
  [/&#39;|&apos;/gi, "'"],
  [/&amp;/gi, '&'],
];

/** What was said, and the message that it quotes. */
export function heardOf(activity: Activity): Pick<Turn, 'text' | 'quoted' | 'isPrivate' | 'pressed'> {
  const quoted = quotedIn(activity);
  const { replyToId } = activity;
  const pressed = pressOf(activity) === undefined || !isChannelId(replyToId) ? undefined : replyToId;
  return {
    text: spoken(activity),
    ...defined({ quoted, pressed }),
    ...(isToBotAlone(activity) ? { isPrivate: true } : {}),
  };
}

/** Teams says so of private messages and of slash commands in groups. */
export function isToBotAlone({ recipient, conversation }: Activity): boolean {
  const isAmongOthers = conversation?.conversationType !== 'personal';
  return isAmongOthers && isJsonObject(recipient) && recipient.isTargeted === true;
}

/**
 * What was said, or the command that a card's button carries: without the mention of the bot and whatever else channels
 * put around words. Others are mentioned as `@name`.
 */
export function spoken(activity: Activity): string {
  const command = pressOf(activity)?.command;
  if (command !== undefined) return command;
  const written = activity.text ?? '';
  const isHtmlOnly = written.trim() === '';
  const said = isHtmlOnly ? fromHtml(htmlOf(activity)) : written;
  const addressed = withoutMentions(activity, said.replace(QUOTED, ' '));
  const text = withoutQuotedLines(addressed)
    .replace(UNSEEN, '')
    .replace(JOINERS, '')
    .replace(/&nbsp;|&#160;/gi, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return withoutSlash(text);
}

/** Which message is quoted, by the marker in the text, its entity, or the HTML of a reply. */
function quotedIn(activity: Activity): string | undefined {
  const marker = (activity.text ?? '').slice(0, LONGEST_HTML).match(QUOTED)?.[0];
  const entity = partsOf(activity.entities).find(({ type }) => type === 'quotedReply')?.quotedReply;
  const reply = REPLY.exec(htmlOf(activity))?.[0];
  const ids = [
    marker === undefined ? undefined : QUOTED_ID.exec(marker)?.[1],
    isJsonObject(entity) ? entity.messageId : undefined,
    reply === undefined ? undefined : REPLY_ID.exec(reply)?.[1],
  ];
  return ids.find(isChannelId);
}

function withoutMentions({ entities, recipient }: Activity, said: string): string {
  let text = said;
  const own = new Set([recipient?.name?.toLowerCase()]);
  for (const { type, mentioned, text: by } of partsOf(entities)) {
    if (type !== 'mention' || !isJsonObject(mentioned)) continue;
    const isOwn = mentioned.id === recipient?.id;
    if (isOwn && typeof mentioned.name === 'string') own.add(mentioned.name.toLowerCase());
    if (!isOwn || typeof by !== 'string' || by === '' || by.length > LONGEST_MENTION) continue;
    text = text.replace(by, () => ' ');
  }
  return text.replace(AT, (_all, name: string) =>
    own.has(name.trim().toLowerCase()) ? ' ' : `@${name.trim()} `,
  );
}

/** Lines that mail and Markdown quote above an answer. */
function withoutQuotedLines(text: string): string {
  if (!/^\s*(?:>|&gt;)/.test(text)) return text;
  const lines = text.split('\n');
  const own = lines.filter((line) => !/^\s*(?:>|&gt;)/.test(line));
  return own.some((line) => line.trim() !== '') ? own.join('\n') : text;
}

/** `/start`, and what Telegram writes in groups: `/start@TheBot`. */
function withoutSlash(text: string): string {
  if (!/^\/\p{L}/u.test(text)) return text;
  return text.slice(1).replace(/^([\p{L}\p{N}_-]{1,60})@[\w-]{1,60}/u, '$1');
}

function htmlOf({ attachments }: Activity): string {
  const html = partsOf(attachments).find(({ contentType }) => contentType === 'text/html')?.content;
  return typeof html === 'string' ? html.slice(0, LONGEST_HTML) : '';
}

/** The words of HTML, without what it quotes. */
function fromHtml(html: string): string {
  const reply = REPLY.exec(html);
  const end = reply === null ? -1 : html.toLowerCase().indexOf('</blockquote>', reply.index);
  const own = reply === null || end < 0 ? html : `${html.slice(0, reply.index)} ${html.slice(end)}`;
  const marked = own.replace(AT, '\u0001$1\u0002').replace(BREAK, '\n').replace(TAG, '');
  const text = ENTITIES.reduce((said, [entity, sign]) => said.replace(entity, sign), marked);
  return text.replaceAll('\u0001', '<at>').replaceAll('\u0002', '</at>');
}

function partsOf(parts: unknown): readonly { readonly [name: string]: unknown }[] {
  return Array.isArray(parts) ? parts.slice(0, MOST_PARTS).filter(isJsonObject) : [];
}
