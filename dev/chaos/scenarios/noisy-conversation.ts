import { setTimeout as delay } from 'node:timers/promises';
import { nameOfTableFault, type TableFault } from '../faults/table-faults.ts';
import type { Asked, Evidence } from '../judgement/evidence.ts';
import { notice } from '../people/notice.ts';
import { meet } from '../people/people.ts';
import { gather } from '../reports/gather.ts';
import { settle } from '../reports/settle.ts';
import type { Rig } from '../rig/rig.ts';
import type { Tally } from '../tally.ts';

const OTHERS = 4;
const BETWEEN_OTHERS_MS = 250;
/** Events that are published at the same time. */
const AT_ONCE = 20;

/**
 * Publishes many urgent messages to one person at once and single ones to others meanwhile. While the noisy ones wait in
 * line, the tables refuse some of what is written to the line and to deliveries, and every host is killed once: moments are
 * taken whose calls never come, and rows stand there without a call.
 */
export async function playNoisyConversation(
  rig: Rig,
  options: {
    readonly name: string;
    readonly messages: number;
    readonly injected: Tally;
    readonly withinMs: number;
  },
): Promise<Evidence> {
  const { name, messages, injected, withinMs } = options;
  const [loud, ...others] = await meet(rig, { prefix: name, count: 1 + OTHERS });
  if (loud === undefined) throw new Error('The channel made a crowd of nobody.');
  const asked: Asked[] = [];
  const publish = async (text: string, to: typeof loud, urgent: boolean): Promise<void> => {
    const onUnconfirmed = asked.length % 2 === 0 ? 'resend' : 'park';
    const made = notice(text, {
      to: [{ conversation: to.key }],
      onUnconfirmed,
      must: [to],
      may: [],
      urgent,
    });
    asked.push(made.asked);
    await rig.publisher.publish(made.event, 'structured');
  };

  const line = { table: 'conversations', partitionKey: loud.key, rowKey: '0q' };
  const rules: readonly TableFault[] = [
    { match: line, fault: { type: 'status', status: 503 }, times: 3 },
    { match: line, fault: { type: 'status', status: 412 }, times: 2 },
    { match: line, fault: { type: 'reset', when: 'after' }, times: 2 },
    {
      match: { table: 'conversations', partitionKey: loud.key, kinds: ['insert', 'update'] },
      fault: { type: 'reset', when: 'after' },
      times: 5,
    },
    {
      match: { table: 'due', kinds: ['insert', 'upsert'] },
      fault: { type: 'status', status: 503 },
      times: 3,
    },
  ];
  for (const rule of rules) rig.tables.fail(rule);
  for (let start = 0; start < messages; start += AT_ONCE) {
    const numbers = Array.from(
      { length: Math.min(AT_ONCE, messages - start) },
      (_number, index) => start + index,
    );
    await Promise.all(numbers.map((number) => publish(`${name} loud ${number}`, loud, true)));
  }
  for (const [index, host] of rig.hosts.entries()) {
    for (const [number, other] of others.entries()) {
      await publish(`${name} single ${index}/${number}`, other, false);
      await delay(BETWEEN_OTHERS_MS);
    }
    await rig.kill('while a conversation waits for its limits', [host]);
    injected.add('host killed while a conversation waits for its limits');
  }
  await settle(
    rig,
    asked.map(({ id }) => id),
    withinMs,
  );
  for (const { rule, left } of rig.tables.rules.list()) {
    // A rule that was met as often as it says is listed no more.
    if (left !== null) injected.add(nameOfTableFault(rule), -left);
  }
  for (const rule of rules) injected.add(nameOfTableFault(rule), rule.times);
  rig.tables.rules.remove();
  return gather(rig, asked);
}
