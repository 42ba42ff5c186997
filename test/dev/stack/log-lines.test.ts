import { describe, expect, it } from 'vitest';
import { LinePrinter } from '../../../dev/stack/log/line-printer.ts';
import { machineLine, ReadableLines } from '../../../dev/stack/log/readable-line.ts';

const N = 'n'.repeat(43);
const ADA = 'a'.repeat(43);
const host = (message: object | string, level = 'information') =>
  `[2026-11-30T09:02:25.196Z] [${level}] [events 1f00b0ee] ${typeof message === 'string' ? message : JSON.stringify({ v: 1, ...message })}`;
const reading = {
  origin: 'http://127.0.0.1:7071',
  isColored: false,
  nameOf: async (key: string) => (key === ADA ? 'Ada' : undefined),
};
/** By the clock of whoever runs the test. */
const time = new Date('2026-11-30T09:02:25.196Z').toTimeString().slice(0, 8);
const link = `http://127.0.0.1:7071/api/console#/notifications/${N}`;
const words = (line: string | undefined) => line?.split(/ {2,}/);

describe("the app's log for people", () => {
  it('says when, what, of which kind, to whom, why, and where to look', async () => {
    const lines = new ReadableLines(reading);
    const accepted = await lines.of(
      host({ event: 'event.accepted', notification: N, type: 'build.finished', recipients: 1, walks: 0 }),
    );
    expect(words(accepted)).toEqual([time, 'event accepted', 'build.finished', 'recipients=1', link]);
    const told = { event: 'delivery.outcome', notification: N, conversation: ADA, attempts: 1 };
    expect(words(await lines.of(host({ ...told, outcome: 'delivered', traceparent: '00-1' })))).toEqual([
      time,
      'delivered',
      'Ada',
      'build.finished',
      link,
    ]);
    expect(
      words(await lines.of(host({ ...told, attempts: 3, outcome: 'suppressed', reason: 'muted' }))),
    ).toEqual([time, 'suppressed', 'Ada', 'build.finished', '(muted)', 'attempts=3', link]);
  });

  it('names the level where it is no information, and paints only for who sees it', async () => {
    const plain = host({ event: 'event.parked', reason: 'unknown-type', faults: 1 }, 'warning');
    expect(words(await new ReadableLines(reading).of(plain))).toEqual([
      time,
      'warning',
      'event parked',
      '(unknown-type)',
      'faults=1',
    ]);
    const painted = await new ReadableLines({ ...reading, isColored: true }).of(plain);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is about these.
    expect(painted).toMatch(/\u001b\[33mevent parked +\u001b\[39m/);
  });

  it('leaves out signs of life that found nothing, and nothing else', async () => {
    const lines = new ReadableLines(reading);
    const heartbeat = { event: 'heartbeat', over: 0, revived: 0, failed: 0, parked: 0, late: false };
    expect(await lines.of(host(heartbeat))).toBeUndefined();
    expect(words(await lines.of(host({ ...heartbeat, revived: 2 })))).toEqual([
      time,
      'heartbeat',
      'revived=2',
    ]);
    expect(words(await lines.of(host('an exception')))).toEqual([time, '[events 1f00b0ee]', 'an exception']);
    expect(await lines.of('no line of a host')).toBe('no line of a host');
    expect(words(await lines.of(host('{"v":1,"event":"cut')))).toContain('{"v":1,"event":"cut');
  });
});

describe('for machines', () => {
  it('each line is one JSON object, with what the app said in it', () => {
    expect(JSON.parse(machineLine('functions', host({ event: 'walk.done', group: 'topic' })))).toEqual({
      part: 'functions',
      time: '2026-11-30T09:02:25.196Z',
      level: 'information',
      source: 'events 1f00b0ee',
      event: 'walk.done',
      group: 'topic',
    });
    expect(JSON.parse(machineLine('broker', 'journal is full'))).toEqual({
      part: 'broker',
      line: 'journal is full',
    });
  });
});

describe('the printer', () => {
  const printed = (options: { readonly json: boolean }) => {
    const lines: string[] = [];
    const printer = new LinePrinter({ verbose: false, ...options, print: (line) => lines.push(line) });
    return { printer, lines };
  };
  const line = (text: string) => ({ part: 'functions' as const, stream: 'stdout' as const, line: text });

  it('keeps the order of lines while somebody is looked up', async () => {
    const { printer, lines } = printed({ json: false });
    let found = (_name: string) => {};
    const name = new Promise<string>((resolve) => {
      found = resolve;
    });
    printer.understand({ ...reading, nameOf: () => name });
    printer.line(line(host({ event: 'delivery.outcome', conversation: ADA, outcome: 'delivered' })));
    printer.notice('Ready.');
    await new Promise(setImmediate);
    expect(lines).toEqual([]);
    found('Ada');
    await expect.poll(() => lines.length).toBe(2);
    expect(words(lines[0])).toEqual([time, 'delivered', 'Ada']);
    expect(lines[1]).toBe('Ready.');
  });

  it('prints what it cannot read yet as it is, and JSON for machines from the beginning', async () => {
    const people = printed({ json: false });
    people.printer.line(line('before it was ready'));
    const machines = printed({ json: true });
    machines.printer.line(line('before it was ready'));
    machines.printer.notice('the app restarts');
    await expect.poll(() => machines.lines.length).toBe(2);
    expect(people.lines).toEqual(['functions | before it was ready']);
    expect(machines.lines.map((text) => JSON.parse(text))).toEqual([
      { part: 'functions', line: 'before it was ready' },
      { notice: 'the app restarts' },
    ]);
  });
});
