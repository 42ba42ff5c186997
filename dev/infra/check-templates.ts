import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BicepCli, compile, evaluate } from './bicep-cli.ts';
import { compiledFaults } from './compiled-template.ts';
import { deployedFaults, identityFaults } from './deployed-resources.ts';

/** What is deployed by itself; `main.bicep` is what every day's deployment is. */
const templates = ['main.bicep', 'identity.bicep', 'once.bicep', 'azd/main.bicep'];

/**
 * Compiles every template and every parameter file in `folder`, and compares what each would deploy with what the code
 * needs. Gives what is wrong, one line each; empty when all is well. Rejects when the compiler cannot be run.
 */
export async function checkTemplates(cli: BicepCli, folder: string): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const file of templates) {
    const { output, diagnostics } = await compile(cli, join(folder, file));
    faults.push(...(diagnostics.length > 0 ? diagnostics : compiledFaults(output, file)));
  }
  if (faults.length > 0) return faults;
  const parameters = (await Promise.all(['', 'checks'].map((sub) => filesIn(folder, sub)))).flat();
  // The compiler writes beside its input: into a copy.
  const copy = await mkdtemp(join(tmpdir(), 'notifier-infra-'));
  try {
    await cp(folder, copy, { recursive: true });
    for (const name of parameters) {
      faults.push(...(await compile(cli, join(folder, name))).diagnostics);
      const evaluated = await evaluate(cli, join(copy, name));
      if (evaluated === undefined) continue;
      if ('fault' in evaluated) {
        faults.push(evaluated.fault);
        continue;
      }
      const find = name.startsWith('identity.') ? identityFaults : deployedFaults;
      faults.push(...find(await readFile(evaluated.path, 'utf8')).map((fault) => `${name}: ${fault}`));
    }
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
  return faults;
}

async function filesIn(folder: string, sub: string): Promise<readonly string[]> {
  const names = await readdir(join(folder, sub));
  return names.filter((name) => name.endsWith('.bicepparam')).map((name) => join(sub, name));
}
