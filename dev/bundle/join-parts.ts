import { readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';

type Outputs = Metafile['outputs'];

/**
 * Puts what an entry imports at once into one file, which lies where they lay: finding and compiling dozens of files of a few lines takes longer than
 * what they say. Whoever imported one of them imports that file. The entry itself stays: what is imported while the entry waits
 * must not wait for the entry.
 *
 * @param outputs of a build with splitting, whose paths are relative to `root`
 * @returns the outputs that are left, for the next entry: one that is loaded after this one
 */
export async function joinParts(
  root: string,
  outputs: Outputs,
  { entry, into, minify }: { readonly entry: string; readonly into: string; readonly minify: boolean },
): Promise<Outputs> {
  const parts = partsOf(outputs, entry);
  const [first] = parts;
  if (first === undefined) return outputs;
  const file = (output: string) => resolve(root, output);
  const joined = join(dirname(file(first)), into);
  const names = namesOf(outputs, parts);
  const exported = [...names].map(([part, renamed]) => {
    const clause = [...renamed].map(([name, as]) => `${name} as ${as}`).join(', ');
    return `export { ${clause} } from ${specifier(joined, file(part))};`;
  });
  await build({
    stdin: { contents: exported.join('\n'), resolveDir: dirname(joined) },
    outfile: joined,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    minifyWhitespace: minify,
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'silent',
    plugins: [onlyThese(new Set(parts.map(file)))],
  });
  const left = Object.entries(outputs).filter(([output]) => !names.has(output));
  for (const [output, { imports }] of left) {
    const asked = imports.filter(({ path }) => names.has(path));
    if (asked.length === 0) continue;
    const importer = file(output);
    let code = await readFile(importer, 'utf8');
    for (const { path } of asked) {
      const [from, to] = [specifier(importer, file(path)), specifier(importer, joined)];
      code = importedFrom(code, { from, to, renamed: names.get(path) ?? new Map() });
    }
    await writeFile(importer, code);
  }
  for (const part of parts) {
    for (const suffix of ['', '.map']) await rm(`${file(part)}${suffix}`, { force: true });
  }
  return Object.fromEntries(left);
}

/** What the entry imports at once, and what that does. */
function partsOf(outputs: Outputs, entry: string): readonly string[] {
  const parts = new Set<string>();
  const follow = (output: string): void => {
    for (const { path, kind, external } of outputs[output]?.imports ?? []) {
      const isPart = kind === 'import-statement' && external !== true && path in outputs;
      if (!isPart || parts.has(path)) continue;
      parts.add(path);
      follow(path);
    }
  };
  follow(entry);
  return [...parts];
}

/** Under which name each export of each part is exported by the joined file: two parts may have the same name for two things. */
function namesOf(
  outputs: Outputs,
  parts: readonly string[],
): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const taken = new Set<string>();
  const nameOf = (part: string, name: string): string => {
    const own = taken.has(name) ? `${name}$${parts.indexOf(part)}` : name;
    taken.add(own);
    return own;
  };
  return new Map(
    parts.map((part) => [
      part,
      new Map((outputs[part]?.exports ?? []).map((name) => [name, nameOf(part, name)])),
    ]),
  );
}

/** The name of a part is a hash: it stands nowhere but where it is imported. */
function importedFrom(
  code: string,
  {
    from,
    to,
    renamed,
  }: { readonly from: string; readonly to: string; readonly renamed: ReadonlyMap<string, string> },
): string {
  const clauses = new RegExp(`import\\s*\\{([^}]*)\\}\\s*from\\s*${escaped(from)}`, 'g');
  return code
    .replace(clauses, (_all, clause: string) => {
      const imported = clause.split(',').map((one) => {
        const [name = '', local = name] = one.trim().split(/\s+as\s+/);
        return `${renamed.get(name) ?? name} as ${local}`;
      });
      return `import{${imported.join(',')}}from${to}`;
    })
    .replaceAll(from, () => to);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

function specifier(from: string, to: string): string {
  const path = relative(dirname(from), to).split(sep).join('/');
  return JSON.stringify(path.startsWith('.') ? path : `./${path}`);
}

/** Leaves every other import as it is written. */
function onlyThese(parts: ReadonlySet<string>): Plugin {
  return {
    name: 'only-these',
    setup(bundling) {
      bundling.onResolve({ filter: /.*/ }, ({ path, kind, resolveDir }) =>
        kind === 'entry-point' || (kind === 'import-statement' && parts.has(resolve(resolveDir, path)))
          ? undefined
          : { path, external: true },
      );
    },
  };
}
