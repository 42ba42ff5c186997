import { describe, expect, it } from 'vitest';
import { parseCommandLine, usage } from '../../command/command-line.ts';

describe('the command line', () => {
  it('has a default for all but the app', () => {
    expect(parseCommandLine(['--app', 'dist'])).toEqual({
      help: false,
      app: 'dist',
      port: 7071,
      dataDirectory: undefined,
      settingsFile: undefined,
      hostSetting: undefined,
      graceSeconds: 5,
      exitWithParent: false,
      trace: true,
      verbose: false,
    });
  });

  it('takes every option that the help names', () => {
    const flags = [...usage.matchAll(/^ {2}(--[a-z-]+)( [A-Z]+)?/gm)].flatMap(([, name = '', value]) =>
      value === undefined ? [name] : [name, '1'],
    );
    expect(parseCommandLine(flags)).toEqual({
      help: true,
      app: '1',
      port: 1,
      dataDirectory: '1',
      settingsFile: '1',
      hostSetting: '1',
      graceSeconds: 1,
      exitWithParent: true,
      trace: false,
      verbose: true,
    });
  });

  it.each([
    [[], '--app DIR is missing'],
    [['--app', '.', '--port', 'http'], '--port http is not a port'],
    [['--app', '.', '--port', '70000'], '--port 70000 is not a port'],
    [['--app', '.', '--grace', 'long'], '--grace long is not a time'],
    [['--app', '.', '--prot', '1'], "Unknown option '--prot'"],
    [['--app', '.', 'more'], 'Unexpected argument'],
  ])('%j is refused with the fault named', (args, message) => {
    expect(() => parseCommandLine(args)).toThrow(message);
  });
});
