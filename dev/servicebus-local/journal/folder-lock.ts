import { createHash } from 'node:crypto';
import { realpathSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Holds a folder for this process, so that two brokers never write one journal. The lock is a local socket that
 * somebody answers: unlike a file with a process id it ends with its owner, however that dies. Rejects when another
 * broker holds the folder; the returned function lets it go.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = socketPath(folder);
  const server = createServer((socket) => socket.destroy());
  server.unref();
  if (!(await tryListen(server, path))) {
    if (await isAnswered(path)) {
      throw new Error(
        `Another broker uses the data folder ${folder}. Stop it, or choose another folder by --data.`,
      );
    }
    rmSync(path, { force: true });
    if (!(await tryListen(server, path)))
      throw new Error(`The data folder ${folder} cannot be locked (${path}).`);
  }
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve());
    });
}

/**
 * In the folder for temporary files, because the folder itself may have too long a path for a local socket (about a
 * hundred characters are allowed) or lie on a file system that has none.
 */
function socketPath(folder: string): string {
  const name = `broker-${createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 20)}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
}

function tryListen(server: Server, path: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    };
    server.once('error', onError);
    server.listen(path, () => {
      server.off('error', onError);
      resolve(true);
    });
  });
}

function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
