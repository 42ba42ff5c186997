import type { QueueProperties } from '../../shared/manifest.ts';

/** The configuration file of Microsoft's Service Bus emulator, which the local broker reads as well. */
export interface EmulatorConfiguration {
  readonly UserConfig: {
    readonly Namespaces: readonly {
      readonly Name: 'sbemulatorns';
      readonly Queues: readonly EmulatorQueue[];
    }[];
    readonly Logging: { readonly Type: 'File' };
  };
}

export interface EmulatorQueue {
  readonly Name: string;
  readonly Properties: {
    readonly DeadLetteringOnMessageExpiration: boolean;
    readonly DefaultMessageTimeToLive: string;
    readonly DuplicateDetectionHistoryTimeWindow: string;
    readonly LockDuration: string;
    readonly MaxDeliveryCount: number;
    readonly RequiresDuplicateDetection: boolean;
    readonly RequiresSession: false;
  };
}

/** The manifest's queues in the emulator's words. */
export function emulatorConfiguration(queues: readonly QueueProperties[]): EmulatorConfiguration {
  return {
    UserConfig: {
      Namespaces: [{ Name: 'sbemulatorns', Queues: queues.map(emulatorQueue) }],
      Logging: { Type: 'File' },
    },
  };
}

function emulatorQueue(queue: QueueProperties): EmulatorQueue {
  return {
    Name: queue.name,
    Properties: {
      DeadLetteringOnMessageExpiration: queue.deadLetteringOnMessageExpiration,
      DefaultMessageTimeToLive: queue.defaultMessageTimeToLive,
      DuplicateDetectionHistoryTimeWindow: queue.duplicateDetectionHistoryTimeWindow,
      LockDuration: queue.lockDuration,
      MaxDeliveryCount: queue.maxDeliveryCount,
      RequiresDuplicateDetection: queue.requiresDuplicateDetection,
      RequiresSession: false,
    },
  };
}

/**
 * A queue with its values moved into what Microsoft's emulator accepts: time to live 5 minutes to 1 hour, lock
 * and duplicate window 5 seconds to 5 minutes, 1 to 10 deliveries.
 */
export function withinEmulatorLimits(queue: QueueProperties): QueueProperties {
  return {
    ...queue,
    defaultMessageTimeToLive: clamp(queue.defaultMessageTimeToLive, 'PT5M', 'PT1H'),
    duplicateDetectionHistoryTimeWindow: clamp(queue.duplicateDetectionHistoryTimeWindow, 'PT5S', 'PT5M'),
    lockDuration: clamp(queue.lockDuration, 'PT5S', 'PT5M'),
    maxDeliveryCount: Math.min(Math.max(queue.maxDeliveryCount, 1), 10),
  };
}

function clamp(duration: string, shortest: string, longest: string): string {
  const length = milliseconds(duration);
  if (length < milliseconds(shortest)) return shortest;
  return length > milliseconds(longest) ? longest : duration;
}

/** Of the durations that the manifest has: `P14D`, `PT1H`, `PT1M30S`. */
function milliseconds(duration: string): number {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration);
  if (match === null) throw new Error(`"${duration}" is no ISO 8601 duration such as PT1M.`);
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}
