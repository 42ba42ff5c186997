import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';

const program = fileURLToPath(new URL('./known-app.ts', import.meta.url));

const known = z.object({
  /** Of events. */
  types: z.array(z.string()),
  /** What people may try first, see `Kind.hints`. */
  hints: z.array(z.string()),
});

/**
 * What the sources on the disk know. Throws where no app can be put together from them, with what is wrong and what to do.
 */
export async function appNow(path = program): Promise<z.infer<typeof known>> {
  const { stdout } = await promisify(execFile)(process.execPath, [path]).catch(
    (error: { readonly stderr?: string }) => {
      const said = error.stderr?.trim() ?? '';
      throw said === '' ? error : new Error(said, { cause: error });
    },
  );
  return known.parse(JSON.parse(stdout));
}
