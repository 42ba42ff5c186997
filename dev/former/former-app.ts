import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { installWhatIsMissing, projectNode } from '../install.mjs';
import { FORMER_RELEASE, formerFolder, hasFormerRelease } from './former-release.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

/** The sources of the release are nowhere on this machine; the message says how to get them. */
export class FormerReleaseMissing extends Error {
  constructor(commit: string) {
    super(
      `Commit ${commit} is not in the history of this checkout, so its package cannot be built; get the whole history: git fetch --unshallow`,
    );
    this.name = 'FormerReleaseMissing';
  }
}

/**
 * The folder of the built app of a release (default: the former one), as it was deployed: its own sources from git,
 * bundled by its own build with the packages that its own lock file names. Built once, in `.local/former/<commit>`.
 *
 * Throws `FormerReleaseMissing`.
 */
export async function formerApp(commit: string = FORMER_RELEASE): Promise<string> {
  const folder = formerFolder(root, commit);
  const app = join(folder, 'app');
  if (existsSync(join(app, 'main.mjs'))) return app;
  if (!hasFormerRelease(root, commit)) throw new FormerReleaseMissing(commit);
  await mkdir(folder, { recursive: true });
  // A folder of its own, so that two processes that build at the same time do not meet; the first one's result stays.
  const work = await mkdtemp(join(folder, 'work-'));
  try {
    const sources = await checkOut(commit, work);
    await bringPackages(sources);
    const built = join(work, 'app');
    await run(projectNode(sources), [join(sources, 'dev', 'build.ts'), '--out', built], { cwd: sources });
    await rename(built, app).catch((error: unknown) => {
      if (!existsSync(join(app, 'main.mjs'))) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return app;
}

async function checkOut(commit: string, work: string): Promise<string> {
  const archive = join(work, 'sources.tar');
  const sources = join(work, 'sources');
  await run('git', ['archive', '--format=tar', `--output=${archive}`, commit], { cwd: root });
  await mkdir(sources);
  await run('tar', ['-xf', archive, '-C', sources]);
  return sources;
}

/** The packages of this checkout where both lock files are the same; else those of the release, from the registry. */
async function bringPackages(sources: string): Promise<void> {
  const [theirs, ours] = await Promise.all(
    [sources, root].map((folder) => readFile(join(folder, 'package-lock.json'), 'utf8')),
  );
  if (theirs === ours) await symlink(join(root, 'node_modules'), join(sources, 'node_modules'), 'junction');
  else await installWhatIsMissing(sources, { log: console.error });
}
