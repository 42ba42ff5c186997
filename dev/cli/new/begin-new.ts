import type { Names } from './names.ts';
import { type New, writeNew } from './write-new.ts';

export interface Beginning {
  readonly root: string;
  /** Brings the packages that `generate` needs: after a mere `npm start` they are not there. */
  readonly install: () => Promise<unknown>;
  /** Writes what is documented of each kind. */
  readonly generate: () => Promise<unknown>;
}

/** Begins something in `app/`; what can fail for want of packages fails before a file is written. Gives the files. */
export async function beginNew(
  { root, install, generate }: Beginning,
  what: New,
  names: Names,
): Promise<readonly string[]> {
  if (what === 'kind') await install();
  const files = await writeNew(root, what, names);
  if (what === 'kind') await generate();
  return files;
}
