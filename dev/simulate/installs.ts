// Usage: node dev/run.mjs dev/simulate/installs.ts [PEOPLE] [PER_SECOND]
//
// A wave of installs, as when a setup policy gives the app to a whole company: a stack on free ports, a channel that holds Teams'
// limits, and so many installations a second. Every one is greeted; what the channel refused is counted. Then everybody is told
// something at once. Default: 2000 people, 14 a second (50,000 an hour).
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { ServiceBusClient } from '@azure/service-bus';
import { startStack } from '../stack/stack.ts';
import { makeConversations, readShown, readStats } from './local/channel.ts';

const people = Number(process.argv[2] ?? 2000);
const perSecond = Number(process.argv[3] ?? 14);
const TEXT = 'To everybody who was installed';

const stack = await startStack({});
try {
  const { channel, functions, serviceBus } = stack.addresses;
  if (channel === undefined) throw new Error('this stack has no channel');
  const everybody = await makeConversations(channel, people);
  const before = await readStats(channel);
  const startedAt = performance.now();
  const took: number[] = [];
  const statuses: { [status: number]: number } = {};
  await Promise.all(
    everybody.map(async (one, index) => {
      await wait((index * 1000) / perSecond);
      const at = performance.now();
      const answer = await fetch(`${functions}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(installation(one)),
      });
      took.push(performance.now() - at);
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
    }),
  );
  const installed = (performance.now() - startedAt) / 1000;
  const greeted = await readShown(channel);
  const after = await readStats(channel);
  console.log(
    `${people} installs in ${installed.toFixed(1)} s; answered ${JSON.stringify(statuses)}, p50 ${share(took, 0.5)} ms, ` +
      `p95 ${share(took, 0.95)} ms, longest ${share(took, 1)} ms`,
  );
  console.log(`greeted: ${greeted.length}; answers of the channel ${JSON.stringify(after.statuses)}`);

  const client = new ServiceBusClient(serviceBus);
  const toldAt = performance.now();
  await client
    .createSender('events')
    .sendMessages({ contentType: 'application/cloudevents+json', body: broadcast() });
  let told = 0;
  while (told < people && performance.now() - toldAt < 600_000) {
    await wait(1000);
    told = (await readShown(channel)).filter(({ texts }) =>
      Object.keys(texts).some((text) => text.startsWith(TEXT.slice(0, 20))),
    ).length;
  }
  await client.close();
  const end = await readStats(channel);
  console.log(`told: ${told} of ${people} in ${((performance.now() - toldAt) / 1000).toFixed(1)} s`);
  console.log(
    `refused with 429: ${(end.statuses['429'] ?? 0) - (before.statuses['429'] ?? 0)}; limits broken: ${end.breaches.total - before.breaches.total}`,
  );
} finally {
  await stack.stop();
}

function installation(one: Awaited<ReturnType<typeof makeConversations>>[number]): object {
  return {
    type: 'installationUpdate',
    action: 'add',
    id: randomUUID(),
    timestamp: new Date().toISOString(),
    channelId: one.channelId,
    serviceUrl: one.serviceUrl,
    locale: one.locale,
    from: { ...one.user, role: 'user' },
    recipient: { ...one.bot, role: 'bot' },
    conversation: { id: one.conversationId, conversationType: 'personal', tenantId: one.tenantId },
    channelData: { tenant: { id: one.tenantId } },
  };
}

function broadcast(): object {
  return {
    specversion: '1.0',
    id: randomUUID(),
    source: 'urn:notifier:installs',
    type: 'notification.requested',
    data: { to: [{ everyone: true }], text: TEXT },
  };
}

/** The value below which that share of all lies. */
function share(values: readonly number[], part: number): string {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0).toFixed(0);
}
