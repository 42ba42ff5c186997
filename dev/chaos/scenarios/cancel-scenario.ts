import { setTimeout as delay } from 'node:timers/promises';
import { EFFECTIVE_AFTER } from '../../../shared/domain/event/cancellation.ts';
import type { Asked } from '../judgement/evidence.ts';
import { judge } from '../judgement/judge.ts';
import { notice } from '../people/notice.ts';
import { meet } from '../people/people.ts';
import { gather } from '../reports/gather.ts';
import { settle } from '../reports/settle.ts';
import { type Rig, SEND_TIMEOUT_MS } from '../rig/rig.ts';
import type { Tally } from '../tally.ts';
import type { PlayedCrowd } from './crowd-scenarios.ts';

const TOLD = 9;
/** Fewer than make a wave: the tenant is not held back for them. */
const REFUSED = 3;
const WITHIN_MS = 90_000;

/**
 * A notification is cancelled while a few people are refused for a moment, and would be told as soon as that ends: nobody is
 * told any more, and the report says so.
 */
export async function playCancel(rig: Rig, injected: Tally): Promise<PlayedCrowd> {
  const name = 'cancelled while some are refused';
  const people = await meet(rig, { prefix: 'cancel', count: TOLD + REFUSED, tenantId: 'tenant-of-cancel' });
  const faults = await Promise.all(
    people
      .slice(TOLD)
      .map(({ conversation }) =>
        rig.channel.fault({ kind: '429', retryAfterSeconds: 10, conversation, count: 1 }),
      ),
  );
  const to = people.map(({ key }) => ({ conversation: key }));
  const { event, asked } = notice(name, { to, onUnconfirmed: 'resend', must: people, may: [] });
  await rig.publisher.publish(event, 'structured');
  await untilShown(rig, asked);
  await rig.publisher.cancel(asked.id);
  await delay(EFFECTIVE_AFTER + SEND_TIMEOUT_MS);
  const shown = await rig.channel.shown();
  await Promise.all(faults.map((id) => rig.channel.clearFault(id)));
  injected.add(name);
  // A call that a refusal made for later would have been answered by then.
  await delay(10_000);
  await settle(rig, [asked.id], WITHIN_MS);
  const shownBefore = new Map([...shown].map(([who, texts]) => [who, texts.get(asked.text) ?? 0]));
  const evidence = await gather(rig, [{ ...asked, shownBefore }]);
  return { name, evidence, breaches: judge(evidence) };
}

async function untilShown(rig: Rig, { text }: Asked): Promise<void> {
  for (let tries = 0; tries < 1000; tries += 1) {
    const shown = await rig.channel.shown();
    if ([...shown.values()].filter((texts) => texts.has(text)).length >= TOLD) return;
    await delay(20);
  }
  throw new Error('Nobody was shown what is to be cancelled.');
}
