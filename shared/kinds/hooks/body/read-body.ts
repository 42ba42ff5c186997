import { utf8Text } from '../../../domain/event/event-body.ts';

export type ReadBody =
  | { readonly kind: 'read'; readonly payload: unknown; readonly field?: string }
  | { readonly kind: 'empty' }
  | { readonly kind: 'unreadable' };

/** Fields of a form, and parts of one with several. */
const MOST_FIELDS = 500;
const LONGEST_HEAD = 2000;
/** Fields in which senders put all of it, as JSON. */
const WHOLE = ['payload', 'data', 'json', 'body'];

/**
 * What a body holds. Its first sign decides and not what it is labelled as: `{` or `[` is JSON, whatever the header
 * says; else a form where it is one; else text.
 */
export function readBody(bytes: Uint8Array, contentType: string | undefined): ReadBody {
  const type = (contentType ?? '').toLowerCase();
  const text = textOf(bytes, type).replace(/^\ufeff/, '');
  const trimmed = text.trim();
  if (trimmed === '') return { kind: 'empty' };
  if (isJsonLike(trimmed)) return jsonOf(trimmed);
  if (type.includes('multipart/form-data') || isMultipart(trimmed)) return fieldsOf(partsOf(text));
  if (type.includes('x-www-form-urlencoded') || isForm(trimmed))
    return fieldsOf([...new URLSearchParams(trimmed)].slice(0, MOST_FIELDS));
  if (/^application\/\S*json/.test(type)) {
    const read = jsonOf(trimmed);
    // A text or a number as JSON is read as what it says.
    return read.kind === 'read' && read.payload !== null
      ? { ...read, payload: asText(read.payload) }
      : { kind: 'unreadable' };
  }
  return { kind: 'read', payload: trimmed };
}

/** A part of a form, whatever it is labelled as. */
function isMultipart(text: string): boolean {
  return text.startsWith('--') && /^content-disposition: form-data;/im.test(text.slice(0, 500));
}

/** `name=value&...`, without a space: nothing that a person wrote looks so. */
function isForm(text: string): boolean {
  return /^[\w.[\]-]+=/.test(text.slice(0, 100)) && !/\s/.test(text);
}

function asText(value: unknown): unknown {
  if (typeof value === 'string' && isJsonLike(value.trim())) {
    const inner = jsonOf(value.trim());
    return inner.kind === 'read' ? inner.payload : value;
  }
  return typeof value === 'object' ? value : String(value);
}

function isJsonLike(text: string): boolean {
  return text.startsWith('{') || text.startsWith('[');
}

function jsonOf(text: string): ReadBody {
  try {
    return { kind: 'read', payload: JSON.parse(text, exact) };
  } catch {
    // Cut off or no JSON: the sender is told.
    return { kind: 'unreadable' };
  }
}

/** Whole numbers that a number cannot hold stay as they were written. */
function exact(_name: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === 'number' &&
    !Number.isSafeInteger(value) &&
    /^-?\d{16,100}$/.test(context?.source ?? '')
    ? context?.source
    : value;
}

function fieldsOf(fields: readonly (readonly [name: string, value: string])[]): ReadBody {
  const whole = fields.find(([name, value]) => WHOLE.includes(name) && isJsonLike(value.trim()));
  if (whole !== undefined) {
    const read = jsonOf(whole[1].trim());
    return read.kind === 'read' ? { ...read, field: whole[0] } : read;
  }
  return fields.length === 0 ? { kind: 'empty' } : { kind: 'read', payload: Object.fromEntries(fields) };
}

/** Parts of a multipart form that hold text, by their names. Line ends may be either. */
function partsOf(text: string): readonly (readonly [string, string])[] {
  const end = text.indexOf('\n');
  const boundary = text.slice(0, end < 0 ? 0 : end).trimEnd();
  if (!boundary.startsWith('--') || boundary.length > 200) return [];
  return text
    .split(boundary)
    .slice(1, MOST_FIELDS + 1)
    .flatMap((part) => {
      const lines = part.replaceAll('\r\n', '\n').slice(1);
      const gap = lines.indexOf('\n\n');
      const head = gap < 0 ? '' : lines.slice(0, Math.min(gap, LONGEST_HEAD));
      const [, after] = head.split(/\bname="/i);
      const name = after?.slice(0, Math.max(0, after.indexOf('"')));
      if (!name || /filename=/i.test(head)) return [];
      const content = lines.slice(gap + 2);
      return [[name, content.endsWith('\n') ? content.slice(0, -1) : content] as const];
    });
}

/** UTF-8 where it is that; else what the header or a mark at the beginning says; else the old Western one. */
function textOf(bytes: Uint8Array, type: string): string {
  const mark =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : undefined;
  const named = mark ?? /charset=["']?(utf-16(?:le|be)?)\b/.exec(type)?.[1];
  if (named !== undefined) return decoded(bytes, named);
  const utf8 = utf8Text(bytes);
  return utf8 ?? decoded(bytes, /charset=["']?([\w-]+)/.exec(type)?.[1] ?? 'windows-1252');
}

function decoded(bytes: Uint8Array, charset: string): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    // A charset that nobody knows.
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
