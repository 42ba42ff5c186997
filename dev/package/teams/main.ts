// Usage: npm run package:teams -- --bot-id ID [options]
//
// Writes dist/notifier-teams.zip, which is uploaded in Teams (Apps, Manage your apps, Upload an app).
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { teamsPackage } from './teams-package.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

const USAGE = `Usage: npm run package:teams -- --bot-id ID [options]

  --bot-id ID       the bot's app id: output NOTIFIER_BOT_ID of the deployment
  --name NAME       what people see, at most 30 characters (default Notifier)
  --version X.Y.Z   must rise with each upload (default: the version in package.json)
  --developer NAME  whose app this is (default Notifier)
  --website URL     addresses in the app's details (default https://example.com: good enough for a trial only)
  --privacy URL
  --terms URL
  --out FILE        default dist/notifier-teams.zip
  --help            this text
`;

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      'bot-id': { type: 'string' },
      name: { type: 'string', default: 'Notifier' },
      version: { type: 'string' },
      developer: { type: 'string', default: 'Notifier' },
      website: { type: 'string', default: 'https://example.com' },
      privacy: { type: 'string' },
      terms: { type: 'string' },
      out: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const botId = values['bot-id'];
  if (botId === undefined) {
    process.stderr.write(`--bot-id is missing.\n\n${USAGE}`);
    return 2;
  }
  const file = resolve(values.out ?? join(root, 'dist', 'notifier-teams.zip'));
  const packed = await teamsPackage(join(root, 'infra', 'teams'), {
    botId,
    name: values.name,
    version: values.version ?? (await ownVersion()),
    developer: values.developer,
    website: values.website,
    privacy: values.privacy ?? values.website,
    terms: values.terms ?? values.website,
  });
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, packed);
  console.log(`Packed ${relative(process.cwd(), file)}: manifest.json, color.png, outline.png`);
  return 0;
}

async function ownVersion(): Promise<string> {
  const text = await readFile(join(root, 'package.json'), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}
