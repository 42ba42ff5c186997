import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';

const program = fileURLToPath(new URL('./known-types.ts', import.meta.url));

/** The types of events that the sources on the disk know. Throws where they cannot be loaded, with the sentence that says why. */
export async function typesNow(path = program): Promise<readonly string[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [path]).catch(
    (error: { stderr?: string }) => {
      const [, sentence] = /^\w*Error: (.+)$/m.exec(error.stderr ?? '') ?? [];
      throw sentence === undefined ? error : new Error(sentence, { cause: error });
    },
  );
  return z.array(z.string()).parse(JSON.parse(stdout));
}
