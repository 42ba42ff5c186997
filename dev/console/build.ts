import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { build, type Metafile } from 'esbuild';

const source = fileURLToPath(new URL('src', import.meta.url));
const compress = promisify(brotliCompress);

export interface ConsoleBuild {
  /** Each file of the page, with its size as it is and compressed. */
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly compressed: number }[];
  /** What is in it, by paths below `root`. */
  readonly metafile: Metafile;
}

/**
 * Bundles the page into `outDir`: `index.html`, `console.js`, `console.css`, and beside each the same as a browser that takes
 * Brotli gets it, `<name>.br`. The page asks for its files below `assets/`. Throws esbuild's BuildFailure.
 */
export async function buildConsole({
  root,
  outDir,
  minify = true,
}: {
  readonly root: string;
  readonly outDir: string;
  readonly minify?: boolean;
}): Promise<ConsoleBuild> {
  await mkdir(outDir, { recursive: true });
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: { console: join(source, 'main.tsx') },
    outdir: outDir,
    bundle: true,
    write: false,
    metafile: true,
    minify,
    format: 'esm',
    platform: 'browser',
    // The oldest browsers that know `light-dark()`, by which both themes are told.
    target: ['chrome123', 'firefox120', 'safari17.5'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    logLevel: 'silent',
  });
  const built = [
    { name: 'index.html', content: await readFile(join(source, 'index.html')) },
    ...outputFiles.map(({ path, contents }) => ({
      name: path.endsWith('.css') ? 'console.css' : 'console.js',
      content: Buffer.from(contents),
    })),
  ];
  const files = await Promise.all(
    built.map(async ({ name, content }) => {
      const compressed = await compress(content, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
          [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
        },
      });
      await writeFile(join(outDir, name), content);
      await writeFile(join(outDir, `${name}.br`), compressed);
      return { name, bytes: content.length, compressed: compressed.length };
    }),
  );
  return { files, metafile };
}
