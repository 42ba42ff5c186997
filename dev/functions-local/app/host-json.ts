import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { HostError, messageOf } from '../core/errors.ts';
import type { RpcLogLevel } from '../core/rpc.ts';
import { parseTimeSpan } from './time-span.ts';

/** What this host takes from host.json; the other settings are for Azure. */
export interface HostSettings {
  /** First part of every HTTP route; may be empty. */
  routePrefix: string;
  /** Least level by log category; `default` for the rest. */
  logLevels: Record<string, RpcLogLevel>;
  serviceBus: ServiceBusSettings;
}

export interface ServiceBusSettings {
  /** Messages that one function handles at the same time. */
  maxConcurrentCalls: number;
  /** Messages beyond those that are fetched, and locked, ahead. */
  prefetchCount: number;
  autoCompleteMessages: boolean;
  /** Milliseconds for which the lock of a message in work is renewed. */
  maxAutoLockRenewalMs: number;
}

const logLevels = ['trace', 'debug', 'information', 'warning', 'error', 'critical', 'none'] as const;
const logLevel = z.string().transform((text, context): RpcLogLevel => {
  const level = logLevels.find((each) => each === text.toLowerCase());
  if (level) return level;
  context.addIssue(
    `"${text}" is not a log level: use Trace, Debug, Information, Warning, Error, Critical or None`,
  );
  return z.NEVER;
});
const timeSpan = z.string().transform((text, context) => {
  const milliseconds = parseTimeSpan(text);
  if (milliseconds !== undefined) return milliseconds;
  context.addIssue(`"${text}" is not a time span: use hh:mm:ss`);
  return z.NEVER;
});

const hostJson = z.object({
  version: z.literal('2.0', 'has to be "2.0"'),
  logging: z.object({ logLevel: z.record(z.string(), logLevel).default({}) }).prefault({}),
  extensions: z
    .object({
      http: z.object({ routePrefix: z.string().default('api') }).prefault({}),
      serviceBus: z
        .object({
          maxConcurrentCalls: z.int().min(1).default(16),
          prefetchCount: z.int().min(0).default(0),
          autoCompleteMessages: z.boolean().default(true),
          maxAutoLockRenewalDuration: timeSpan.prefault('00:05:00'),
        })
        .prefault({}),
    })
    .prefault({}),
});

/** @throws HostError when DIR/host.json is missing, not JSON, or has a bad value; each bad value is named. */
export async function readHostJson(directory: string): Promise<HostSettings> {
  return parseHostJson(await readJson(join(directory, 'host.json')), join(directory, 'host.json'));
}

/** @throws HostError naming `origin` and every bad value. */
export function parseHostJson(json: unknown, origin: string): HostSettings {
  const parsed = hostJson.safeParse(json);
  if (!parsed.success) throw invalid(origin, parsed.error);
  const { extensions, logging } = parsed.data;
  return {
    routePrefix: extensions.http.routePrefix,
    logLevels: { default: 'information', ...logging.logLevel },
    serviceBus: {
      maxConcurrentCalls: extensions.serviceBus.maxConcurrentCalls,
      prefetchCount: extensions.serviceBus.prefetchCount,
      autoCompleteMessages: extensions.serviceBus.autoCompleteMessages,
      maxAutoLockRenewalMs: extensions.serviceBus.maxAutoLockRenewalDuration,
    },
  };
}

/** @throws HostError when the file cannot be read or is not JSON. */
export async function readJson(file: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new HostError(`${file} cannot be read: ${messageOf(error)}`, { cause: error });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new HostError(`${file} is not valid JSON: ${messageOf(error)}`, { cause: error });
  }
}

/** One error that names every value that `file` has wrong. */
export function invalid(file: string, error: z.ZodError): HostError {
  const faults = error.issues.map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`);
  return new HostError(`${file} is not valid. ${faults.join('; ')}.`, { cause: error });
}
