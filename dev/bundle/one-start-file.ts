import { readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { build, type Metafile } from 'esbuild';

/**
 * Puts what the entry imports at once into one file, `start.mjs`: finding and compiling a dozen files of a few lines takes longer
 * than what they say. Whoever imported one of them imports that file. The entry stays beside it: what is imported while the entry
 * waits must not wait for the entry.
 *
 * Where two parts export the same name, all stay as they are: a test of the build says so.
 *
 * @param outputs of a build with splitting, whose paths are relative to `root`
 */
export async function joinStart(
  root: string,
  outputs: Metafile['outputs'],
  { entry, minify }: { readonly entry: string; readonly minify: boolean },
): Promise<void> {
  const parts = partsOf(outputs, entry);
  const names = parts.flatMap((part) => outputs[part]?.exports ?? []);
  if (parts.length === 0 || new Set(names).size < names.length) return;
  const file = (output: string) => resolve(root, output);
  const [main, start] = [file(entry), join(dirname(file(entry)), 'start.mjs')];
  const specifier = (from: string, to: string) => {
    const path = relative(dirname(from), to).split(sep).join('/');
    return JSON.stringify(path.startsWith('.') ? path : `./${path}`);
  };
  const exported = parts.map(
    (part) => `export { ${outputs[part]?.exports.join(', ')} } from ${specifier(main, file(part))};`,
  );
  await build({
    stdin: {
      contents: exported.join('\n'),
      resolveDir: dirname(main),
    },
    outfile: start,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    minifyWhitespace: minify,
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'parts-only',
        setup(bundling) {
          const inside = new Set(parts.map(file));
          bundling.onResolve({ filter: /.*/ }, ({ path, kind, resolveDir }) =>
            kind === 'entry-point' || (kind === 'import-statement' && inside.has(resolve(resolveDir, path)))
              ? undefined
              : { path, external: true },
          );
        },
      },
    ],
  });
  const isPart = new Set(parts);
  for (const output of Object.keys(outputs).filter((one) => one.endsWith('.mjs') && !isPart.has(one))) {
    const importer = file(output);
    const asked = outputs[output]?.imports.filter(({ path }) => isPart.has(path)) ?? [];
    if (asked.length === 0) continue;
    let code = await readFile(importer, 'utf8');
    for (const { path } of asked) {
      // The name of a part is a hash: it stands nowhere but where it is imported.
      code = code.replaceAll(specifier(importer, file(path)), specifier(importer, start));
    }
    await writeFile(importer, code);
  }
  for (const part of parts) {
    for (const suffix of ['', '.map']) await rm(`${file(part)}${suffix}`, { force: true });
  }
}

/** What the entry imports at once, and what that does. */
function partsOf(outputs: Metafile['outputs'], entry: string): readonly string[] {
  const parts = new Set<string>();
  const follow = (output: string): void => {
    for (const { path, kind, external } of outputs[output]?.imports ?? []) {
      if (kind !== 'import-statement' || external === true || parts.has(path)) continue;
      parts.add(path);
      follow(path);
    }
  };
  follow(entry);
  return [...parts];
}
