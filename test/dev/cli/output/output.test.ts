import { describe, expect, it } from 'vitest';
import type { Io } from '../../../../dev/cli/io.ts';
import { count, counted, share, span } from '../../../../dev/cli/output/numbers.ts';
import { Progress } from '../../../../dev/cli/output/progress.ts';
import { styleOf } from '../../../../dev/cli/output/style.ts';
import { table } from '../../../../dev/cli/output/table.ts';
import { cut, padEnd, widthOf } from '../../../../dev/cli/output/width.ts';

function anIo(isTTY: boolean, columns = 30) {
  const written: string[] = [];
  let now = 0;
  const screen = { isTTY, columns, write: (text: string) => void written.push(text) };
  const io: Io = {
    out: screen,
    err: screen,
    env: { NO_COLOR: '1' },
    cwd: '/',
    readInput: async () => '',
    now: () => now,
    signal: new AbortController().signal,
  };
  return { io, screen, written, pass: (ms: number) => (now += ms) };
}

describe('text on a terminal', () => {
  it.each([
    ['abc', 3],
    ['日本', 4],
    ['é', 1],
    ['e\u0301', 1],
    ['👩‍👩‍👧', 2],
    ['✅', 2],
    ['', 0],
  ])('takes %j as many columns as it is wide', (text, width) => {
    expect(widthOf(text)).toBe(width);
    expect(widthOf(padEnd(text, 10))).toBe(10);
  });

  it('is cut between characters, never within one', () => {
    expect(cut('日本語', 4)).toBe('日…');
    expect(cut('abc', 3)).toBe('abc');
    expect(cut('abcd', 3)).toBe('ab…');
  });

  it.each([
    [12_345, '12,345'],
    [0, '0'],
  ])('writes %d as %s', (number, text) => expect(count(number)).toBe(text));

  it('writes numbers with what they count, times and shares', () => {
    expect([counted(1, 'event'), counted(2, 'event')]).toEqual(['1 event', '2 events']);
    expect([340, 12_340, 245_000, 7_800_000, 259_200_000].map(span)).toEqual([
      '340 ms',
      '12.3 s',
      '4 min 5 s',
      '2 h 10 min',
      '3 days',
    ]);
    expect(share(287, 28_672)).toBe('287 bytes (2 % of 28,672)');
  });
});

describe('a table', () => {
  const columns = [{ title: 'ID' }, { title: 'N', align: 'right' }, { title: 'WHY' }] as const;
  const rows = [
    ['a', '1', 'one\nline'],
    ['日本', '10', 'x'.repeat(40)],
  ];

  it('is cut at the edge of a terminal, and whole in a file', () => {
    for (const [isTTY, longest] of [
      [true, 30],
      [false, 50],
    ] as const) {
      const { screen, io } = anIo(isTTY);
      const lines = table(columns, rows, { screen, style: styleOf(screen, io.env) }).split('\n');
      expect(lines.slice(0, 2)).toEqual(['ID     N  WHY', 'a      1  one line']);
      expect(Math.max(...lines.map(widthOf))).toBe(longest);
    }
  });
});

describe('progress', () => {
  it('is one line drawn anew at a terminal, and gone at the end', () => {
    const { io, written, pass } = anIo(true);
    const progress = new Progress(io);
    progress.say('too early');
    pass(100);
    progress.say('1 of 2');
    progress.end();
    progress.end();
    expect(written).toEqual(['\r\u001b[2K1 of 2', '\r\u001b[2K']);
  });

  it('is a line now and then in a file, and nothing for what is over soon', () => {
    const { io, written, pass } = anIo(false);
    const progress = new Progress(io);
    for (let tick = 0; tick < 110; tick += 1) {
      pass(100);
      progress.say(`tick ${tick}`);
    }
    progress.end();
    expect(written).toEqual(['tick 49\n', 'tick 99\n']);
  });
});
