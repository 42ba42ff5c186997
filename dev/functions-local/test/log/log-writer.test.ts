import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../core/invocation.ts';
import type { RpcLogLevel } from '../../core/rpc.ts';
import { logWriter } from '../../log/log-writer.ts';

function linesOf(
  entries: Partial<LogEntry>[],
  levels: Record<string, RpcLogLevel> = {},
  verbose = false,
): string[] {
  const lines: string[] = [];
  const log = logWriter({ levels, verbose, write: (line) => lines.push(line) });
  for (const entry of entries) log({ level: 'information', category: 'user', message: 'said', ...entry });
  return lines;
}

describe('the log', () => {
  it('is one line per entry, with time, level, function and the start of the invocation id', () => {
    const [line] = linesOf([
      { functionName: 'orders', invocationId: '01234567-89ab-cdef-0123-456789abcdef' },
    ]);
    expect(line).toMatch(
      /^\[\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\] \[information\] \[orders 01234567\] said$/,
    );
  });

  it('marks lines of the host itself', () => {
    expect(linesOf([{ category: 'system' }])[0]).toMatch(/ \[host\] said$/);
    expect(linesOf([{ category: 'system', functionName: 'orders' }])[0]).toMatch(/ \[orders\] said$/);
  });

  it('writes line breaks as \\n, so that an entry cannot pose as two', () => {
    expect(linesOf([{ message: 'a\nb\r\nc\rd' }])[0]).toMatch(/ a\\nb\\nc\\nd$/);
  });

  const levels: Record<string, RpcLogLevel> = {
    default: 'warning',
    Function: 'information',
    'Function.loud': 'error',
    'Function.loud.User': 'debug',
    'Function.mute': 'none',
  };
  it.each<[string, Partial<LogEntry>, boolean]>([
    ['the host below default', { category: 'system' }, false],
    ['the host at default', { category: 'system', level: 'warning' }, true],
    ['a function by the rule for all functions', { functionName: 'orders' }, true],
    ['a function below that rule', { functionName: 'orders', level: 'debug' }, false],
    [
      'what the code of one function says, by the longest rule',
      { functionName: 'loud', level: 'debug' },
      true,
    ],
    ['what the host says of that function', { functionName: 'loud', category: 'system' }, false],
    [
      'a function whose name only begins like one with a rule',
      { functionName: 'loudest', level: 'debug' },
      false,
    ],
    ['a function that is silenced', { functionName: 'mute', level: 'critical' }, false],
  ])('decides about %s', (_, entry, shown) => {
    expect(linesOf([entry], levels)).toHaveLength(shown ? 1 : 0);
  });

  it('shows debug lines when verbose, whatever the rules say', () => {
    expect(linesOf([{ level: 'debug' }, { level: 'trace' }], levels, true)).toHaveLength(1);
  });
});
