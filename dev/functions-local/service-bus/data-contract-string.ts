/** The beginning of a string as .NET's DataContractSerializer writes it in binary XML: `<string xmlns="...">`. */
const head = Buffer.concat([
  Buffer.from([0x40, 0x06]),
  Buffer.from('string'),
  Buffer.from([0x08, 0x33]),
  Buffer.from('http://schemas.microsoft.com/2003/10/Serialization/'),
]);

const endElement = 0x01;
const oneCharacter = new Map([
  [0x80, '0'],
  [0x82, '1'],
]);
/** Records of UTF-8 text, by how many bytes their length has. The next odd code ends the element as well. */
const textRecords = new Map([
  [0x98, 1],
  [0x9a, 2],
  [0x9c, 4],
]);

/**
 * The string that older .NET clients serialise around a body (`new BrokeredMessage(text)`), from .NET Binary XML
 * ([MC-NBFX]); `undefined` for anything else.
 */
export function dataContractString(body: Uint8Array): string | undefined {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (!bytes.subarray(0, head.length).equals(head)) return undefined;
  const texts: Buffer[] = [];
  let at = head.length;
  while (at < bytes.length) {
    const code = bytes[at] ?? endElement;
    if (code === endElement) return joined(texts);
    const ends = code % 2 === 1;
    const record = ends ? code - 1 : code;
    const character = oneCharacter.get(record);
    const lengthBytes = textRecords.get(record);
    if (character !== undefined) {
      texts.push(Buffer.from(character));
      at += 1;
    } else if (lengthBytes !== undefined && at + 1 + lengthBytes <= bytes.length) {
      const start = at + 1 + lengthBytes;
      const end = start + bytes.readUIntLE(at + 1, lengthBytes);
      if (end > bytes.length) return undefined;
      texts.push(bytes.subarray(start, end));
      at = end;
    } else {
      return undefined;
    }
    if (ends) return joined(texts);
  }
  return undefined;
}

function joined(texts: readonly Buffer[]): string {
  return Buffer.concat(texts).toString('utf8');
}
