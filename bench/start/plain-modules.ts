import { globSync } from 'node:fs';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from 'esbuild';
import { SDKS, sdkOf } from '../../dev/sdk.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The app as it would be without a bundle: each source file by itself as JavaScript, packages in node_modules. Gives
 * the app's folder.
 */
export async function writePlainModules(outDir: string): Promise<string> {
  for (const file of globSync('{app,functions,shared}/**/*.ts', { cwd: root })) {
    const { code } = await transform(await readFile(join(root, file), 'utf8'), {
      loader: 'ts',
      format: 'esm',
      target: 'node22',
      tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
    });
    const target = join(outDir, asJavaScript(file));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, code.replaceAll(/(["'])(\.{1,2}\/[^"']+)\.ts\1/g, '$1$2.js$1'));
  }
  await symlink(join(root, 'node_modules'), join(outDir, 'node_modules'));
  await cp(join(root, 'host.json'), join(outDir, 'host.json'));
  const imports = { '#bot-sdk': `./${asJavaScript(SDKS[sdkOf(process.env)])}` };
  const description = { name: 'plain', version: '0.0.0', type: 'module', main: 'functions/main.js', imports };
  await writeFile(join(outDir, 'package.json'), JSON.stringify(description));
  return outDir;
}

function asJavaScript(file: string): string {
  return file.replace(/\.ts$/, '.js');
}
