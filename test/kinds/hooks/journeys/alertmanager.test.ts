import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findAlertmanager } from '../../../../dev/stack/alertmanager.mjs';
import { type Stack, startStack } from '../../../../dev/stack/stack.ts';
import { ChatPerson, eventually } from '../../../journeys/person.ts';

let stack: Stack;
let folder: string;

beforeAll(async () => {
  stack = await startStack({ channelArgs: ['--no-limits'], env: { NOTIFIER_BURST: '100/1s' } });
  folder = await mkdtemp(join(tmpdir(), 'alertmanager-'));
});

afterAll(async () => {
  await stack?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Somebody who made a web hook, and where it is. */
async function somebodyWithHook(name: string) {
  const { channel, functions } = stack.addresses;
  if (channel === undefined) throw new Error('this stack has no channel');
  const person = await ChatPerson.arrives(channel, name);
  await person.says('create webhook alerts');
  await person.hears('Here is the address');
  const [, path] = /(\/api\/hooks\/[\w.-]+)/.exec((await person.texts()).join('\n')) ?? [];
  return { person, address: `${functions}${path}` };
}

/** The sender itself, told to post to an address in two of its shapes. */
async function startAlertmanager(
  webhook: string,
  slack: string,
): Promise<{ readonly url: string; readonly child: ChildProcess }> {
  const port = await freePort();
  const config = {
    route: {
      receiver: 'all',
      group_by: ['alertname'],
      group_wait: '1s',
      group_interval: '1s',
      repeat_interval: '1h',
    },
    receivers: [
      {
        name: 'all',
        webhook_configs: [{ url: webhook, send_resolved: true }],
        slack_configs: [
          {
            api_url: slack,
            channel: '#alerts',
            send_resolved: true,
            title: '[{{ .Status | toUpper }}] {{ .CommonLabels.alertname }}',
            text: '{{ .CommonAnnotations.summary }}',
          },
        ],
      },
    ],
  };
  const file = join(folder, 'alertmanager.yml');
  // JSON is YAML.
  await writeFile(file, JSON.stringify(config));
  const child = spawn(
    findAlertmanager() ?? '',
    [
      `--config.file=${file}`,
      `--storage.path=${folder}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
    ],
    { stdio: 'ignore' },
  );
  const url = `http://127.0.0.1:${port}`;
  await eventually(
    'Alertmanager to answer',
    async () => (await fetch(`${url}/-/ready`).catch(() => undefined))?.ok === true,
  );
  return { url, child };
}

/** One that nobody listens on now. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return address !== null && typeof address === 'object' ? address.port : 0;
}

describe('Alertmanager itself', () => {
  it('fires and resolves an alert in the chat, in one card that changes', { timeout: 90_000 }, async () => {
    const ana = await somebodyWithHook('ana');
    const ben = await somebodyWithHook('ben');
    const { url, child } = await startAlertmanager(ana.address, ben.address);
    try {
      const alert = (endsAt: number) => [
        {
          labels: { alertname: 'HighLatency', service: 'checkout', severity: 'critical' },
          annotations: { summary: 'Latency above 2 s', description: 'p99 is 2.7 s <5xx & timeouts>' },
          endsAt: new Date(endsAt).toISOString(),
          generatorURL: 'http://prometheus.example.com/graph?g0.expr=latency',
        },
      ];
      const post = (endsAt: number) =>
        fetch(`${url}/api/v2/alerts`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(alert(endsAt)),
        });
      await post(Date.now() + 600_000);
      const firing = {
        ana: await alertsOnceOneSays(ana.person, '"Firing"'),
        ben: await alertsOnceOneSays(ben.person, '[FIRING'),
      };
      for (const [first, ...others] of Object.values(firing)) {
        expect(others).toEqual([]);
        expect(first).toMatchObject({ isEdited: false });
        expect(first?.card).toContain('"style":"attention"');
      }
      expect(firing.ana[0]?.card).toContain('p99 is 2.7 s');
      expect(firing.ben[0]?.card).toContain('Latency above 2 s');

      await post(Date.now() - 1000);
      const resolved = {
        ana: await alertsOnceOneSays(ana.person, '"Resolved"'),
        ben: await alertsOnceOneSays(ben.person, '[RESOLVED'),
      };
      for (const who of ['ana', 'ben'] as const) {
        const [first, ...others] = resolved[who];
        expect(others).toEqual([]);
        // The same message, not one that took its place.
        expect(first).toMatchObject({ id: firing[who][0]?.id, isEdited: true });
        expect(first?.card).toContain('"style":"good"');
        expect(first?.card).not.toMatch(/firing|"style":"attention"/i);
      }
    } finally {
      child.kill();
    }
  });
});

/** All that somebody is shown of the alert, as soon as a card of it says `word`. */
async function alertsOnceOneSays(person: ChatPerson, word: string) {
  const alerts = async () =>
    (await person.sees())
      .map(({ id, attachments, channelData }) => ({
        id,
        card: JSON.stringify(attachments ?? []),
        isEdited: isEdited(channelData),
      }))
      .filter(({ card }) => card.includes('HighLatency'));
  await eventually(`${person.id} to see ${word}`, async () =>
    (await alerts()).some(({ card }) => card.includes(word)),
  );
  return alerts();
}

/** What the chat page takes for the mark "edited". */
function isEdited(channelData: unknown): boolean {
  return typeof channelData === 'object' && channelData !== null && 'edited' in channelData;
}
