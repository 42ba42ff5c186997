import { z } from 'zod';
import type { LimitSettings } from './limits.ts';
import { formatRules, parseRules, RuleError } from './rules.ts';

/** What `PUT /limits` understands; what is left out stays as it is. */
export const limitChangeShape = z
  .strictObject({
    enforced: z.boolean(),
    requestsPerSecond: z.int().min(1).max(100_000),
    threadLimits: z.string().transform((text, context) => {
      try {
        return parseRules(text);
      } catch (error) {
        if (!(error instanceof RuleError)) throw error;
        context.addIssue({ code: 'custom', message: error.message });
        return z.NEVER;
      }
    }),
    maxMessageBytes: z.int().min(1),
  })
  .partial();

/** The settings that a change names. */
export function toSettings(change: z.output<typeof limitChangeShape>): Partial<LimitSettings> {
  const { enforced, requestsPerSecond, threadLimits, maxMessageBytes } = change;
  return {
    ...(enforced === undefined ? {} : { isEnforced: enforced }),
    ...(requestsPerSecond === undefined ? {} : { requestsPerSecond }),
    ...(threadLimits === undefined ? {} : { threadRules: threadLimits }),
    ...(maxMessageBytes === undefined ? {} : { maxMessageBytes }),
  };
}

/** The settings as `GET /limits` shows them and `PUT /limits` takes them. */
export function describeLimits(settings: LimitSettings): Record<string, unknown> {
  return {
    enforced: settings.isEnforced,
    requestsPerSecond: settings.requestsPerSecond,
    threadLimits: formatRules(settings.threadRules),
    maxMessageBytes: settings.maxMessageBytes,
  };
}
