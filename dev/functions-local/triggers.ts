import type { ServiceBusSettings } from './app/host-json.ts';
import type { Settings } from './app/settings.ts';
import { type TriggerKind, triggerKind } from './app/supported.ts';
import { HostError } from './core/errors.ts';
import type { LogSink, RegisteredFunction, TriggerInput } from './core/invocation.ts';
import { connectionString } from './service-bus/connection-setting.ts';
import { createMessageListener } from './service-bus/message-listener.ts';
import type { MessageSource } from './service-bus/received-message.ts';
import type { Entity, ServiceBusConnections } from './service-bus/service-bus-client.ts';
import { serviceBusTriggerInput } from './service-bus/trigger-input.ts';
import type { ScheduleStore } from './timer/schedule-status.ts';
import { createTimerListener } from './timer/timer-listener.ts';

/** What starts a function, other than an HTTP request. */
export interface Listener {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** What a run by hand gets: `input` is the text of `POST /admin/functions/<name>`. */
  manualInput(input: string): Promise<TriggerInput>;
}

export interface TriggerOptions {
  settings: Settings;
  serviceBus: ServiceBusSettings;
  connections: ServiceBusConnections;
  schedules: ScheduleStore;
  run(functionName: string, input: TriggerInput): Promise<unknown>;
  log: LogSink;
}

/**
 * The listener of a timer or Service Bus function; undefined for an HTTP function.
 *
 * @throws HostError for an option that cannot be used; it names the function.
 */
export async function createListener(
  registered: RegisteredFunction,
  options: TriggerOptions,
): Promise<Listener | undefined> {
  const kind = triggerKind(registered);
  if (registered.metadata.retryOptions && kind !== 'timer') warnOfRetry(registered, kind, options.log);
  if (kind === 'timer') return timerListener(registered, options);
  if (kind === 'serviceBus') return serviceBusListener(registered, options);
  return undefined;
}

function warnOfRetry({ name }: RegisteredFunction, kind: TriggerKind, log: LogSink): void {
  const message = `The option "retry" is not supported for ${kind} triggers and is ignored.`;
  log({ level: 'warning', category: 'system', functionName: name, message });
}

function timerListener(registered: RegisteredFunction, options: TriggerOptions): Listener {
  const { schedules, run, log } = options;
  const schedule = textOption(registered, 'schedule', options.settings);
  const listener = createTimerListener({ registered, schedule, store: schedules, run, log });
  return { start: listener.start, stop: listener.stop, manualInput: () => listener.manualInput() };
}

async function serviceBusListener(
  registered: RegisteredFunction,
  options: TriggerOptions,
): Promise<Listener> {
  const { settings, serviceBus, run, log } = options;
  const { maxConcurrentCalls, maxAutoLockRenewalMs, prefetchCount } = serviceBus;
  const ownAutoComplete = registered.trigger.autoCompleteMessages;
  const listener = createMessageListener({
    registered,
    source: await sourceOf(registered, options, maxConcurrentCalls + prefetchCount),
    run,
    log,
    maxConcurrentCalls,
    maxAutoLockRenewalMs,
    autoComplete: typeof ownAutoComplete === 'boolean' ? ownAutoComplete : serviceBus.autoCompleteMessages,
  });
  const manual = async (input: string): Promise<TriggerInput> =>
    serviceBusTriggerInput({
      body: input,
      deliveryCount: 0,
      enqueuedTime: new Date(),
      sequenceNumber: '0',
      applicationProperties: {},
    });
  return { start: listener.start, stop: listener.stop, manualInput: manual };

  function sourceOf(
    of: RegisteredFunction,
    { connections }: TriggerOptions,
    count: number,
  ): Promise<MessageSource> {
    const setting = textOption(of, 'connection', settings, 'ServiceBus');
    const connection = { setting, connectionString: connectionString(setting, of.name, settings) };
    return connections.source(connection, entityOf(of, settings), count);
  }
}

function entityOf(registered: RegisteredFunction, settings: Settings): Entity {
  if (registered.trigger.topicName === undefined) {
    return { queue: textOption(registered, 'queueName', settings) };
  }
  return {
    topic: textOption(registered, 'topicName', settings),
    subscription: textOption(registered, 'subscriptionName', settings),
  };
}

/** An option of a trigger that has to be text, its `%Setting%` parts replaced. */
function textOption(
  registered: RegisteredFunction,
  option: string,
  settings: Settings,
  otherwise?: string,
): string {
  const where = `Function "${registered.name}": the option "${option}"`;
  const value = registered.trigger[option] ?? otherwise;
  if (typeof value === 'string' && value !== '') return settings.resolve(value, where);
  throw new HostError(`${where} has to be a text that is not empty.`);
}
