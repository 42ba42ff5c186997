import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { zip } from '../zip.ts';

/** What differs from one installation to the next. */
export interface TeamsApp {
  /** The bot's app id: the client id of its identity. */
  readonly botId: string;
  /** What people see, 1 to 30 characters. */
  readonly name: string;
  /** `major.minor.patch`; Teams offers an update only when it is higher than before. */
  readonly version: string;
  readonly developer: string;
  /** Addresses that Teams shows in the app's details; https. */
  readonly website: string;
  readonly privacy: string;
  readonly terms: string;
}

const https = z.url({ protocol: /^https$/, error: 'must be an address that begins with https://' });
const teamsApp = z.object({
  botId: z.guid({ error: "must be the bot's app id: the output NOTIFIER_BOT_ID of the deployment" }),
  name: z.string().min(1).max(30, { error: 'must have at most 30 characters' }),
  version: z.string().regex(/^\d+\.\d+\.\d+$/, { error: 'must look like 1.0.0' }),
  developer: z.string().min(1).max(32, { error: 'must have at most 32 characters' }),
  website: https,
  privacy: https,
  terms: https,
});

/** A value that Teams would refuse; the message names each with its rule. */
class TeamsAppRefused extends Error {}

/**
 * The zip that is uploaded to Teams: manifest and two icons from `folder` (`infra/teams`), with the placeholders filled.
 * The same input gives the same bytes. Throws `TeamsAppRefused`.
 */
export async function teamsPackage(folder: string, app: TeamsApp): Promise<Uint8Array> {
  const checked = teamsApp.safeParse(app);
  if (!checked.success) {
    const faults = checked.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
    throw new TeamsAppRefused(faults.join('; '));
  }
  const [manifest, color, outline] = await Promise.all([
    readFile(join(folder, 'manifest.json'), 'utf8'),
    readFile(join(folder, 'color.png')),
    readFile(join(folder, 'outline.png')),
  ]);
  const filled = fill(JSON.parse(manifest), new Map(Object.entries(checked.data)));
  return zip(
    new Map([
      ['manifest.json', Buffer.from(`${JSON.stringify(filled, null, 2)}\n`)],
      ['color.png', color],
      ['outline.png', outline],
    ]),
  );
}

/** Replaces `{{name}}` in every text of a JSON value; quotation marks in a value do no harm. */
function fill(value: unknown, values: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') {
    return value.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => values.get(name) ?? whole);
  }
  if (Array.isArray(value)) return value.map((item) => fill(item, values));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, values)]));
}
