// Plain JavaScript: `npm test` says at once whether the journey of the .NET client can run.
import { spawnSync } from 'node:child_process';

/** The major version of the newest .NET SDK of this machine; undefined without one. */
export function findDotnet() {
  const { status, stdout } = spawnSync('dotnet', ['--list-sdks'], { encoding: 'utf8', timeout: 20_000 });
  if (status !== 0) return undefined;
  const majors = [...stdout.matchAll(/^(\d+)\.\d+\.\d+/gm)].map(([, major]) => Number(major));
  return majors.length === 0 ? undefined : Math.max(...majors);
}
