import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const usageSchema = z.object({
  /** Microseconds of CPU time since the process began, user and system. */
  cpu: z.number(),
  /** Bytes: resident, and used by objects and buffers. */
  rss: z.number(),
  used: z.number(),
  /** The largest resident size since the last reset, sampled every 25 ms. */
  peak: z.number(),
  /** What was loaded, where that is counted. */
  files: z.array(z.object({ url: z.string(), bytes: z.number() })),
});
export type Usage = z.output<typeof usageSchema>;

/**
 * The limits that V8 sets itself on an instance with 512 MB, the smallest there is; on a machine with more memory it lets
 * far more garbage lie.
 */
export const SMALLEST_INSTANCE = ['--max-old-space-size=256', '--max-semi-space-size=1'];

/** Flags of Node by which a process writes its CPU profile into a folder when it ends; none without one. */
export function profileFlags(folder: string | undefined): readonly string[] {
  return folder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${folder}`];
}

/** The environment that puts the probe into a process; `file` is where it writes its port. */
export function probeEnvironment(
  file: string,
  {
    loads = false,
    profile,
    flags = [],
  }: {
    readonly loads?: boolean;
    readonly profile?: string | undefined;
    /** Of Node. */
    readonly flags?: readonly string[];
  } = {},
): Record<string, string> {
  const probe = new URL('probe.mjs', import.meta.url);
  return {
    NODE_OPTIONS: [`--import=${probe.href}`, ...flags, ...profileFlags(profile)].join(' '),
    BENCH_PROBE_FILE: file,
    ...(loads ? { BENCH_PROBE_LOADS: '1' } : {}),
  };
}

/** Asks the process that has the probe; `collect` clears its garbage first. */
export async function usageOf(
  file: string,
  what: 'usage' | 'collect' | 'reset-peak' = 'usage',
): Promise<Usage> {
  const port = await readFile(file, 'utf8');
  const answer = await fetch(`http://127.0.0.1:${port}/${what}`);
  return usageSchema.parse(await answer.json());
}
