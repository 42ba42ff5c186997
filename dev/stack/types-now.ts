import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';

const program = fileURLToPath(new URL('./known-types.ts', import.meta.url));

/**
 * The types of events that the sources on the disk know. Throws where no app can be put together from them, with what is wrong
 * and what to do.
 */
export async function typesNow(path = program): Promise<readonly string[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [path]).catch(
    (error: { readonly stderr?: string }) => {
      const said = error.stderr?.trim() ?? '';
      throw said === '' ? error : new Error(said, { cause: error });
    },
  );
  return z.array(z.string()).parse(JSON.parse(stdout));
}
