import { mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { frame } from '../journal/frames.ts';
import { Journal, type JournalSource } from '../journal/journal.ts';
import type { JournalRecord } from '../journal/records.ts';
import { recover } from '../journal/recovery.ts';
import { aFolder } from './broker-under-test.ts';

const empty: JournalSource = { snapshot: () => [], liveBytes: () => 0 };

function used(sequence: number): JournalRecord {
  return { kind: 'used', queue: 'q', sequence };
}

function onFailure(error: Error): never {
  throw error;
}

describe('a journal', () => {
  it('has written a change before it says that it is safe', async () => {
    const path = join(aFolder(), 'journal');
    const journal = new Journal({ path, onFailure });
    journal.open(empty);
    for (let sequence = 1; sequence <= 3; sequence += 1) {
      journal.record(used(sequence));
      await new Promise<void>((resolve) => journal.commit(resolve));
      expect(recover(path).queues.get('q')?.usedSequence).toBe(sequence);
    }
    journal.close();
  });

  it('answers later than it is asked, also when there is nothing to write', async () => {
    const journal = new Journal({ path: undefined, onFailure });
    let isAnswered = false;
    journal.commit(() => {
      isAnswered = true;
    });
    expect(isAnswered).toBe(false);
    await setImmediate();
    expect(isAnswered).toBe(true);
  });

  it('keeps a group together: all of it or nothing', () => {
    const path = join(aFolder(), 'journal');
    const journal = new Journal({ path, onFailure });
    journal.open(empty);
    journal.record(used(1));
    journal.commit();
    journal.record(used(2));
    journal.record(used(3));
    journal.close();
    expect(recover(path).queues.get('q')?.usedSequence).toBe(3);
    truncateSync(path, journal.bytes - 1);
    expect(recover(path).queues.get('q')?.usedSequence).toBe(1);
  });

  it('says so when it was written in a way that it does not know', () => {
    const path = join(aFolder(), 'journal');
    writeFileSync(path, frame([Buffer.of(99, 0, 0, 0, 0)]));
    expect(() => recover(path)).toThrow(/another version of the broker wrote it/);
  });

  it('tells nobody that a change is safe once it cannot write', async () => {
    const folder = join(aFolder(), 'gone');
    mkdirSync(folder);
    const failures: Error[] = [];
    const journal = new Journal({
      path: join(folder, 'journal'),
      compactAboveBytes: 1,
      onFailure: (error) => failures.push(error),
    });
    journal.open(empty);
    rmSync(folder, { recursive: true });
    let answers = 0;
    for (const sequence of [1, 2]) {
      journal.record(used(sequence));
      journal.commit(() => {
        answers += 1;
      });
      await setImmediate();
    }
    journal.close();
    expect(answers).toBe(0);
    expect(failures.map(({ message }) => message)).toEqual([expect.stringContaining('ENOENT')]);
  });
});
