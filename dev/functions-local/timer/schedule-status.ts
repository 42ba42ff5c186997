import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** When a timer fired and when it is due: milliseconds since 1970. */
export interface ScheduleStatus {
  /** undefined before the first run, and after the schedule was changed. */
  last: number | undefined;
  /** undefined when the schedule never fires. */
  next: number | undefined;
  /** When `next` was computed. */
  lastUpdated: number;
}

/** Keeps the status of each timer, so that a restart notices a tick that it missed. */
export interface ScheduleStore {
  read(timer: string): Promise<ScheduleStatus | undefined>;
  write(timer: string, status: ScheduleStatus): Promise<void>;
}

/** .NET's own "no date yet", as the real host stores it. */
export const noDate = '0001-01-01T00:00:00+00:00';

/** A date as the real host writes it on a machine in UTC. */
export function toDateText(time: number | undefined): string {
  return time === undefined ? noDate : new Date(time).toISOString().replace('Z', '+00:00');
}

const dateText = z.string().transform((text) => {
  const time = Date.parse(text);
  return Number.isNaN(time) || text.startsWith('0001-') ? undefined : time;
});
const storedStatus = z.object({ Last: dateText, Next: dateText, LastUpdated: dateText });

/**
 * Keeps each status in `<directory>/<timer>/status`, JSON with `Last`, `Next` and `LastUpdated`. A file that
 * cannot be read counts as absent: the schedule then begins anew.
 */
export function scheduleStoreIn(directory: string): ScheduleStore {
  const fileOf = (timer: string): string => join(directory, timer, 'status');
  return {
    async read(timer) {
      try {
        const { Last, Next, LastUpdated } = storedStatus.parse(
          JSON.parse(await readFile(fileOf(timer), 'utf8')),
        );
        return { last: Last, next: Next, lastUpdated: LastUpdated ?? Date.now() };
      } catch {
        // Missing or damaged, it counts as never run, as with the real host.
        return undefined;
      }
    },
    async write(timer, { last, next, lastUpdated }) {
      const file = fileOf(timer);
      await mkdir(dirname(file), { recursive: true });
      const status = { Last: toDateText(last), Next: toDateText(next), LastUpdated: toDateText(lastUpdated) };
      // Renaming keeps the old status whole should the process die while it writes.
      await writeFile(`${file}.new`, JSON.stringify(status));
      await rename(`${file}.new`, file);
    },
  };
}

/** Keeps the statuses for as long as the process lives: nothing is past due after a restart. */
export function scheduleStoreInMemory(): ScheduleStore {
  const statuses = new Map<string, ScheduleStatus>();
  return {
    read: async (timer) => statuses.get(timer),
    write: async (timer, status) => void statuses.set(timer, status),
  };
}
