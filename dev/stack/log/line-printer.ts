import { shownLine } from '../output.ts';
import type { PartLine } from '../part.ts';
import { machineLine, ReadableLines, type Reading } from './readable-line.ts';

/** Prints what the parts say: for people, or a JSON object a line for machines. */
export class LinePrinter {
  readonly #verbose: boolean;
  readonly #isForMachines: boolean;
  readonly #print: (line: string) => void;
  #readable: ReadableLines | undefined;
  #printed: Promise<void> = Promise.resolve();

  constructor(options: {
    readonly verbose: boolean;
    readonly json: boolean;
    readonly print: (line: string) => void;
  }) {
    this.#verbose = options.verbose;
    this.#isForMachines = options.json;
    this.#print = options.print;
  }

  /** From here on it is known where the app answers, and who people are. */
  understand(reading: Reading): void {
    this.#readable = new ReadableLines(reading);
  }

  /** A line of a part; one whose people are still looked up holds up those behind it. */
  line(line: PartLine): void {
    const shown = shownLine(line, this.#verbose);
    if (shown === undefined) return;
    const isApp = line.part === 'functions' && line.stream === 'stdout' && !this.#verbose;
    this.#inTurn(() => {
      if (this.#isForMachines) return machineLine(line.part, line.line);
      return isApp && this.#readable !== undefined ? this.#readable.of(line.line) : shown;
    });
  }

  /** What the stack says itself. */
  notice(text: string): void {
    this.#inTurn(() => (this.#isForMachines ? JSON.stringify({ notice: text }) : text));
  }

  #inTurn(made: () => string | Promise<string | undefined>): void {
    this.#printed = this.#printed.then(async () => {
      const text = await made();
      if (text !== undefined) this.#print(text);
    });
  }
}
