import { describe, expect, it } from 'vitest';
import { parseStartOptions, UsageError } from '../../../dev/stack/options.mjs';

describe('options of npm start', () => {
  it('are the documented ones when none is given', () => {
    expect(parseStartOptions([])).toEqual({
      ports: { functions: 7071, broker: 5672, tables: 10002, blobs: 10000, channel: 56150 },
      chat: true,
      func: false,
      data: '.local',
      inspect: false,
      watch: false,
      verbose: false,
      json: false,
      help: false,
    });
  });

  it('are understood with a space and with an equals sign', () => {
    const options = parseStartOptions([
      '--port',
      '1',
      '--amqp-port=2',
      '--data=/tmp/a=b',
      '--no-chat',
      '--inspect',
    ]);
    expect(options).toMatchObject({
      ports: { functions: 1, broker: 2 },
      data: '/tmp/a=b',
      chat: false,
      inspect: true,
    });
  });

  it.each([
    [['--colour'], 'Unknown option --colour.'],
    [['--toString', 'x'], 'Unknown option --toString.'],
    [['7071'], 'Unexpected argument "7071".'],
    [['--port'], '--port needs a value.'],
    [['--port', '--no-chat'], '--port needs a value.'],
    [['--data='], '--data needs a value.'],
    [['--port', '70710'], '--port must be a whole number from 0 to 65535, not "70710".'],
    [['--tables-port', '-1'], '--tables-port must be a whole number from 0 to 65535, not "-1".'],
    [['--no-chat=yes'], '--no-chat takes no value.'],
    [['--chat-port', '7071'], '--port and --chat-port are both 7071'],
  ])('%j is refused by name', (argv, message) => {
    expect(() => parseStartOptions(argv)).toThrow(UsageError);
    expect(() => parseStartOptions(argv)).toThrow(message);
  });

  it('may share a port with the chat when there is no chat, and 0 with each other', () => {
    expect(parseStartOptions(['--no-chat', '--chat-port', '7071']).ports.channel).toBe(7071);
    expect(parseStartOptions(['--port', '0', '--amqp-port', '0']).ports).toMatchObject({
      functions: 0,
      broker: 0,
    });
  });
});
