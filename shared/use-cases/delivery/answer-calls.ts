import type { DeliveryResult } from '../../domain/delivery/delivery.ts';
import { CALLS_SPAN, type DueCall, type WakeUpCall } from '../../domain/delivery/wake-up-call.ts';
import type { Duration } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log, LogFields } from '../../ports/log.ts';
import type { DeliveryQueue } from '../../ports/queues.ts';
import type { CallOutcome } from './decision.ts';
import type { DeliverNotification } from './deliver-notification.ts';
import { idsOf, type LaterIfAway } from './later.ts';

/**
 * Answers the calls that came in one message, each at its time and by itself. Throws what the broker has to decide: the
 * message then comes again with all of its calls, and those that are done with find that they are.
 */
export type AnswerCalls = (calls: readonly DueCall[]) => Promise<void>;

export function answerCalls(deps: {
  readonly deliver: DeliverNotification;
  readonly queue: DeliveryQueue;
  readonly laterIfAway: LaterIfAway;
  readonly clock: Clock;
  readonly wait: (delay: Duration) => Promise<unknown>;
  readonly log: Log;
}): AnswerCalls {
  return async (calls) => {
    const [only] = calls;
    if (calls.length === 1 && only !== undefined) {
      const outcome = await answer(only);
      return sayOutcomes(deps.log, [[only.message, outcome]]);
    }
    const answers = await Promise.allSettled(calls.map(answer));
    sayOutcomes(
      deps.log,
      calls.map(({ message }, index) => {
        const settled = answers[index];
        return [message, settled?.status === 'fulfilled' ? settled.value : undefined] as const;
      }),
    );
    const failed = calls.filter((_call, index) => answers[index]?.status === 'rejected');
    // What only the broker can decide on is decided for each alone: as a message of its own, sent by itself, it comes again
    // and is counted without the others. Where the queue does not take one either, the whole message comes again.
    await Promise.all(failed.map(({ message }) => deps.queue.sendCalls([{ message: again(message) }])));
  };

  async function answer({ message: call, at }: DueCall): Promise<CallOutcome | undefined> {
    const delay = at === undefined ? 0 : at - deps.clock.now();
    // Whoever sent the message may have another clock.
    if (delay > 0) await deps.wait(Math.min(delay, CALLS_SPAN));
    try {
      return await deps.deliver(call);
    } catch (cause) {
      // The call is made again later, with what it carries. Nobody is told twice: what is known of a request was passed on
      // already, and where it could not be, there is a claim, whose lease decides.
      await deps.laterIfAway(cause, call.hop, (later) =>
        deps.queue.sendCalls([{ message: again(call), at: later }]),
      );
      return undefined;
    }
  }
}

/** One line for all that ended alike: a line of its own for each costs more than telling them. */
export function sayOutcomes(
  log: Log,
  answered: readonly (readonly [WakeUpCall, CallOutcome | undefined])[],
): void {
  const lines = new Map<string, { readonly fields: LogFields; readonly conversations: string[] }>();
  for (const [call, outcome] of answered) {
    if (outcome?.kind !== 'recorded') continue;
    const { conversation = '', ...ids } = idsOf(call);
    const fields = { ...ids, ...fieldsOf(outcome.result) };
    const alike = JSON.stringify(fields);
    const line = lines.get(alike) ?? { fields, conversations: [] };
    lines.set(alike, line);
    line.conversations.push(conversation);
  }
  for (const { fields, conversations } of lines.values()) {
    log.info('delivery.outcome', { ...fields, conversation: conversations.join(' ') });
  }
}

function fieldsOf({ outcome, reason, attempts, repeats, lastError }: DeliveryResult): LogFields {
  return { outcome, reason, attempts, repeats, class: lastError?.class, code: lastError?.code };
}

function again(call: WakeUpCall): WakeUpCall {
  return { ...call, hop: call.hop + 1 };
}
