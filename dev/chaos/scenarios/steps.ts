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

/** In this order what is held for one step cannot be taken for what is awaited for the next. */
const ORDER: readonly Step[] = ['after record', 'before complete', 'after claim', 'after send'];

/**
 * Publishes the cases, lets each delivery get as far as its step, and kills the host there. All of them stand at their
 * steps when it dies, and no other delivery may be under way.
 */
export async function killAt(rig: Rig, cases: { readonly [S in Step]?: readonly Case[] }): Promise<void> {
  const standing: Standing[] = [];
  const reached = ORDER.filter((step) => cases[step] !== undefined);
  try {
    for (const step of reached) {
      const dying = cases[step] ?? [];
      const stand = reach(rig, step, dying);
      standing.push(stand);
      await Promise.all(dying.map(({ event }) => rig.publisher.publish(event, 'structured')));
      await within(stand.done, `no delivery got as far as "${step}"`);
    }
    for (const stand of standing) await stand.onward?.();
    await rig.kill(reached.join(', '));
    rig.amqp.cut();
  } finally {
    for (const stand of standing) stand.release();
  }
  await rig.hosts[0]?.untilRestarted();
}

/** Deliveries on their way to a step. */
interface Standing {
  /** Resolves when every case stands at the step, or can be taken there by `onward`. */
  readonly done: Promise<unknown>;
  /** The last bit of the way, when all others stand where they should. */
  readonly onward?: () => Promise<void>;
  /** Lets go of what is held. */
  release(): void;
}

function reach(rig: Rig, step: Step, cases: readonly Case[]): Standing {
  switch (step) {
    case 'after claim':
      return holdAnswers(rig, cases.length, claimsOf(cases));
    case 'after send':
      return { done: untilShown(rig, cases), release() {} };
    case 'after record':
      return holdRecords(rig, cases);
    case 'before complete': {
      const recorded = holdRecords(rig, cases);
      return { ...recorded, onward: () => completeUnheard(rig, cases, recorded) };
    }
  }
}

/** Holds the tables' answers to the next `count` matching operations: written, and the app does not know. */
function holdAnswers(rig: Rig, count: number, matches: (exchange: Exchange) => boolean): Standing {
  const all = Promise.withResolvers<void>();
  const free = Promise.withResolvers<void>();
  let held = 0;
  const stop = rig.tables.onResponse((exchange) => {
    if (held === count || !matches(exchange)) return undefined;
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

/**
 * Holds the answers to the outcomes. They cannot be told from other inserts by their address, but when all deliveries
 * are claimed and none has gone on, the next inserts into the notifications are theirs.
 */
function holdRecords(rig: Rig, cases: readonly Case[]): Standing {
  let goneOn = false;
  const claimed = holdAnswers(rig, cases.length, claimsOf(cases));
  const recorded = holdAnswers(
    rig,
    cases.length,
    ({ operation: { kind, table } }) => goneOn && kind === 'insert' && table === 'notifications',
  );
  const done = claimed.done.then(() => {
    goneOn = true;
    claimed.release();
    return recorded.done;
  });
  return {
    done,
    release() {
      claimed.release();
      recorded.release();
    },
  };
}

/** Lets the outcomes through and keeps the settlement of the messages from reaching the broker. */
async function completeUnheard(rig: Rig, cases: readonly Case[], recorded: Standing): Promise<void> {
  rig.amqp.hold();
  const ids = cases.map(({ asked }) => asked.id);
  const logged = rig.journal.waitFor(
    ({ text }) => text.includes('"delivery.outcome"') && ids.some((id) => text.includes(id)),
    cases.length,
    PATIENCE_MS,
  );
  recorded.release();
  await logged;
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
