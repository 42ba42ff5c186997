// Usage: node dev/run.mjs dev/infra/main.ts write|check|plan FILE|condition
//
// write: brings infra/manifest.json up to date with the code.
// check: compiles the templates with the Bicep CLI, a warning is an error, and compares what they would deploy with what
//        the code needs. Exit status 1 when something is wrong, 3 when there is no Bicep CLI.
// plan:  reads what `az deployment group what-if --no-pretty-print` wrote, and refuses (1) what may not be carried out
//        without somebody who means it.
// condition: prints the condition under which an identity may grant roles: those of the manifest, and no other.
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { findBicepCli } from './bicep-cli.ts';
import { planFaults } from './check-plan.ts';
import { checkTemplates } from './check-templates.ts';
import { grantingCondition } from './granting-condition.ts';
import { manifestFile, manifestPath } from './manifest-file.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const USAGE = 'Usage: node dev/run.mjs dev/infra/main.ts write|check|plan FILE|condition';

process.exitCode = await main(process.argv[2], process.argv[3]);

async function main(command: string | undefined, file: string | undefined): Promise<number> {
  switch (command) {
    case 'write':
      await writeFile(manifestPath, manifestFile());
      await promisify(execFile)(join(root, 'node_modules', '.bin', 'biome'), [
        'format',
        '--write',
        manifestPath,
      ]);
      console.log(`Wrote ${relative(process.cwd(), manifestPath)}`);
      return 0;
    case 'check':
      return check();
    case 'plan':
      if (file === undefined) break;
      return checkPlan(file);
    case 'condition':
      console.log(grantingCondition());
      return 0;
  }
  console.error(USAGE);
  return 2;
}

async function checkPlan(file: string): Promise<number> {
  const faults = planFaults(await readFile(file, 'utf8'));
  for (const fault of faults)
    console.error(`${process.env.GITHUB_ACTIONS === 'true' ? '::error::' : ''}${fault}`);
  if (faults.length === 0) console.log('The plan changes nothing that decides over what is kept.');
  return faults.length === 0 ? 0 : 1;
}

async function check(): Promise<number> {
  const cli = findBicepCli(process.env);
  if (cli === undefined) {
    console.error(
      'The templates were NOT compiled: there is no Bicep CLI. Install it (`az bicep install`), put `bicep` on the PATH, or name it in BICEP_PATH.',
    );
    return 3;
  }
  const faults = await checkTemplates(cli, join(root, 'infra'));
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) return 1;
  console.log('The templates and parameter files compile without a warning, and deploy what the code needs.');
  return 0;
}
