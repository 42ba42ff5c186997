// Plain JavaScript: `npm start` and `npm test` install what is missing before they use any package.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** An installation that cannot be made; its message says what to do. */
export class InstallError extends Error {}

/**
 * The Node that runs the product's TypeScript: it comes with the packages, so that the version on this
 * machine (20 or newer) does not matter.
 */
export function projectNode(root) {
  return join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/**
 * Runs `npm ci` unless node_modules already holds what package-lock.json asks for.
 *
 * A stamp with the lock file's hash says so at once; where it does not, npm's own record of what it installed
 * (node_modules/.package-lock.json) is compared, so that an `npm install` made by hand counts as well.
 *
 * `npm ci` refuses a lock file that lacks any entry, also one for another platform, which happens where a
 * registry does not carry all of them. Then `npm install --no-save` takes the locked versions and leaves the
 * lock file as it is; this is said.
 *
 * `onSpawn` receives each npm process, so that a caller that is told to stop can end it.
 * Throws InstallError with the remedy when npm fails.
 */
export async function installWhatIsMissing(root, { onSpawn = () => {}, log = console.log } = {}) {
  if (isInstalled(root)) return false;
  log('Installing packages (npm ci) ...');
  let result = await npm(root, 'ci', { onSpawn, log });
  if (result.refusedLock) {
    log('npm ci refuses package-lock.json as incomplete; npm install goes on with what it locks ...');
    for (const line of result.missing) log(`  ${line}`);
    result = await npm(root, 'install', { onSpawn, log });
  }
  if (!result.ok) {
    for (const line of result.errors) log(line);
    throw new InstallError(
      `npm ${result.command} failed (${result.how}); its reason is printed above. Needed are the npm registry ` +
        '(npm ping) and a package-lock.json that fits package.json; then run the command again.',
    );
  }
  if (!existsSync(projectNode(root))) {
    throw new InstallError(
      `npm ${result.command} ended well, but node_modules/node holds no Node: its install script did not run. ` +
        'Allow install scripts (npm config delete ignore-scripts) and try again.',
    );
  }
  writeFileSync(stampPath(root), lockHash(root));
  return true;
}

/** Whether node_modules holds what package-lock.json asks for. */
export function isInstalled(root) {
  if (!existsSync(projectNode(root))) return false;
  const hash = lockHash(root);
  if (existsSync(stampPath(root)) && readFileSync(stampPath(root), 'utf8').trim() === hash) return true;
  if (!matchesLock(root)) return false;
  writeFileSync(stampPath(root), hash);
  return true;
}

function stampPath(root) {
  return join(root, 'node_modules', '.notifier-stamp');
}

function lockHash(root) {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

function matchesLock(root) {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const found = installed[path];
    return found
      ? found.version === entry.version && found.integrity === entry.integrity
      : entry.optional === true;
  });
}

const STILL_MS = 15_000;

/** Runs `npm ci` or `npm install` with all that is needed here, development packages included. */
function npm(root, command, { onSpawn, log }) {
  // `--include=dev`: with NODE_ENV=production npm would leave out what the local stack is made of.
  const args = [
    command,
    '--include=dev',
    '--no-audit',
    '--no-fund',
    ...(command === 'ci' ? [] : ['--no-save']),
  ];
  // Under `npm start` this is npm's own script: the npm that started us, not another one on the PATH.
  const script = process.env.npm_execpath;
  const [program, programArgs] = script?.endsWith('.js')
    ? [process.execPath, [script, ...args]]
    : ['npm', args];
  return new Promise((resolve, reject) => {
    const child = spawn(program, programArgs, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: program === 'npm' && process.platform === 'win32',
    });
    onSpawn(child);
    const lines = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => lines.push(...text.split(/\r?\n/).filter(Boolean)));
    }
    const startedAt = performance.now();
    const still = setInterval(() => {
      log(`  still installing (${Math.round((performance.now() - startedAt) / 1000)} s)`);
    }, STILL_MS);
    child.once('error', (error) => {
      clearInterval(still);
      reject(new InstallError(`npm could not be started: ${error.message}`));
    });
    child.once('close', (code, signal) => {
      clearInterval(still);
      resolve({
        command,
        ok: code === 0,
        how: signal ?? `exit status ${code}`,
        errors: lines,
        refusedLock: command === 'ci' && code !== 0 && lines.some((line) => line.includes('code EUSAGE')),
        missing: lines
          .filter((line) => /(Missing|Invalid): /.test(line))
          .map((line) => line.replace(/^npm error /, '')),
      });
    });
  });
}
