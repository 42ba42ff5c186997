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
    throw explained(path, error);
  }
}

/** What to say of an error that came of using the folder; of any other error, that error. */
export function explained(path, error) {
  const fault = faultOf(path, error?.code);
  return fault === undefined ? error : new DataFolderError(`--data ${path} ${fault}`);
}

function faultOf(path, code) {
  if (code === 'EEXIST' || code === 'ENOTDIR') {
    const what = statSync(path, { throwIfNoEntry: false })?.isFile() ? 'is' : 'lies below';
    return `${what} a file, not a folder: name a folder.`;
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return `cannot be written to (${code}): name another folder, or get the right to write there.`;
  }
  return code === 'ENOENT' || code === 'ENAMETOOLONG'
    ? `cannot be made (${code}): name another folder.`
    : undefined;
}
