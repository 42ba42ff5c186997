import { messageOf } from '../core/errors.ts';
import type { LogSink, RegisteredFunction, TriggerInput } from '../core/invocation.ts';
import { keepLocked } from './lock-renewal.ts';
import type { Delivery, MessageSource } from './received-message.ts';
import { serviceBusTriggerInput } from './trigger-input.ts';

export interface MessageListenerOptions {
  registered: RegisteredFunction;
  source: MessageSource;
  run(functionName: string, input: TriggerInput): Promise<unknown>;
  log: LogSink;
  /** Messages in work at the same time. More that the source delivers wait, their locks running. */
  maxConcurrentCalls: number;
  autoComplete: boolean;
  /** Milliseconds; 0 for no renewal. */
  maxAutoLockRenewalMs: number;
}

export interface MessageListener {
  start(): Promise<void>;
  /** Takes no more messages; settles when those in work are settled. What waits is left to its lock. */
  stop(): Promise<void>;
}

/**
 * Runs a Service Bus function for each message of its source. The function returns: the message is completed,
 * unless auto-complete is off. It throws: the message is abandoned at once, without a pause, so it comes again
 * until the broker dead-letters it. Neither settled (the process died, or auto-complete is off): the message
 * comes again when its lock has run out.
 */
export function createMessageListener(options: MessageListenerOptions): MessageListener {
  const { registered, source, run, log, maxConcurrentCalls, maxAutoLockRenewalMs } = options;
  const { name } = registered;
  const binary = registered.trigger.dataType === 'binary';
  const waiting: (() => void)[] = [];
  let free = maxConcurrentCalls;
  const inWork = new Set<Promise<void>>();
  let stopped = false;

  const warn = (delivery: Delivery, what: string, error: unknown): void => {
    const message = `Message "${delivery.message.messageId ?? ''}" ${what}: ${messageOf(error)}`;
    log({ level: 'warning', category: 'system', functionName: name, message });
  };

  async function handle(delivery: Delivery): Promise<void> {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      if (!stopped) await process(delivery);
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free++;
    }
  }

  async function process(delivery: Delivery): Promise<void> {
    const release = keepLocked(delivery, maxAutoLockRenewalMs, (error) =>
      warn(delivery, 'could not be kept locked and may be delivered again meanwhile', error),
    );
    const succeeded = await attempt(delivery);
    release();
    try {
      if (!succeeded) await delivery.abandon();
      else if (options.autoComplete) await delivery.complete();
    } catch (error) {
      // The broker decides now: the lock runs out and the message comes again.
      warn(
        delivery,
        `could not be ${succeeded ? 'completed' : 'abandoned'} and will be delivered again`,
        error,
      );
    }
  }

  async function attempt(delivery: Delivery): Promise<boolean> {
    let input: TriggerInput;
    try {
      input = serviceBusTriggerInput(delivery.message, binary);
    } catch (error) {
      warn(delivery, 'cannot be given to the function', error);
      return false;
    }
    try {
      await run(name, input);
      return true;
    } catch {
      return false; // In the log already.
    }
  }

  return {
    start: () =>
      source.start((delivery) => {
        const handled = handle(delivery).finally(() => inWork.delete(handled));
        inWork.add(handled);
        return handled;
      }),
    async stop() {
      stopped = true;
      await source.stop();
      await Promise.all(inWork);
    },
  };
}
