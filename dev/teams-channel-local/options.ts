import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { ChannelOptions } from './channel.ts';
import { type Latency, parseTimes } from './limits/latency.ts';
import type { LimitSettings } from './limits/limits.ts';
import { parseRules, RuleError } from './limits/rules.ts';

export const HELP = `Usage: teams-channel-local --bot-url URL [options]

The local chat channel: Direct Line and a chat page for people, the Bot Connector API for the bot, on one port.

Options:
  --bot-url URL                the bot's messaging endpoint (http://127.0.0.1:7071/api/messages)
  --bot-name NAME              what the bot is called (Bot)
  --hint TEXT                  what the page proposes to say; may be given several times
  --link NAME=URL              where the page leads besides; may be given several times
  --port N                     default 56150; 0 takes any free port
  --data DIR                   keep conversations and transcripts there; without it they live in memory
  --webchat FILE               Microsoft's prebuilt webchat.js, which the page needs
  --requests-per-second N      of one tenant, all requests together (50)
  --thread-limits LIST         of one conversation (7/1s,8/2s,60/30s,1800/3600s)
  --max-message-bytes N        larger messages are refused (102400; UTF-16 on Teams)
  --no-limits                  accept any rate
  --latency MS                 the least that one way between bot and channel takes (0)
  --jitter MS                  what a way takes longer on average, by chance (0)
  --latency-times FILE         in the place of both: times that were measured, one a line in milliseconds
  --bot-timeout-ms N           how long the bot may take to answer an activity (15000)
  --resends N                  how often an activity is posted again after that (1)
  --help                       this text`;

/** A command line that cannot be used; its message is one line that names the fault and the remedy. */
export class UsageError extends Error {}

/** Reads the command line; `undefined` when only help is wanted. Throws UsageError. */
export function parseChannelOptions(argv: readonly string[]): ChannelOptions | undefined {
  const values = read(argv);
  if (values.help) return undefined;
  const botUrl = values['bot-url'] ?? 'http://127.0.0.1:7071/api/messages';
  if (!URL.canParse(botUrl) || !/^https?:$/.test(new URL(botUrl).protocol)) {
    throw new UsageError(`--bot-url must be an http(s) URL, not "${botUrl}". ${SEE_HELP}`);
  }
  return {
    botUrl,
    botName: values['bot-name'],
    hints: values.hint,
    links: values.link?.map(linkOf),
    port: whole(values, 'port', { least: 0, most: 65_535 }) ?? 56_150,
    dataDir: values.data,
    webchatPath: values.webchat,
    limits: limitsOf(values),
    latency: latencyOf(values),
    botTimeoutMs: whole(values, 'bot-timeout-ms', { least: 1, most: 600_000 }),
    resends: whole(values, 'resends', { least: 0, most: 10 }),
  };
}

const SEE_HELP = '--help lists the options.';

function read(argv: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        port: { type: 'string' },
        'bot-url': { type: 'string' },
        'bot-name': { type: 'string' },
        hint: { type: 'string', multiple: true },
        link: { type: 'string', multiple: true },
        data: { type: 'string' },
        webchat: { type: 'string' },
        'requests-per-second': { type: 'string' },
        'thread-limits': { type: 'string' },
        'max-message-bytes': { type: 'string' },
        'no-limits': { type: 'boolean' },
        latency: { type: 'string' },
        jitter: { type: 'string' },
        'latency-times': { type: 'string' },
        'bot-timeout-ms': { type: 'string' },
        resends: { type: 'string' },
        help: { type: 'boolean' },
      },
    });
    return values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)} ${SEE_HELP}`);
  }
}

type Values = ReturnType<typeof read>;

function limitsOf(values: Values): Partial<LimitSettings> {
  const requestsPerSecond = whole(values, 'requests-per-second', { least: 1, most: 100_000 });
  const maxMessageBytes = whole(values, 'max-message-bytes', { least: 1, most: 4_194_304 });
  return {
    ...(values['no-limits'] ? { isEnforced: false } : {}),
    ...(requestsPerSecond === undefined ? {} : { requestsPerSecond }),
    ...(maxMessageBytes === undefined ? {} : { maxMessageBytes }),
    ...(values['thread-limits'] === undefined ? {} : { threadRules: rules(values['thread-limits']) }),
  };
}

function linkOf(text: string): NonNullable<ChannelOptions['links']>[number] {
  const [, name = '', url = ''] = /^([^=]{1,40})=(https?:\/\/\S+)$/.exec(text) ?? [];
  if (URL.canParse(url)) return { name, url };
  throw new UsageError(
    `--link must be a name and an http(s) URL, such as Console=http://127.0.0.1:7071/, not "${text}". ${SEE_HELP}`,
  );
}

function latencyOf(values: Values): Latency | undefined {
  const { latency, jitter, 'latency-times': file } = values;
  if (file === undefined) {
    if (latency === undefined && jitter === undefined) return undefined;
    return { least: milliseconds('latency', latency), jitter: milliseconds('jitter', jitter) };
  }
  if (latency !== undefined || jitter !== undefined)
    throw new UsageError(`--latency-times takes the place of --latency and --jitter. ${SEE_HELP}`);
  try {
    return { times: parseTimes(readFileSync(file, 'utf8')) };
  } catch (error) {
    throw new UsageError(
      `--latency-times ${file}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function milliseconds(name: string, text = '0'): number {
  const value = /^\d{1,5}(\.\d{1,3})?$/.test(text) ? Number(text) : Number.NaN;
  if (value <= 60_000) return value;
  throw new UsageError(`--${name} must be milliseconds from 0 to 60000, not "${text}". ${SEE_HELP}`);
}

function rules(text: string): LimitSettings['threadRules'] {
  try {
    return parseRules(text);
  } catch (error) {
    if (error instanceof RuleError) throw new UsageError(`--thread-limits: ${error.message}`);
    throw error;
  }
}

function whole(
  values: Values,
  name: 'port' | 'requests-per-second' | 'max-message-bytes' | 'bot-timeout-ms' | 'resends',
  { least, most }: { least: number; most: number },
): number | undefined {
  const text = values[name];
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < least || number > most) {
    throw new UsageError(
      `--${name} must be a whole number from ${least} to ${most}, not "${text}". ${SEE_HELP}`,
    );
  }
  return number;
}
