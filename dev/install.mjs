// Plain JavaScript: `npm start` and `npm test` install what is missing before they use any package.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
 * Brings what package-lock.json asks for, unless node_modules holds it: with `only: 'start'` without the packages that
 * only tests, checks and packing need (npm's devDependencies). Gives whether it installed anything.
 *
 * A stamp with the lock file's hash says so at once; where it does not, npm's own record of what it installed
 * (node_modules/.package-lock.json) is compared, so that an `npm install` made by hand counts as well.
 *
 * What is missing beside the packages of a start is added to them, since the product may be running on those;
 * anything else is a new beginning, by `npm ci`.
 *
 * `npm ci` refuses a lock file that lacks any entry, also one for another platform, which happens where a
 * registry does not carry all of them. Then `npm install --no-save` takes the locked versions and leaves the
 * lock file as it is; this is said.
 *
 * `onSpawn` receives each npm process, so that a caller that is told to stop can end it.
 * Throws InstallError with the remedy when npm fails.
 */
export async function installWhatIsMissing(root, { onSpawn = () => {}, log = console.log, only } = {}) {
  if (isInstalled(root, only)) return false;
  const how = { onSpawn, log, only };
  let result;
  if (only === undefined && isInstalled(root, 'start')) {
    log('Installing the packages for tests and checks (npm install) ...');
    result = await npm(root, 'install', how);
  } else {
    log('Installing packages (npm ci) ...');
    result = await npm(root, 'ci', how);
  }
  if (result.refusedLock) {
    log('npm ci refuses package-lock.json as incomplete; npm install goes on with what it locks ...');
    for (const line of result.missing) log(`  ${line}`);
    result = await npm(root, 'install', how);
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
  leaveOutUnread(root);
  writeStamp(root, only);
  return true;
}

/** Whether node_modules holds what package-lock.json asks for; with `'start'`, what the product needs to run. */
export function isInstalled(root, only) {
  if (!existsSync(projectNode(root))) return false;
  const stamps = [stampOf(root), ...(only === 'start' ? [stampOf(root, only)] : [])];
  if (existsSync(stampPath(root)) && stamps.includes(readFileSync(stampPath(root), 'utf8').trim()))
    return true;
  if (!matchesLock(root, only)) return false;
  writeStamp(root, only);
  return true;
}

function stampPath(root) {
  return join(root, 'node_modules', '.notifier-stamp');
}

function stampOf(root, only) {
  const hash = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  return only === undefined ? hash : `${hash} ${only}`;
}

function writeStamp(root, only) {
  writeFileSync(stampPath(root), stampOf(root, only));
}

function matchesLock(root, only) {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const found = installed[path];
    if (found) return found.version === entry.version && found.integrity === entry.integrity;
    const mayLack = entry.optional || entry.devOptional || (only === 'start' && entry.dev);
    return mayLack === true;
  });
}

/**
 * Takes away what came with the packages and nobody reads here, a third of them: source maps, and the archive of Node
 * with the C headers, whose binary lies in `node/bin` as well.
 */
function leaveOutUnread(root) {
  const packages = join(root, 'node_modules');
  if (!lstatSync(projectNode(root)).isSymbolicLink()) {
    rmSync(join(packages, 'node', 'node_modules'), { recursive: true, force: true });
  }
  removeSourceMaps(packages);
}

function removeSourceMaps(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) removeSourceMaps(path);
    else if (entry.isFile() && /\.[cm]?[jt]s\.map$/.test(entry.name)) rmSync(path);
  }
}

const STILL_MS = 15_000;

/** Runs `npm ci` or `npm install`. */
function npm(root, command, { onSpawn, log, only }) {
  const args = [
    command,
    // Said either way: NODE_ENV and npm's own settings would decide otherwise.
    only === 'start' ? '--omit=dev' : '--include=dev',
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
