import type { LogEntry, LogSink } from '../core/invocation.ts';
import type { RpcLogLevel } from '../core/rpc.ts';

const severity: Record<RpcLogLevel, number> = {
  trace: 0,
  debug: 1,
  information: 2,
  warning: 3,
  error: 4,
  critical: 5,
  none: 6,
};

export interface LogWriterOptions {
  /** Least level by category, as in host.json: the longest matching prefix decides, else `default`. */
  levels: Record<string, RpcLogLevel>;
  /** Shows debug lines of every category, whatever `levels` says. */
  verbose: boolean;
  /** Takes one line without its line break. */
  write(line: string): void;
}

/**
 * Writes log entries as lines: `[<ISO time>] [<level>] [<function> <start of the invocation id>] <message>`,
 * with `[host]` for what no function said. An entry is always one line: line breaks in it are written as `\n`.
 */
export function logWriter({ levels, verbose, write }: LogWriterOptions): LogSink {
  const least = new Map<string, number>();
  const leastFor = (category: string): number => {
    let level = least.get(category);
    if (level === undefined) {
      level = severity[levelFor(category, levels)];
      if (verbose) level = Math.min(level, severity.debug);
      least.set(category, level);
    }
    return level;
  };
  return (entry) => {
    if (entry.level === 'none' || severity[entry.level] < leastFor(categoryOf(entry))) return;
    const source = entry.functionName
      ? `${entry.functionName}${entry.invocationId ? ` ${entry.invocationId.slice(0, 8)}` : ''}`
      : 'host';
    const message = entry.message.replaceAll(/\r\n|\n|\r/g, '\\n');
    write(`[${new Date().toISOString()}] [${entry.level}] [${source}] ${message}`);
  };
}

/** The host's category for an entry, which the rules of host.json name. */
function categoryOf(entry: LogEntry): string {
  if (!entry.functionName) return 'Host';
  return `Function.${entry.functionName}${entry.category === 'user' ? '.User' : ''}`;
}

function levelFor(category: string, levels: Record<string, RpcLogLevel>): RpcLogLevel {
  const rule = Object.keys(levels)
    .filter((prefix) => category === prefix || category.startsWith(`${prefix}.`))
    .sort((a, b) => b.length - a.length)[0];
  return levels[rule ?? 'default'] ?? 'information';
}
