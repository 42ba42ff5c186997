import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type TeamsApp, teamsPackage } from '../../../dev/package/teams/teams-package.ts';

const app: TeamsApp = {
  botId: '8f0c2c5e-1111-4222-8333-444455556666',
  name: 'Build "News"',
  version: '1.2.3',
  developer: 'Contoso',
  website: 'https://contoso.example',
  privacy: 'https://contoso.example/privacy',
  terms: 'https://contoso.example/terms',
};

const folder = 'infra/teams';
const manifestShape = z.looseObject({
  id: z.string(),
  version: z.string(),
  name: z.object({ short: z.string().max(30), full: z.string().max(100) }),
  description: z.object({ short: z.string().max(80), full: z.string().max(4000) }),
  bots: z.array(
    z.looseObject({
      botId: z.string(),
      commandLists: z.array(
        z.looseObject({
          commands: z
            .array(z.object({ title: z.string().max(32), description: z.string().max(128) }))
            .max(10),
        }),
      ),
    }),
  ),
});

async function packed(fields: Partial<TeamsApp> = {}) {
  const content = unzipSync(await teamsPackage(folder, { ...app, ...fields }));
  const text = Buffer.from(content['manifest.json'] ?? []).toString();
  return { content, text, manifest: manifestShape.parse(JSON.parse(text)) };
}

/** Width, height and colour type of a PNG, from its header. */
function png(bytes: Uint8Array | undefined) {
  const buffer = Buffer.from(bytes ?? []);
  return { width: buffer.readUInt32BE(16), height: buffer.readUInt32BE(20), colorType: buffer[25] };
}

describe('the Teams app package', () => {
  it('names the bot, the name and the addresses everywhere, within the lengths that Teams allows', async () => {
    const { content, text, manifest } = await packed();
    expect(Object.keys(content)).toEqual(['color.png', 'manifest.json', 'outline.png']);
    expect(manifest.id).toBe(app.botId);
    expect(manifest.bots.map(({ botId }) => botId)).toEqual([app.botId]);
    expect(manifest.name.short).toBe('Build "News"');
    expect(manifest.version).toBe('1.2.3');
    expect(text).not.toContain('{{');
    expect(text).toContain('https://contoso.example/privacy');
  });

  it('has a colour icon of 192 pixels, and an outline of 32 with a transparent ground', async () => {
    const { content } = await packed();
    expect(png(content['color.png'])).toMatchObject({ width: 192, height: 192 });
    expect(png(content['outline.png'])).toEqual({ width: 32, height: 32, colorType: 6 });
  });

  it('offers only commands that the bot knows', async () => {
    const { manifest } = await packed();
    const titles = manifest.bots.flatMap(({ commandLists }) =>
      commandLists.flatMap(({ commands }) => commands.map(({ title }) => title)),
    );
    const sources = ['help', 'topics', 'subscribe', 'status'].map((file) =>
      readFileSync(`shared/chat/commands/${file}.ts`, 'utf8'),
    );
    const known = sources.flatMap((source) =>
      [...source.matchAll(/\bname: '([a-z ]+)'/g)].map(([, name]) => name),
    );
    expect(titles.filter((title) => !known.includes(title))).toEqual([]);
    expect(titles.length).toBeGreaterThan(4);
  });

  it('has the same bytes for the same input', async () => {
    expect(await teamsPackage(folder, app)).toEqual(await teamsPackage(folder, app));
  });

  it('is refused with every value that Teams would refuse', async () => {
    const bad = { botId: 'x', name: 'n'.repeat(31), version: '1', website: 'http://contoso.example' };
    await expect(packed(bad)).rejects.toThrow(
      /botId must be .*NOTIFIER_BOT_ID.*; name must .*30.*; version must .*; website must .*https/,
    );
  });
});
