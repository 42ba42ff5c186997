import { setTimeout as delay } from 'node:timers/promises';
import { nameOfChannelFault, WAVES } from '../faults/channel-faults.ts';
import type { Asked, Evidence } from '../judgement/evidence.ts';
import { type Breach, judge } from '../judgement/judge.ts';
import { notice } from '../people/notice.ts';
import { meet, type Person } from '../people/people.ts';
import { gather } from '../reports/gather.ts';
import { settle } from '../reports/settle.ts';
import { type Rig, SEND_TIMEOUT_MS } from '../rig/rig.ts';
import type { Tally } from '../tally.ts';

/** What was played with many people at once, and what it broke. */
export interface PlayedCrowd {
  readonly name: string;
  readonly evidence: Evidence;
  readonly breaches: readonly Breach[];
}

/** More than begin a wave, and few enough for the short form. */
const PEOPLE = 12;
const POLICIES = ['resend', 'park'] as const;
const WITHIN_MS = 90_000;

/** How long a wave lasts once it has been noticed: longer than the first hold, so that probes fail as well. */
const WAVE_MS = 6000;
const NOTICED_WITHIN_MS = 20_000;

/**
 * Everybody of a tenant is refused for a while, in the way of each wave, each in a tenant of its own and all at the same
 * time: everybody is told, once, and few attempts are burnt for it.
 */
export async function playWaves(rig: Rig, injected: Tally): Promise<readonly PlayedCrowd[]> {
  return Promise.all(
    WAVES.map(async (fault) => {
      const name = `${nameOfChannelFault(fault)}, everybody of a tenant`;
      const people = await meetCrowd(rig, `wave-${fault.kind}`);
      const faults = await Promise.all(
        people.map(({ conversation }) => rig.channel.fault({ ...fault, conversation })),
      );
      const isHeld = ({ text }: { readonly text: string }) =>
        text.includes('"tenant.held-back"') && text.includes(`"status":${fault.kind}`);
      const held = rig.journal.waitFor(isHeld, 1, NOTICED_WITHIN_MS);
      const asked = await publishTo(rig, people, name);
      await held;
      await delay(WAVE_MS);
      await Promise.all(faults.map((id) => rig.channel.clearFault(id)));
      injected.add(name);
      return played(rig, name, asked, { attempts: 5 });
    }),
  );
}

/**
 * The process stands still for longer than a send may take, while the channel answers: nothing is unknown, so nobody is
 * told twice and nothing is sent a second time.
 */
export async function playStall(rig: Rig, injected: Tally): Promise<PlayedCrowd> {
  const name = 'host stands still while the channel answers';
  const people = await meetCrowd(rig, 'stall');
  // Shown at once, and answered when the process stands still already.
  for (const { conversation } of people) {
    const fault = { kind: 'slow', shown: true, delayMs: SEND_TIMEOUT_MS / 2 } as const;
    await rig.channel.fault({ ...fault, conversation, count: POLICIES.length });
  }
  const asked = await publishTo(rig, people, name);
  await untilShown(rig, people, asked);
  await Promise.all(rig.hosts.map((host) => host.freeze(SEND_TIMEOUT_MS + 500)));
  injected.add(name);
  return played(rig, name, asked, { attempts: 1 });
}

function meetCrowd(rig: Rig, prefix: string): Promise<Person[]> {
  return meet(rig, { prefix, count: PEOPLE, tenantId: `tenant-of-${prefix}` });
}

/** One notification under each policy. */
async function publishTo(rig: Rig, people: readonly Person[], name: string): Promise<Asked[]> {
  const to = people.map(({ key }) => ({ conversation: key }));
  return Promise.all(
    POLICIES.map(async (onUnconfirmed) => {
      const { event, asked } = notice(`${name}/${onUnconfirmed}`, {
        to,
        onUnconfirmed,
        must: people,
        may: [],
      });
      await rig.publisher.publish(event, 'structured');
      return asked;
    }),
  );
}

/** Until all of them have been shown something: the requests are under way. */
async function untilShown(rig: Rig, people: readonly Person[], asked: readonly Asked[]): Promise<void> {
  const deadline = Date.now() + NOTICED_WITHIN_MS;
  while (Date.now() < deadline) {
    const shown = await rig.channel.shown();
    const isShown = ({ conversation }: Person, { text }: Asked) =>
      shown.get(conversation)?.has(text) ?? false;
    if (people.every((person) => asked.some((one) => isShown(person, one)))) return;
    await delay(10);
  }
  throw new Error('The crowd was shown nothing.');
}

/** Every promise; beyond them, everybody is told, once, at no more attempts than are said. */
async function played(
  rig: Rig,
  name: string,
  asked: readonly Asked[],
  most: { readonly attempts: number },
): Promise<PlayedCrowd> {
  await settle(
    rig,
    asked.map(({ id }) => id),
    WITHIN_MS,
  );
  const evidence = await gather(rig, asked);
  const breaches: Breach[] = judge(evidence);
  for (const { id, text } of asked) {
    for (const row of evidence.reports.get(id)?.recipients ?? []) {
      const { addressee = '', state, attempts = 0, repeats } = row;
      if (state === 'delivered' && repeats === 0 && attempts <= most.attempts) continue;
      breaches.push({
        rule: 'ending',
        notification: id,
        conversation: addressee,
        text: `"${text}" must be told once within ${most.attempts} attempts and ended as ${JSON.stringify(row)}`,
      });
    }
  }
  return { name, evidence, breaches };
}
