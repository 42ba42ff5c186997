import { fstatSync } from 'node:fs';

/**
 * Calls `gone` once when the process that started this one ends: its IPC channel or the pipe at standard
 * input closes, or this process is adopted by another. Standard input is watched only when it is a pipe: a
 * terminal or a file says nothing about the parent.
 */
export function whenParentEnds(gone: () => void): void {
  let told = false;
  const tell = (): void => {
    if (told) return;
    told = true;
    gone();
  };
  process.once('disconnect', tell);
  if (stdinIsPipe()) {
    process.stdin.on('end', tell).on('close', tell).on('error', tell).resume();
  }
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) tell();
  }, 250).unref();
}

function stdinIsPipe(): boolean {
  try {
    const stdin = fstatSync(0);
    return stdin.isFIFO() || stdin.isSocket();
  } catch {
    return false; // Closed from the start.
  }
}
