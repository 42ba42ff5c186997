import { type PartDidNotStart, type PartLine, withLastLines } from './part.ts';

const WIDTH = 'functions'.length;

/**
 * One line of a part as it is shown, or undefined when it stays quiet: without `verbose` only the app's own log
 * and what went wrong are shown.
 */
export function shownLine({ part, stream, line }: PartLine<string>, verbose: boolean): string | undefined {
  if (line.trim() === '') return undefined;
  const isShown = verbose || part === 'functions' || stream === 'stderr' || isComplaint(line);
  return isShown ? `${part.padEnd(WIDTH)} | ${line}` : undefined;
}

/** Why a part did not come up, without the lines of it that stand above already. */
export function shownFault({ reason, message, lastLines }: PartDidNotStart, verbose: boolean): string {
  if (lastLines.length === 0) return message;
  const unseen = lastLines.filter((one) => shownLine(one, verbose) === undefined && one.line.trim() !== '');
  return unseen.length === 0 ? reason : withLastLines(reason, unseen);
}

/** A structured log line of level warning or above. */
function isComplaint(line: string): boolean {
  return /"level":\s*"(warn|warning|error|fatal|critical)"/i.test(line);
}
