import type { Io } from '../io.ts';

/** The result of a command that was asked for JSON. */
export function printJson(io: Io, value: unknown): void {
  io.out.write(`${JSON.stringify(value, null, io.out.isTTY ? 2 : undefined)}\n`);
}
