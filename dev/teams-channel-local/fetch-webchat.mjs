// Plain JavaScript and no packages: `npm start` runs this on whichever Node there is (20 or newer).
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';

const VERSION = '4.18.1';
/** Of the tarball, as the registry publishes it. */
const INTEGRITY =
  'sha512-7jpEUJ7olT62Xm+8eh7BhhIcXVfU2xD4pZDaeBt8K4XcNy6K/83UGIxE9BFkXmHMZ4hDEVOzs5cre07GWuaXzg==';
/** Of the one file that is taken out of it, so that a kept copy can be trusted as well. */
const FILE_SHA256 = 'CmitCmT8BNYhGX2hDD7sD4Q+FvfQP2vL7Sm0dRfPm/8=';

const PACKAGE = `botframework-webchat@${VERSION}`;
const IN_TARBALL = 'package/dist/webchat.js';

/** Web Chat could not be had; the message says why and what to do. */
export class FetchWebchatError extends Error {}

/**
 * Puts Microsoft's prebuilt Web Chat into `targetDir`, unless it is there already, and gives its path.
 *
 * Installed with its dependencies the package weighs 486 MB; its tarball (7 MB) holds all of it in one file. npm
 * fetches the tarball, so that its registry, proxy and cache settings hold.
 *
 * Throws FetchWebchatError when npm cannot fetch it or what came is not what was published.
 */
export async function fetchWebchat(targetDir) {
  const path = join(targetDir, `webchat-${VERSION}.js`);
  if (isTheFile(path)) return path;
  const work = await mkdtemp(join(tmpdir(), 'webchat-'));
  try {
    const tarball = await pack(work);
    const integrity = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`;
    if (integrity !== INTEGRITY) {
      throw new FetchWebchatError(
        `What npm fetched as ${PACKAGE} is not what was published (${integrity}). Check the registry that npm uses (npm config get registry).`,
      );
    }
    const content = await readFromTarball(createReadStream(tarball).pipe(createGunzip()), IN_TARBALL);
    await mkdir(targetDir, { recursive: true });
    // Whoever finds the file under its name finds all of it.
    await writeFile(`${path}.new`, content);
    await rename(`${path}.new`, path);
    return path;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

function isTheFile(path) {
  try {
    return createHash('sha256').update(readFileSync(path)).digest('base64') === FILE_SHA256;
  } catch {
    // Not there yet: it is fetched, which says clearly what is wrong with the folder if something is.
    return false;
  }
}

/** The path of the tarball that `npm pack` leaves in `folder`. */
async function pack(folder) {
  const limits = ['--prefer-offline', '--fetch-timeout=20000', '--fetch-retries=1'];
  const args = ['pack', PACKAGE, '--pack-destination', folder, '--ignore-scripts', '--silent', ...limits];
  // Under `npm start` this is npm's own script: the npm that started us, not another one on the PATH.
  const npm = process.env.npm_execpath;
  const [command, commandArgs] = npm?.endsWith('.js') ? [process.execPath, [npm, ...args]] : ['npm', args];
  const { code, said } = await run(command, commandArgs);
  const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
  if (code !== 0 || tarball === undefined) {
    throw new FetchWebchatError(
      `npm could not fetch ${PACKAGE} (exit status ${code}). ${said.trim() || 'Check the network and the registry (npm ping).'}`,
    );
  }
  return join(folder, tarball);
}

function run(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'ignore', 'pipe'],
      shell: command === 'npm' && process.platform === 'win32',
    });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    child.once('error', (error) =>
      reject(new FetchWebchatError(`npm could not be started: ${error.message}`)),
    );
    child.once('close', (code) => resolve({ code, said }));
  });
}

const BLOCK = 512;

/** One file out of an unzipped ustar archive. Reads no further than that file. */
export async function readFromTarball(stream, wanted) {
  const bytes = reader(stream);
  try {
    return await find(bytes, wanted);
  } finally {
    await bytes.end();
  }
}

async function find(bytes, wanted) {
  for (;;) {
    const header = await bytes.take(BLOCK);
    if (header === undefined || header[0] === 0) {
      throw new FetchWebchatError(`${PACKAGE} holds no ${wanted}. It may have been packed differently.`);
    }
    const text = (from, length) => header.toString('utf8', from, from + length).replace(/\0.*$/s, '');
    const size = Number.parseInt(text(124, 12), 8);
    const prefix = text(345, 155);
    const name = prefix === '' ? text(0, 100) : `${prefix}/${text(0, 100)}`;
    const padded = Math.ceil(size / BLOCK) * BLOCK;
    if (name !== wanted) {
      await bytes.skip(padded);
      continue;
    }
    const content = await bytes.take(padded);
    if (content === undefined)
      throw new FetchWebchatError(`The tarball of ${PACKAGE} ends within ${wanted}.`);
    return content.subarray(0, size);
  }
}

function reader(stream) {
  const chunks = stream[Symbol.asyncIterator]();
  let rest = Buffer.alloc(0);
  const more = async () => {
    const { value, done } = await chunks.next();
    return done ? undefined : value;
  };
  return {
    /** `undefined` when the stream ends before. */
    async take(length) {
      const parts = [rest];
      let have = rest.length;
      while (have < length) {
        const chunk = await more();
        if (chunk === undefined) return undefined;
        parts.push(chunk);
        have += chunk.length;
      }
      const all = Buffer.concat(parts, have);
      rest = all.subarray(length);
      return all.subarray(0, length);
    },
    async skip(length) {
      let left = length - rest.length;
      rest = rest.subarray(Math.min(length, rest.length));
      while (left > 0) {
        const chunk = await more();
        if (chunk === undefined) return;
        rest = chunk.subarray(Math.min(left, chunk.length));
        left -= chunk.length;
      }
    },
    /** Nothing more is wanted: lets go of the stream. */
    async end() {
      await chunks.return?.();
    },
  };
}
