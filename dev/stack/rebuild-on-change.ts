import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** What the app is made of. */
const FOLDERS = ['app', 'functions', 'shared'];
const SOURCE = /\.(ts|mjs|json)$/;
/** An editor writes a file in several steps, and `git` writes many: the build begins when they have been quiet for so long. */
const QUIET_MS = 100;

export interface Rebuilding {
  readonly root: string;
  /** Where the running app is; it is replaced as a whole. */
  readonly appDir: string;
  /** Bundles the app into a folder. Throws for sources that cannot be bundled. */
  readonly build: (outDir: string) => Promise<unknown>;
  /** Starts the app again, after it was replaced. */
  readonly restart: () => Promise<void>;
  /** One line for whoever looks at the terminal. */
  readonly say: (line: string) => void;
}

/**
 * Builds the app again whenever its sources change, and starts it again. Sources that cannot be bundled leave the running
 * app as it is. Changes that come while a build runs are built after it. Gives what ends it.
 */
export function rebuildOnChange({ root, appDir, build, restart, say }: Rebuilding): () => void {
  let quiet: NodeJS.Timeout | undefined;
  let isBuilding = false;
  /** What changed since the last build began, by path. */
  let changes = new Set<string>();
  let nextChange = Promise.withResolvers<void>();

  const changed = (file: string) => {
    changes.add(relative(root, file).replaceAll(sep, '/'));
    nextChange.resolve();
    clearTimeout(quiet);
    quiet = setTimeout(run, QUIET_MS);
  };

  async function run(): Promise<void> {
    if (isBuilding) return;
    isBuilding = true;
    while (changes.size > 0) {
      const files = namesOf(changes);
      changes = new Set();
      nextChange = Promise.withResolvers();
      await buildOnce(files);
    }
    isBuilding = false;
  }

  async function buildOnce(files: string): Promise<void> {
    const began = performance.now();
    const next = `${appDir}.next`;
    say(`${files} changed: building the app.`);
    try {
      await build(next);
      await rm(appDir, { recursive: true, force: true });
      await rename(next, appDir);
    } catch (cause) {
      // The running app stays; the next change is tried again.
      say(`The app cannot be built; the one from before goes on running. ${messageOf(cause)}`);
      return;
    }
    const built = secondsSince(began);
    const restarted = restart().then(
      () => say(`The app runs with the change: built in ${built} s, running after ${secondsSince(began)} s.`),
      // What was built stays, and is started with the next change.
      (cause) => say(`The app was built with the change and does not start. ${messageOf(cause)}`),
    );
    // An app that does not come up must not keep the change from being built that mends it.
    await Promise.race([restarted, nextChange.promise]);
  }

  const watchers = new Map<string, FSWatcher>();

  // Each folder by itself: a recursive watch is one of files, which ends with a file that another is moved into the place of.
  function watchFolders(): void {
    const there = new Map(
      FOLDERS.flatMap((folder) => foldersIn(join(root, folder))).map((each) => [each.key, each.path]),
    );
    for (const [key, watcher] of watchers) {
      if (there.has(key)) continue;
      watcher.close();
      watchers.delete(key);
    }
    for (const [key, path] of there) {
      if (watchers.has(key)) continue;
      const watcher = watch(path, (_event, file) => {
        const isFolder = file === null || !file.includes('.');
        if (isFolder) watchFolders();
        if (isFolder || SOURCE.test(file)) changed(join(path, file ?? ''));
      });
      // A folder that is removed tells so by an error on some systems.
      watcher.on('error', watchFolders);
      watchers.set(key, watcher);
    }
  }

  watchFolders();
  return () => {
    clearTimeout(quiet);
    for (const watcher of watchers.values()) watcher.close();
  };
}

/** One by its name, more by their number. A folder is changed by what an editor writes beside a file, too. */
function namesOf(changes: ReadonlySet<string>): string {
  const files = [...changes].filter((path) => SOURCE.test(path));
  const [first = '', ...others] = (files.length === 0 ? [...changes] : files).sort();
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

function secondsSince(began: number): string {
  return ((performance.now() - began) / 1000).toFixed(1);
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

/** A folder and those below it; one that is made anew under the same path has another key. */
function foldersIn(path: string): readonly { readonly key: string; readonly path: string }[] {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isDirectory() !== true) return [];
  const below = readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [{ key: `${path} ${stats.ino}`, path }, ...below.flatMap(({ name }) => foldersIn(join(path, name)))];
}
