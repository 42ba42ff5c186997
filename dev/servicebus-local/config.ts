import { z } from 'zod';
import { parseDuration } from './duration.ts';
import { defaultSettings, type QueueSettings } from './queue/settings.ts';

const duration = z.string().transform((text, context) => {
  const ms = parseDuration(text);
  if (ms !== undefined && ms > 0) return ms;
  context.addIssue({
    code: 'custom',
    message: `"${text}" is no ISO 8601 duration above zero, such as PT1M.`,
  });
  return z.NEVER;
});

const notSupported = z.union([z.literal(''), z.null()], {
  error: 'Forwarding is not supported: leave it out.',
});

const properties = z.strictObject({
  DeadLetteringOnMessageExpiration: z.boolean().default(defaultSettings.deadLetterOnExpiry),
  DefaultMessageTimeToLive: duration.default(defaultSettings.timeToLiveMs),
  DuplicateDetectionHistoryTimeWindow: duration.default(600_000),
  ForwardDeadLetteredMessagesTo: notSupported.optional(),
  ForwardTo: notSupported.optional(),
  LockDuration: duration.default(defaultSettings.lockMs),
  MaxDeliveryCount: z.int().min(1).default(defaultSettings.maxDeliveryCount),
  RequiresDuplicateDetection: z.boolean().default(false),
  RequiresSession: z.literal(false, { error: 'Sessions are not supported.' }).default(false),
});

const queue = z
  .object({
    Name: z
      .string()
      .regex(
        /^[A-Za-z0-9][A-Za-z0-9._/-]{0,258}[A-Za-z0-9]$|^[A-Za-z0-9]$/,
        'is no name of a Service Bus queue',
      ),
    Properties: properties.prefault({}),
  })
  .transform(
    ({ Name, Properties }): QueueSettings => ({
      name: Name,
      lockMs: Properties.LockDuration,
      maxDeliveryCount: Properties.MaxDeliveryCount,
      timeToLiveMs: Properties.DefaultMessageTimeToLive,
      deadLetterOnExpiry: Properties.DeadLetteringOnMessageExpiration,
      duplicateWindowMs: Properties.RequiresDuplicateDetection
        ? Properties.DuplicateDetectionHistoryTimeWindow
        : 0,
    }),
  );

const config = z.object({
  UserConfig: z.object({
    Namespaces: z.array(
      z.object({
        Name: z.string().optional(),
        Queues: z.array(queue).default([]),
        Topics: z.array(z.unknown()).max(0, 'Topics are not supported.').default([]),
      }),
    ),
  }),
});

/**
 * The queues of a configuration in the JSON shape of Microsoft's Service Bus emulator
 * (`UserConfig.Namespaces[].Queues[]`), without the emulator's limits on values. What a queue leaves out has the
 * default of the service. Throws an `Error` that names every fault; `where` is the file's name for it.
 */
export function parseConfig(text: string, where: string): QueueSettings[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new Error(`${where} is not JSON: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
  const parsed = config.safeParse(json);
  if (!parsed.success) throw new Error(`${where} cannot be used:\n${z.prettifyError(parsed.error)}`);
  const queues = parsed.data.UserConfig.Namespaces.flatMap(({ Queues }) => Queues);
  const names = new Set<string>();
  for (const { name } of queues) {
    if (names.has(name.toLowerCase())) throw new Error(`${where} names the queue "${name}" twice.`);
    names.add(name.toLowerCase());
  }
  return queues;
}
