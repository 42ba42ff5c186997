import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { scheduleStoreIn } from '../../timer/schedule-status.ts';
import { appFolder } from '../sample-app.ts';

describe('the schedule status in a folder', () => {
  it('is read back by the next process, in the form of the real host', async () => {
    const { directory, remove } = await appFolder({});
    const status = { last: undefined, next: Date.UTC(2026, 0, 2), lastUpdated: Date.UTC(2026, 0, 1) };
    await scheduleStoreIn(directory).write('tick', status);
    expect(await scheduleStoreIn(directory).read('tick')).toEqual(status);
    expect(JSON.parse(await readFile(`${directory}/tick/status`, 'utf8'))).toEqual({
      Last: '0001-01-01T00:00:00+00:00',
      Next: '2026-01-02T00:00:00.000+00:00',
      LastUpdated: '2026-01-01T00:00:00.000+00:00',
    });
    await remove();
  });

  it('counts as absent when the file is missing or damaged', async () => {
    const { directory, remove } = await appFolder({ 'tick/status': '{' });
    const store = scheduleStoreIn(directory);
    expect(await store.read('tick')).toBeUndefined();
    expect(await store.read('other')).toBeUndefined();
    await writeFile(`${directory}/tick/status`, '{"Last":1}');
    expect(await store.read('tick')).toBeUndefined();
    await remove();
  });
});
