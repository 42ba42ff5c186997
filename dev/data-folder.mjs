// Plain JavaScript: `npm start` looks at its folder before anything is installed.
import { accessSync, constants, mkdirSync, statSync } from 'node:fs';

/** A folder that cannot be used; its message names it, the fault and the remedy. */
export class DataFolderError extends Error {}

/**
 * Makes the folder that `--data` names where it is missing. Throws DataFolderError for a file, and where this user may
 * not write.
 */
export function makeDataFolder(path) {
  try {
    mkdirSync(path, { recursive: true });
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new DataFolderError(`--data ${path} ${faultOf(path, error.code)}`);
  }
}

function faultOf(path, code) {
  if (code === 'EEXIST' || code === 'ENOTDIR') {
    const what = statSync(path, { throwIfNoEntry: false })?.isFile() ? 'is' : 'lies below';
    return `${what} a file, not a folder: name a folder.`;
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return `cannot be written to (${code}): name another folder, or get the right to write there.`;
  }
  return `cannot be made (${code}): name another folder.`;
}
