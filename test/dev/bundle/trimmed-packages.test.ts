import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { trimmedPackages } from '../../../dev/bundle/trimmed-packages.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Bundles `contents` as a module of the app; gives the code. */
async function bundled(contents: string, plugins = [trimmedPackages(root)]): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root, sourcefile: `${root}shared/entry.ts` },
    bundle: true,
    format: 'esm',
    platform: 'node',
    minify: true,
    write: false,
    plugins,
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

describe('a trimmed package', () => {
  it.each([
    ['undici', "export { Agent, Pool } from 'undici';"],
    ['zod', "export { z } from 'zod';"],
    ['@azure/data-tables', "export { TableServiceClient } from '@azure/data-tables';"],
  ])('is at most two thirds of %s', async (_name, contents) => {
    const [trimmed, whole] = [await bundled(contents), await bundled(contents, [])];
    expect(trimmed.length).toBeLessThan((whole.length * 2) / 3);
  });

  it('refuses at build time what it does not have', async () => {
    await expect(bundled("export { fetch } from 'undici';")).rejects.toThrow(/No matching export.*"fetch"/s);
  });

  it('keeps the messages of zod in English', async () => {
    const code = await bundled(
      "import { z } from 'zod'; export const fault = z.string().safeParse(1).error.issues[0].message;",
    );
    const { fault } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
    expect(fault).toBe('Invalid input: expected string, received number');
  });
});
