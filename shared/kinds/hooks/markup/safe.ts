import { faultsOfText } from '../../../catalog/safety.ts';
import { cut } from '../../../domain/text.ts';
import { wordOf } from '../payload.ts';

/** No address that somebody would press is longer. */
const LONGEST_URL = 2000;
const LINKS: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:', 'tel:', 'msteams:']);
/** Breaks a pattern without being seen. */
const JOINT = '\u200b';

/** The address as it may be linked; `undefined` for what leads anywhere but a page, a mailbox or a phone. */
export function linkUrl(value: unknown): string | undefined {
  const url = parsedUrl(value);
  if (url === undefined || !LINKS.has(url.protocol)) return undefined;
  // As the sender wrote it, but for what would end it early.
  const written = wordOf(value).trim();
  return /[\s<>\x22\\^\x60{}|]/.test(written) ? url.href : written;
}

/** The address of a picture that a client may load: https only, so that nothing of a reader's network is asked for. */
export function pictureUrl(value: unknown): string | undefined {
  const url = parsedUrl(value);
  return url?.protocol === 'https:' ? url.href : undefined;
}

function parsedUrl(value: unknown): URL | undefined {
  if (typeof value !== 'string' || value.length > LONGEST_URL) return undefined;
  try {
    const url = new URL(value.trim());
    // Who a link would sign in as is nobody's business here.
    return url.username === '' && url.password === '' ? url : undefined;
  } catch {
    // No address: shown as the text that it is.
    return undefined;
  }
}

/** Looks like a link to a page that a person reads, and not at an interface for programs. */
export function isForPeople(url: string): boolean {
  return !/^https?:\/\/api\.|\/api\/|\/_apis\/|\{/.test(url) && !/\/avatar|gravatar\./.test(url);
}

/** What ends a subscription for everybody, or proves who one is: never shown. */
export function isSecretUrl(url: string): boolean {
  return /unsubscribe|[?&](?:token|access_token|api_key|apikey|secret|sig|signature|password)=/i.test(url);
}

/**
 * A text that passes the rules for whatever upstream services say: what looks like a forbidden link, or would turn to
 * everyone in a chat, is broken by a sign that is not seen.
 */
export function defused(text: string): string {
  if (faultsOfText(text, '').length === 0) return text;
  const broken = text
    .replace(/(@|<!|<at>)(?=\s{0,5}(?:everyone|channel|here|all|team)\b)/gi, `$1${JOINT}`)
    .replace(/<(?=[a-z!])/gi, `<${JOINT}`)
    .replace(/\](?=[(:])/g, `]${JOINT}`)
    .replace(/\b(href|src)(?=\s{0,5}=)/gi, `$1${JOINT}`);
  if (faultsOfText(broken, '').length === 0) return broken;
  return text.replace(/[<>[\]=@!:]/g, ' ');
}

/** A text of at most so many characters, which says how many there are more. */
export function shortened(text: string, longest: number): string {
  return text.length <= longest ? text : `${cut(text, longest)}\u2026`;
}
