import { Session } from 'node:inspector/promises';
import type { Extent } from './part.ts';

/** The app's own files, by their URL: what packages do, and what stands for the host here, is not ours to keep short. */
const OWN = /^(?!.*\/node_modules\/).*\/(?:functions|shared)\/.*\.js$/;

/** Counts the functions that run while `run` does, and the files that they are in, by the engine's own counters. */
export async function countFunctions(run: () => Promise<unknown>): Promise<Extent> {
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
    // Reading the counters sets them back.
    await session.post('Profiler.takePreciseCoverage');
    await run();
    const { result } = await session.post('Profiler.takePreciseCoverage');
    const called = result
      .filter(({ url }) => OWN.test(url))
      .map(({ functions }) => functions.filter(({ ranges }) => ranges.some(({ count }) => count > 0)).length)
      .filter((count) => count > 0);
    return { files: called.length, functions: called.reduce((sum, count) => sum + count, 0) };
  } finally {
    session.disconnect();
  }
}
