import { shellWord } from '../shell-word.ts';
import type { Addresses } from './addresses.ts';

/** What people read once everything answers: where each thing is, and what to try next. */
export function welcome(
  addresses: Addresses,
  details: {
    readonly queues: readonly string[];
    readonly dataDir: string;
    /** The folder that the command line looks into by itself. */
    readonly usualDataDir: string;
    readonly overridden: readonly string[];
  },
): string {
  const rows: [string, string][] = [
    ...(addresses.channel === undefined ? [] : [['Chat page', `${addresses.channel}/`] as [string, string]]),
    ['Console', `${addresses.functions}/api/console`],
    ['Bot endpoint', addresses.botEndpoint],
    ['Service Bus', addresses.serviceBus],
    ['Queues', details.queues.join(', ')],
    ['Tables', addresses.tableEndpoint],
    ['Data', details.dataDir],
    [
      'Try next',
      addresses.storage !== undefined
        ? 'npm run start:func'
        : `npm run notifier -- publish --to-everyone --text "hello"${stackFlag(details)}`,
    ],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(([name, value]) => `  ${name.padEnd(width)}   ${value}`);
  for (const name of details.overridden) {
    lines.push(`  ${name} is set in the environment: the app uses that, not this stack's.`);
  }
  return ['', ...lines, ''].join('\n');
}

/** Without it what is typed would go to the stack in the usual folder. */
function stackFlag({
  dataDir,
  usualDataDir,
}: {
  readonly dataDir: string;
  readonly usualDataDir: string;
}): string {
  return dataDir === usualDataDir ? '' : ` --stack ${shellWord(dataDir)}`;
}
