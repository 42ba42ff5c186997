// Plain JavaScript: `npm test` says at once whether the tests that need the former release can run.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The release that may run beside this one, on the same store: during a deployment, and after one is taken back. The
 * recorded store is its work, too. Moved to the next commit at a release (CONTRIBUTING, "At a release").
 */
export const FORMER_RELEASE = 'a9f71dfa82d2fef0ed4ec5284076863cb3644fc4';

/** Where the package of a release is kept once it was built. */
export function formerFolder(root, commit = FORMER_RELEASE) {
  return join(root, '.local', 'former', commit);
}

/** Whether the former release was built here, or its sources are in the history of this checkout. */
export function hasFormerRelease(root, commit = FORMER_RELEASE) {
  return existsSync(join(formerFolder(root, commit), 'app', 'main.mjs')) || isInHistory(root, commit);
}

/** A shallow clone lacks it, and a source archive has no history at all. */
function isInHistory(root, commit) {
  try {
    execFileSync('git', ['cat-file', '-e', `${commit}^{commit}`], { cwd: root, stdio: 'ignore' });
    return true;
  } catch {
    // Whether git or the commit is missing, the run says what was left out.
    return false;
  }
}
