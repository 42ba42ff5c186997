import { styleText } from 'node:util';
import { type AppEvent, appEventOf, hostLineOf } from './host-line.ts';

export interface Reading {
  /** Origin of the functions host, under which the console lies. */
  readonly origin: string;
  readonly isColored: boolean;
  /** What somebody is called who has this conversation; `undefined` where nobody knows. */
  readonly nameOf: (conversation: string) => Promise<string | undefined>;
}

/** What is told of a notification once, when it is accepted, and is shown with each of its lines. */
const MOST_REMEMBERED = 2000;
const EVENT_WIDTH = 22;
/** Signs of life: of interest to people only when something was found. */
const EACH_MINUTE = new Set(['heartbeat', 'reminders']);
/** Shown in their own place, or of use to machines only. */
const SHOWN_APART = new Set([
  'event',
  'notification',
  'conversation',
  'traceparent',
  'outcome',
  'reason',
  'type',
  'tenant',
]);

type Color = Parameters<typeof styleText>[0];
const COLORS: { readonly [level: string]: Color } = {
  warning: 'yellow',
  error: 'red',
  critical: 'red',
};
const GOOD = new Set(['delivered', 'updated', 'recalled']);

/** Puts the app's log into words for people: time, what happened to what and to whom, and where to see more of it. */
export class ReadableLines {
  readonly #reading: Reading;
  readonly #typeOf = new Map<string, string>();

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  /** One line of the functions host; as it is where it is of another form, `undefined` where it tells people nothing. */
  async of(line: string): Promise<string | undefined> {
    const host = hostLineOf(line);
    if (host === undefined) return line;
    const said = appEventOf(host.message);
    if (said !== undefined && EACH_MINUTE.has(said.event) && restOf(said) === '') return undefined;
    const words =
      said === undefined
        ? [this.#paint('dim', `[${host.source}]`), host.message]
        : await this.#wordsOf(said, host.level);
    const time = this.#paint('dim', clockOf(host.time));
    return [time, this.#levelOf(host.level), ...words].filter((word) => word !== '').join('  ');
  }

  async #wordsOf(said: AppEvent, level: string): Promise<readonly string[]> {
    const { notification, conversation, event } = said;
    const isOutcome = event === 'delivery.outcome';
    const what = isOutcome ? String(said.outcome) : event.replaceAll('.', ' ');
    const color = COLORS[level] ?? (isOutcome ? (GOOD.has(what) ? 'green' : 'yellow') : 'cyan');
    const reason = typeof said.reason === 'string' ? `(${said.reason})` : '';
    const name = typeof conversation === 'string' ? await this.#reading.nameOf(conversation) : undefined;
    return [
      this.#paint(color, what.padEnd(EVENT_WIDTH)),
      name ?? '',
      this.#typeShown(said),
      reason,
      this.#paint('dim', restOf(said)),
      typeof notification === 'string' ? this.#paint('dim', this.#addressOf(notification)) : '',
    ];
  }

  /** The kind, which the app says once and people want to see each time. */
  #typeShown({ notification, type }: AppEvent): string {
    if (typeof notification !== 'string') return typeof type === 'string' ? type : '';
    if (typeof type === 'string') {
      this.#typeOf.set(notification, type);
      const [oldest] = this.#typeOf.keys();
      if (this.#typeOf.size > MOST_REMEMBERED && oldest !== undefined) this.#typeOf.delete(oldest);
    }
    return this.#typeOf.get(notification) ?? '';
  }

  #addressOf(notification: string): string {
    return `${this.#reading.origin}/api/console#/notifications/${notification}`;
  }

  #levelOf(level: string): string {
    return level === 'information' ? '' : this.#paint(COLORS[level] ?? 'dim', level);
  }

  #paint(format: Color, text: string): string {
    return this.#reading.isColored && text !== '' ? styleText(format, text, { validateStream: false }) : text;
  }
}

/** A line for machines: what the host said of it, and the app's own fields beside. */
export function machineLine(part: string, line: string): string {
  const host = hostLineOf(line);
  if (host === undefined) return JSON.stringify({ part, line });
  const { message, ...of } = host;
  return JSON.stringify({ part, ...of, ...(appEventOf(message) ?? { message }) });
}

/** By the clock on this machine's wall: `09:02:25`. */
function clockOf(time: string): string {
  const at = new Date(time);
  return Number.isNaN(at.getTime()) ? time : at.toTimeString().slice(0, 8);
}

function restOf(said: AppEvent): string {
  return Object.entries(said)
    .filter(([field, value]) => !SHOWN_APART.has(field) && value !== 0 && value !== false)
    .filter(([field, value]) => field !== 'attempts' || value !== 1)
    .map(([field, value]) => `${field}=${value}`)
    .join(' ');
}
