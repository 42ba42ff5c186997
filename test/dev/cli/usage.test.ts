import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commandNames } from '../../../dev/cli/run.ts';
import { notifier } from './command-line.ts';

const ID = '-7DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU';

describe('the command line', () => {
  it('has a command for every file in its folder, and each explains itself', async () => {
    const files = readdirSync(new URL('../../../dev/cli/commands/', import.meta.url));
    expect(commandNames.map((name) => `${name}.ts`)).toEqual(files.sort());
    for (const name of commandNames) {
      const { status, out, err } = await notifier([name, '--help']);
      expect(out).toContain(`Usage: notifier ${name}`);
      expect({ status, err }).toEqual({ status: 0, err: '' });
    }
  });

  it.each([['--help'], ['-h'], ['help']])('lists its commands on %s', async (word) => {
    const { status, out } = await notifier([word]);
    expect(status).toBe(0);
    for (const name of commandNames) expect(out).toContain(name);
  });

  it('shows the help of a command within a group, whatever else is given', async () => {
    const { status, out } = await notifier(['parked', 'replay', '--nonsense', '--help']);
    expect(status).toBe(0);
    expect(out).toContain('--dry-run');
    expect(out).toContain('--json');
  });

  it.each<[string, string, string[]]>([
    ['no command', 'Usage: notifier <command>', []],
    ['a misspelt command', 'did you mean publish?', ['pubish', '--text', 'x']],
    [
      'a command that is like none',
      'there are backup, conversations, doctor, hooks, new, notifications',
      ['frobnicate'],
    ],
    ['a flag before the command', 'the flags come behind it', ['--json', 'status']],
    ['a group without its command', 'list, show, replay, drop', ['parked']],
    ['a misspelt command of a group', 'did you mean replay?', ['parked', 'repaly']],
    ['an unknown flag', 'did you mean --text?', ['publish', '--txt', 'x']],
    ['a part of a flag', 'did you mean --to-everyone?', ['publish', '--everyone']],
    ['a flag that is like none', '--zzzzz is no flag', ['publish', '--zzzzz']],
    ['a flag without its value', '--text needs a value; write --text MARKDOWN', ['publish', '--text']],
    ['a flag in place of a value', '"--urgent" looks like a flag', ['publish', '--text', '--urgent']],
    ['an empty value', '--text needs a value', ['publish', '--text=']],
    ['a value for a switch', '--urgent takes no value', ['publish', '--urgent=yes']],
    ['a flag given twice', '--text is given twice', ['publish', '--text', 'a', '--text', 'b']],
    ['a word too many', '"hello" is one word too many', ['publish', 'hello']],
    ['a missing word', '<id> is missing', ['parked', 'show']],
    ['a count that is none', '--count is "0" and must be a whole number from 1', ['publish', '--count', '0']],
    ['a count beyond the bound', 'to 10000', ['publish', '--count', '10001']],
    [
      'two names for one thing',
      '--connection and --namespace',
      ['publish', '--to-everyone', '--text', 'x', '--connection', 'x', '--namespace', 'y'],
    ],
    [
      'a connection string that is none',
      'it looks like Endpoint=sb://',
      ['publish', '--to-everyone', '--text', 'x', '--connection', 'localhost'],
    ],
    [
      'a namespace that is none',
      'NAME.servicebus.windows.net',
      ['publish', '--to-everyone', '--text', 'x', '--namespace', 'my bus'],
    ],
    ['tables that are none', 'AccountName=NAME', ['status', ID, '--tables', 'localhost']],
    ['a tables endpoint without TLS', 'https://ACCOUNT', ['status', ID, '--tables-endpoint', 'http://x']],
    ['an address that is none', 'http://127.0.0.1:7071', ['status', ID, '--url', 'localhost:7071']],
    ['a folder without a stack', 'no stack runs on that folder', ['status', ID, '--stack', '/nowhere']],
    ['no id to look for', '<notification id> is missing', ['status']],
    ['an event id as notification id', 'give it as --event-id', ['status', 'event-1']],
    ['half an event', '--source and --event-id name an event together', ['status', '--source', 'urn:x']],
    ['an unknown reason', 'did you mean exhausted?', ['parked', 'list', '--reason', 'exausted']],
    ['an unknown source', 'must be parked or dlq', ['parked', 'list', '--source', 'dead']],
    [
      'a queue of what the app parked',
      '--queue belongs to --source dlq',
      ['parked', 'list', '--queue', 'events'],
    ],
    [
      'a reason of dead letters',
      '--reason belongs to',
      ['parked', 'list', '--source', 'dlq', '--reason', 'exhausted'],
    ],
    ['an unknown queue', 'did you mean events?', ['parked', 'list', '--source', 'dlq', '--queue', 'event']],
    ['a dead letter without number', 'such as events/17', ['parked', 'show', 'x', '--source', 'dlq']],
    ['all and one', 'give an <id> or --all', ['parked', 'replay', ID, '--all']],
    ['neither all nor one', 'or all with --all', ['parked', 'replay']],
    ['a reason for one', '--reason goes with --all', ['parked', 'replay', ID, '--reason', 'exhausted']],
    ['a key that is none', 'has 43 characters', ['conversations', 'show', 'ada']],
    ['no kind to preview', 'notification.requested', ['preview']],
    ['a misspelt kind', 'did you mean build.finished?', ['preview', 'build.finnished']],
    ['a locale that is none', '--locale is "d!"', ['preview', 'build.finished', '--locale', 'd!']],
    ['a zone that is none', '--zone is "Mars"', ['preview', 'build.finished', '--zone', 'Mars']],
    [
      'a file that is not there',
      'there is no file "nothing.json"',
      ['preview', 'build.finished', '--data', 'nothing.json'],
    ],
    ['data that is not JSON', 'is not JSON', ['preview', 'build.finished', '--data', '{no']],
  ])('refuses %s with status 2, saying "%s"', async (_what, says, argv) => {
    const { status, out, err } = await notifier(argv);
    expect(err).toContain(says);
    expect(err.startsWith('notifier') || says.startsWith('Usage')).toBe(true);
    expect({ status, out }).toEqual({ status: 2, out: '' });
  });

  it('takes an id that begins with a dash for an id, wherever it stands', async () => {
    // Both are refused for what they are, not for looking like flags.
    const shown = await notifier(['parked', 'show', ID, '--tables', 'none']);
    expect(shown.err).toContain('--tables is no connection string');
    const sent = await notifier(['publish', '--to-conversation', ID, '--mode', 'later', '--text', 'x']);
    expect(sent.err).toContain('data.delivery.mode (--mode)');
    expect(sent.err).not.toContain('looks like a flag');
  });

  it('refuses to put what is parked in one installation on the queues of another', async () => {
    const broker = 'Endpoint=sb://bus.example;SharedAccessKeyName=a;SharedAccessKey=b';
    const one = await notifier(['parked', 'replay', '--all', '--connection', broker]);
    expect(one.err).toContain('the broker is named (bus.example) and the tables are not');
    const other = await notifier(['parked', 'replay', '--all', '--tables-endpoint', 'https://a.example']);
    expect(other.err).toContain('the tables are named (a.example) and the broker is not');
    const waiting = await notifier([
      'publish',
      '--to-everyone',
      '--text',
      'x',
      '--wait',
      '--connection',
      broker,
    ]);
    expect(waiting.err).toContain('the tables are not');
    expect([one.status, other.status, waiting.status]).toEqual([2, 2, 2]);
  });

  it('never shows a key of a connection string', async () => {
    const env = {
      ServiceBusConnection: 'Endpoint=sb://bus.example;SharedAccessKeyName=a;SharedAccessKey=hush',
    };
    const { err } = await notifier(['parked', 'replay', '--all'], { env });
    expect(err).toContain('bus.example');
    expect(err).not.toContain('hush');
  });

  it('colours for a person at a terminal who did not ask for none', async () => {
    const coloured = await notifier(['nothing'], { isTTY: true });
    expect(coloured.err).toContain('\u001b[31m');
    for (const env of [{ NO_COLOR: '1' }, { TERM: 'dumb' }]) {
      expect((await notifier(['nothing'], { isTTY: true, env })).err).not.toContain('\u001b');
    }
    expect((await notifier(['nothing'])).err).not.toContain('\u001b');
  });
});
