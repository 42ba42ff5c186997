import { z } from 'zod';
import { UsageError } from '../arguments/usage-error.ts';
import { CommandFailed, defineCommand, ExitStatus } from '../command.ts';
import { type Az, AzRefused, azureCli } from '../doctor/az.ts';
import { examine } from '../doctor/examine.ts';
import type { Finding } from '../doctor/finding.ts';
import { printJson } from '../output/print.ts';
import { styleOf } from '../output/style.ts';
import { table } from '../output/table.ts';

const account = z.looseObject({ id: z.string() });

export const command = defineCommand({
  summary: 'Looks at an installation in Azure from outside: roles, settings, bot, queues, alerts, version.',
  words: [],
  flags: {
    'resource-group': { type: 'string', value: 'NAME', about: 'where the app is' },
    subscription: { type: 'string', value: 'ID', about: 'default: the one that "az account show" names' },
    'expect-version': { type: 'string', value: 'X.Y.Z', about: 'fail when another version runs' },
  },
  notes:
    'Signs in as "az login" did. It reads only, but for the list of settings, which takes a role that may write to the app (Website Contributor); their values are compared and never shown.',
  examples: [
    'doctor --resource-group notifier-prod',
    'doctor --resource-group notifier-prod --expect-version 1.0.0 --json',
  ],

  async run({ flags }, io) {
    const group = flags['resource-group'];
    if (group === undefined) throw new UsageError('--resource-group is missing; name the group of the app');
    const az = azureCli(io);
    const subscription = flags.subscription ?? (await signedIn(az));
    const findings = await examine({ az, fetch, subscription, group, version: flags['expect-version'] });
    if (flags.json) printJson(io, findings);
    else {
      const style = styleOf(io.out, io.env);
      const rows = findings.map(({ state, check, says, remedy }) => [
        state,
        check,
        remedy === undefined ? says : `${says}; ${remedy}`,
      ]);
      const columns = [{ title: 'STATE' }, { title: 'CHECK' }, { title: 'FOUND' }];
      io.out.write(table(columns, rows, { screen: io.out, style }));
      io.out.write(`${summary(findings)}\n`);
    }
    return findings.some(({ state }) => state === 'fails') ? ExitStatus.failed : ExitStatus.ok;
  },
});

async function signedIn(az: Az): Promise<string> {
  try {
    return account.parse(await az(['account', 'show'])).id;
  } catch (error) {
    if (!(error instanceof AzRefused)) throw error;
    throw new CommandFailed(error.message, { cause: error });
  }
}

function summary(findings: readonly Finding[]): string {
  const count = (state: Finding['state']) => findings.filter((each) => each.state === state).length;
  return `${count('ok')} ok, ${count('warns')} to look at, ${count('fails')} wrong, ${count('unknown')} not looked at`;
}
