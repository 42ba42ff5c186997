import type { State, Tone } from './message.ts';
import { wordOf } from './payload.ts';

/** A colour of a sender by what it stands for; blue, grey and the like stand for nothing. */
export function toneOfColor(value: unknown): Tone | undefined {
  const text = typeof value === 'number' ? value.toString(16).padStart(6, '0') : wordOf(value ?? '').trim();
  const named = NAMED[text.toLowerCase()];
  if (named !== undefined) return named;
  const hex = /^#?([\da-f]{3}|[\da-f]{6}|[\da-f]{8})$/i.exec(text)?.[1];
  return hex === undefined
    ? undefined
    : toneOfHue(hex.length === 3 ? [...hex].map((d) => d + d).join('') : hex.slice(-6));
}

const NAMED: { readonly [name: string]: Tone } = {
  good: 'good',
  green: 'good',
  success: 'good',
  warning: 'warning',
  yellow: 'warning',
  orange: 'warning',
  danger: 'attention',
  red: 'attention',
  attention: 'attention',
  error: 'attention',
  critical: 'attention',
};

function toneOfHue(hex: string): Tone | undefined {
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  const most = Math.max(red, green, blue);
  const span = most - Math.min(red, green, blue);
  if (span < 40) return undefined;
  const sixth =
    most === red
      ? ((green - blue) / span + 6) % 6
      : most === green
        ? (blue - red) / span + 2
        : (red - green) / span + 4;
  const hue = sixth * 60;
  if (hue >= 335 || hue < 22) return 'attention';
  if (hue < 66) return 'warning';
  return hue < 168 ? 'good' : undefined;
}

const TONES: { readonly [state in State]: Tone | undefined } = {
  firing: 'attention',
  failed: 'attention',
  resolved: 'good',
  succeeded: 'good',
  queued: undefined,
  started: undefined,
  opened: undefined,
  closed: undefined,
};

/** How a state looks, where the sender does not say how grave it is. */
export function toneOfState(state: State | undefined): Tone | undefined {
  return state === undefined ? undefined : TONES[state];
}

/** What senders call states, as whole words of a status field. */
const STATUS: readonly (readonly [State, RegExp])[] = [
  [
    'resolved',
    /^(?:resolved?|recovered|recovery|ok|up|fixed|close[d]?|normal|good|healthy|inactive|acknowledged_resolved)$/i,
  ],
  [
    'firing',
    /^(?:firing|alarm|alert(?:ing)?|trigger(?:ed)?|active|down|critical|problem|fired|open_?incident|unhealthy|warn(?:ing)?|create[d]?)$/i,
  ],
  ['queued', /^(?:queued|pending|waiting|requested|scheduled|created_pending)$/i],
  ['started', /^(?:started|starting|running|in_?progress|progressing|planning|applying)$/i],
  [
    'succeeded',
    /^(?:success(?:ful(?:ly)?)?|succeeded|passed|completed|synced|done|applied|back to normal|finished|build success)$/i,
  ],
  [
    'failed',
    /^(?:fail(?:ed|ure)?|error(?:ed)?|broken|aborted|timed_out|startup_failure|repeated failure|unstable)$/i,
  ],
  ['opened', /^(?:open(?:ed)?|reopened|new)$/i],
  ['closed', /^(?:merged|declined|cancel(?:l?ed)?|abandoned)$/i],
];

/** The state that a status field names. */
export function stateOfStatus(status: string | undefined): State | undefined {
  const text = (status ?? '').trim();
  return STATUS.find(([, pattern]) => pattern.test(text))?.[0];
}

/** What titles of monitors and pipelines say, most telling first. */
const TITLES: readonly (readonly [State, RegExp])[] = [
  [
    'resolved',
    /\[resolved\b|^resolved\b|\bresolved(?: in\b|:)|\brecover(?:ed|y)\b|\bback online\b|\bis up\b|\[(?:\S{1,4} )?up\]/i,
  ],
  [
    'firing',
    /\[firing\b|^problem\b|\bwent down\b|\bis down\b|\[(?:\S{1,4} )?down\]|\bcritical\b|\bis (?:critical|alerting)\b|\btriggered\b/i,
  ],
  ['succeeded', /\bback to normal\b|\bsuccess(?:ful(?:ly)?)?\b|\bsucceeded\b|: done$|\bpassed\b/i],
  ['failed', /\brepeated failure\b|: (?:failure|failed)$|\bbuild failed\b/i],
  ['started', /: (?:started|running)$/i],
];

/** The state that a title tells; titles are short. */
export function stateOfTitle(title: string | undefined): State | undefined {
  const text = (title ?? '').slice(0, 300).replaceAll('\\', '');
  return TITLES.find(([, pattern]) => pattern.test(text))?.[0];
}

/** After which the next one under the same key is another thing. */
export function isOver(state: State | undefined): boolean {
  return state === 'resolved' || state === 'succeeded' || state === 'failed' || state === 'closed';
}
