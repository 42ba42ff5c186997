/** Fields of a journal record: bytes, doubles (they hold `Infinity`), length-prefixed text and binary. */
export class RecordWriter {
  #bytes: Buffer;
  #at = 0;

  /** `expected`: about how many bytes it will be; more is no error. */
  constructor(expected: number) {
    this.#bytes = Buffer.allocUnsafe(expected);
  }

  byte(value: number): void {
    this.#ensure(1);
    this.#at = this.#bytes.writeUInt8(value, this.#at);
  }

  number(value: number): void {
    this.#ensure(8);
    this.#at = this.#bytes.writeDoubleBE(value, this.#at);
  }

  text(value: string): void {
    const length = Buffer.byteLength(value);
    this.#ensure(4 + length);
    this.#at = this.#bytes.writeUInt32BE(length, this.#at);
    this.#at += this.#bytes.write(value, this.#at);
  }

  binary(value: Buffer): void {
    this.#ensure(4 + value.length);
    this.#at = this.#bytes.writeUInt32BE(value.length, this.#at);
    this.#at += value.copy(this.#bytes, this.#at);
  }

  bytes(): Buffer {
    return this.#bytes.subarray(0, this.#at);
  }

  #ensure(length: number): void {
    if (this.#at + length <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(2 * this.#bytes.length, this.#at + length));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }
}

/** The counterpart. Reading past the end, or a number that names nothing, is a `RangeError`. */
export class RecordReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  byte(): number {
    const value = this.#bytes.readUInt8(this.#at);
    this.#at += 1;
    return value;
  }

  oneOf<T>(choices: readonly T[]): T {
    const number = this.byte();
    const choice = choices[number];
    if (choice === undefined) throw new RangeError(`${number} names none of ${choices.join(', ')}.`);
    return choice;
  }

  number(): number {
    const value = this.#bytes.readDoubleBE(this.#at);
    this.#at += 8;
    return value;
  }

  text(): string {
    return this.#take().toString('utf8');
  }

  /** A copy, so that it does not keep the whole file in memory. */
  binary(): Buffer {
    return Buffer.from(this.#take());
  }

  #take(): Buffer {
    const start = this.#at + 4;
    const end = start + this.#bytes.readUInt32BE(this.#at);
    if (end > this.#bytes.length)
      throw new RangeError(`A field ends at ${end} of ${this.#bytes.length} bytes.`);
    this.#at = end;
    return this.#bytes.subarray(start, end);
  }
}
