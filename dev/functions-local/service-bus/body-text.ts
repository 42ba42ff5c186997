import { dataContractString } from './data-contract-string.ts';

/**
 * The text that the real host makes of a message's body (`MessageToStringConverter` of the Service Bus extension,
 * checked against .NET): data sections are one after the other, a byte order mark says how they are encoded and is left
 * out, what is no UTF-8 is read as a string serialised by .NET, and what is neither gets U+FFFD for each bad byte.
 *
 * @throws TypeError for an AMQP body that is neither bytes nor text.
 */
export function bodyText(body: unknown): string {
  if (typeof body === 'string') return body;
  if (body instanceof Uint8Array) return bytesText(body);
  throw new TypeError(
    'The message body is an AMQP sequence or a value other than text; a function cannot take it.',
  );
}

function bytesText(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes);
  if (encoding !== undefined) return new TextDecoder(encoding).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Bytes that are no text: the host tries what .NET serialised, and puts U+FFFD for the rest.
    return dataContractString(bytes) ?? new TextDecoder().decode(bytes);
  }
}

/** What a byte order mark says; `undefined` without one. */
function encodingOf([first, second, third]: Uint8Array): string | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}
