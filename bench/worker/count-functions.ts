import { Session } from 'node:inspector/promises';
import type { CalledFile } from './part.ts';

/** The app's own files, by their URL: what packages do, and what stands for the host here, is not ours to keep short. */
const OWN = /^(?!.*\/node_modules\/).*\/((?:functions|shared)\/.*)\.js$/;

/** Gives the functions that run while `run` does, by the files that they are in, by the engine's own counters. */
export async function countFunctions(run: () => Promise<unknown>): Promise<readonly CalledFile[]> {
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
    // Reading the counters sets them back.
    await session.post('Profiler.takePreciseCoverage');
    await run();
    const { result } = await session.post('Profiler.takePreciseCoverage');
    return result.flatMap(({ url, functions }): readonly CalledFile[] => {
      const file = OWN.exec(url)?.[1];
      if (file === undefined) return [];
      const called = functions.flatMap(({ functionName, ranges: [range] }) =>
        range === undefined || range.count === 0 ? [] : [{ name: functionName, calls: range.count }],
      );
      return called.length === 0 ? [] : [{ file: `${file}.ts`, functions: called }];
    });
  } finally {
    session.disconnect();
  }
}
