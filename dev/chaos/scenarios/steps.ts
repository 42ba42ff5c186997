import { setTimeout as delay } from 'node:timers/promises';
import type { Exchange } from '../../tables/proxy.ts';
import type { Rig } from '../rig/rig.ts';
import type { Case } from './run-scenarios.ts';
import type { Ending, Scenario } from './scenario.ts';

/** The steps of a delivery after which a process may die, and how it then has to end. */
export const STEPS = {
  'after claim': {
    // The claim is written; the worker never heard of it, so nothing was sent.
    resend: { outcome: 'delivered', shown: 1, repeats: 1, attempts: 2 },
    park: { outcome: 'unconfirmed', shown: 0, repeats: 0, attempts: 1 },
  },
  'after send': {
    // The person saw the message; the worker never heard of it.
    resend: { outcome: 'delivered', shown: 2, repeats: 1, attempts: 2 },
    park: { outcome: 'unconfirmed', shown: 1, repeats: 0, attempts: 1 },
  },
  'after record': {
    // The outcome is written; the worker never heard of it.
    resend: { outcome: 'delivered', shown: 1, repeats: 0, attempts: 1 },
    park: { outcome: 'delivered', shown: 1, repeats: 0, attempts: 1 },
  },
  'before complete': {
    // All is done; the broker never heard of it, and delivers the message again.
    resend: { outcome: 'delivered', shown: 1, repeats: 0, attempts: 1 },
    park: { outcome: 'delivered', shown: 1, repeats: 0, attempts: 1 },
  },
} as const satisfies Record<string, { resend: Ending; park: Ending }>;

export type Step = keyof typeof STEPS;
export const steps = Object.keys(STEPS) as readonly Step[]; // Its own keys, as they stand above.

export function stepScenario(step: Step): Scenario {
  return {
    name: `killed ${step}`,
    // Shown, and never answered: the moment between the two, as long as the send timeout.
    ...(step === 'after send' ? { channel: [{ kind: 'hang', shown: true, count: 1 }] } : {}),
    ...STEPS[step],
  };
}

/** A step comes within so many milliseconds, or never. */
const PATIENCE_MS = 15_000;

/**
 * Publishes the cases, lets each delivery get as far as `step`, and kills the host there. All of them stand at that
 * step when it dies, and no other delivery may be under way.
 */
export async function killAt(rig: Rig, step: Step, cases: readonly Case[]): Promise<void> {
  const reached = reach(rig, step, cases);
  try {
    await Promise.all(cases.map(({ event }) => rig.publisher.publish(event, 'structured')));
    await within(reached.done, `no delivery got as far as "${step}"`);
    await rig.kill(step);
    rig.amqp.cut();
  } finally {
    reached.release();
  }
  await rig.hosts[0]?.untilRestarted();
}

/** `done` resolves when every case stands at the step; `release` lets go of what is held there. */
function reach(rig: Rig, step: Step, cases: readonly Case[]): { done: Promise<unknown>; release(): void } {
  switch (step) {
    case 'after claim':
      return holdAnswers(rig, cases.length, claimsOf(cases));
    case 'after send':
      return { done: untilShown(rig, cases), release() {} };
    case 'after record':
      return holdAnswers(rig, cases.length, recordsOf(cases));
    case 'before complete':
      return beforeComplete(rig, cases);
  }
}

/** Holds the tables' answers to `count` matching operations: written, and the app does not know. */
function holdAnswers(rig: Rig, count: number, matches: (exchange: Exchange) => boolean) {
  const all = Promise.withResolvers<void>();
  const free = Promise.withResolvers<void>();
  let held = 0;
  const stop = rig.tables.onResponse((exchange) => {
    if (!matches(exchange)) return undefined;
    held += 1;
    if (held === count) all.resolve();
    return free.promise;
  });
  return {
    done: all.promise,
    release() {
      stop();
      free.resolve();
    },
  };
}

/** A claim is a transaction that holds the conversation's windows. */
export function claimsOf(cases: readonly Case[]): (exchange: Exchange) => boolean {
  const conversations = new Set(cases.map(({ person }) => person.key));
  return ({ operation }) =>
    operation.kind === 'batch' &&
    operation.entities.some(
      ({ table, partitionKey, rowKey }) =>
        table === 'conversations' && rowKey === '0w' && conversations.has(partitionKey ?? ''),
    );
}

/** After all of them were claimed, the next inserts into the notifications are their outcomes. */
function recordsOf(cases: readonly Case[]): (exchange: Exchange) => boolean {
  const isClaim = claimsOf(cases);
  let claims = 0;
  return (exchange) => {
    if (isClaim(exchange)) claims += 1;
    const { kind, table } = exchange.operation;
    return claims >= cases.length && kind === 'insert' && table === 'notifications';
  };
}

/** Lets the outcomes through and keeps the settlement of the messages from reaching the broker. */
function beforeComplete(rig: Rig, cases: readonly Case[]): { done: Promise<unknown>; release(): void } {
  const recorded = holdAnswers(rig, cases.length, recordsOf(cases));
  const ids = cases.map(({ asked }) => asked.id);
  const done = (async () => {
    await recorded.done;
    rig.amqp.hold();
    const logged = rig.journal.waitFor(
      ({ text }) => text.includes('"delivery.outcome"') && ids.some((id) => text.includes(id)),
      cases.length,
      PATIENCE_MS,
    );
    recorded.release();
    await logged;
  })();
  return { done, release: recorded.release };
}

async function untilShown(rig: Rig, cases: readonly Case[]): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const shown = await rig.channel.shown();
    if (cases.every(({ asked, person }) => shown.get(person.conversation)?.has(asked.text))) return;
    await delay(10);
  }
}

async function within<T>(promise: Promise<T>, complaint: string): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(complaint)), PATIENCE_MS);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
