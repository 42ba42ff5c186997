import type { FaultRequest } from '../../teams-channel-local/faults/fault.ts';
import type { Chance } from '../chance.ts';

/** A fault of the channel, at whomever it will meet. */
export type ChannelFault = Omit<FaultRequest, 'conversation'>;

/** By what it is counted. */
export function nameOfChannelFault({
  kind,
  shown,
  delayMs,
  retryAfterSeconds,
  code,
  on,
}: ChannelFault): string {
  const details = [
    ...(code === undefined ? [] : [code]),
    ...(retryAfterSeconds === undefined ? [] : ['with Retry-After']),
    ...(shown === undefined ? [] : [shown ? 'shown' : 'not shown']),
    ...(delayMs === undefined ? [] : [`${delayMs} ms`]),
    ...(on === 'create' ? ['when a conversation is created'] : []),
  ];
  return [`channel ${kind}`, ...details].join(', ');
}

const ONCE = { count: 1 } as const;

/** What a channel can do to one request. Those that keep people from being told for good are rare. */
const common: readonly ChannelFault[] = [
  { kind: '429', ...ONCE },
  { kind: '429', retryAfterSeconds: 1, ...ONCE },
  { kind: '412', ...ONCE },
  { kind: '404', ...ONCE },
  ...(['500', '502', '503', '504', 'hang'] as const).flatMap((kind): ChannelFault[] => [
    { kind, shown: true, ...ONCE },
    { kind, shown: false, ...ONCE },
  ]),
  { kind: 'reset', ...ONCE },
  { kind: 'reset-after', ...ONCE },
  { kind: 'slow', delayMs: 500, ...ONCE },
  { kind: 'slow', delayMs: 2600, ...ONCE },
  { kind: 'garbage', ...ONCE },
  { kind: 'huge-id', ...ONCE },
  { kind: 'trickle', ...ONCE },
  { kind: '401', code: 'AuthorizationDenied', ...ONCE },
  { kind: '403', code: 'ServiceError', ...ONCE },
  { kind: '403', code: 'BadArgument', ...ONCE },
];

const rare: readonly ChannelFault[] = [
  { kind: '401', ...ONCE },
  { kind: '403', ...ONCE },
  { kind: '403', code: 'BotNotInConversationRoster', ...ONCE },
  { kind: '413', ...ONCE },
  { kind: 'redirect', ...ONCE },
];

/** Every fault here meets one request. */
export function pickChannelFault(chance: Chance): ChannelFault {
  return chance.pick(chance.happens(0.15) ? rare : common);
}

/** Whether the bot stops writing to the person until they come back. */
export function suppresses({ kind, code }: ChannelFault): boolean {
  return kind === '403' && (code === undefined || code === 'BotNotInConversationRoster');
}

/** What every request of a tenant is refused with for a while. */
export const WAVES = [
  { kind: '401', code: 'AuthorizationDenied' },
  { kind: '403', code: 'ServiceError' },
] as const satisfies readonly ChannelFault[];
