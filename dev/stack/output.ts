import type { PartLine } from './part.ts';

const WIDTH = 'functions'.length;

/**
 * One line of a part as it is shown, or undefined when it stays quiet: without `verbose` only the app's own log
 * and what went wrong are shown.
 */
export function shownLine({ part, stream, line }: PartLine, verbose: boolean): string | undefined {
  if (line.trim() === '') return undefined;
  const isShown = verbose || part === 'functions' || stream === 'stderr' || isComplaint(line);
  return isShown ? `${part.padEnd(WIDTH)} | ${line}` : undefined;
}

/** A structured log line of level warning or above. */
function isComplaint(line: string): boolean {
  return /"level":\s*"(warn|warning|error|fatal|critical)"/i.test(line);
}
