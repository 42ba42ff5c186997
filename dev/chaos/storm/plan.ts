import type { Chance } from '../chance.ts';
import { type ChannelFault, pickChannelFault, WAVES } from '../faults/channel-faults.ts';
import { pickTableFault, type TableFault } from '../faults/table-faults.ts';
import type { Entrance } from '../rig/publisher.ts';
import { CLAIM_LEASE_MS, SEND_TIMEOUT_MS } from '../rig/rig.ts';

/** Somebody in a round, by place among those who take part. */
export type Place = number;

export interface PlannedNotice {
  readonly to: 'everyone' | readonly Place[];
  readonly onUnconfirmed: 'resend' | 'park';
  readonly mode: 'wait' | 'adHoc';
  readonly entrance: Entrance;
  /** How often the same event comes. */
  readonly copies: number;
  /** It is cancelled, so long after it was published. */
  readonly cancel?: { readonly afterMs: number; readonly isRecalled: boolean };
}

/** Something that changes: its states, as they are published. */
export interface PlannedThing {
  readonly who: Place;
  readonly onUnconfirmed: 'resend' | 'park';
  readonly entrance: Entrance;
  /** From 1, each once, in the order in which they come; and how long after the one before. */
  readonly states: readonly { readonly sequence: number; readonly afterMs: number }[];
}

/** What happens to brokers and processes, so long after the round began. */
export type Disturbance = { readonly afterMs: number } & (
  | { readonly kind: 'drop connections' | 'expire locks' | 'cut the wire' }
  | { readonly kind: 'refuse sends' | 'drop after sends'; readonly count: number }
  | { readonly kind: 'kill' | 'freeze' | 'stall'; readonly host: 0 | 1 }
  /** Everybody is refused in the same way for so long. */
  | { readonly kind: 'wave'; readonly fault: (typeof WAVES)[number]; readonly forMs: number }
);

export interface RoundPlan {
  readonly notices: readonly PlannedNotice[];
  readonly things: readonly PlannedThing[];
  readonly channel: readonly { readonly who: Place; readonly fault: ChannelFault }[];
  readonly tables: readonly TableFault[];
  readonly disturbances: readonly Disturbance[];
  /** Kills a host when so many table requests were answered, before it learns the answer of the last. */
  readonly killAfterOperations: readonly { readonly operations: number; readonly host: 0 | 1 }[];
}

export interface RoundSize {
  readonly people: number;
  readonly notices: number;
  /** Rounds of the short form leave out what takes longer than ten seconds by its nature. */
  readonly patient: boolean;
}

/** Longer than a claim holds: whoever takes over finds it lapsed, and the frozen one wakes up to that. */
export const FREEZE_MS = CLAIM_LEASE_MS + 1000;

/** Longer than a send may take, and shorter than a claim holds: what the channel answers meanwhile has to be read. */
export const STALL_MS = SEND_TIMEOUT_MS + 500;

/** The most that one round injects of each, so that no delivery needs more attempts than a round has time for. */
const MOST = { channel: 0.5, tables: 6, disturbances: 4, kills: 2, things: 6 } as const;

/** Draws a round: who is told what, and everything that goes wrong meanwhile. Equal chance gives an equal plan. */
export function planRound(chance: Chance, size: RoundSize): RoundPlan {
  const places = Array.from({ length: size.people }, (_none, place) => place);
  const notices = Array.from({ length: size.notices }, () => planNotice(chance, places));
  const channel = chance
    .pickSome(places, chance.whole(0, Math.ceil(size.people * MOST.channel)))
    .flatMap((who) =>
      Array.from({ length: chance.happens(0.2) ? 2 : 1 }, () => ({ who, fault: pickChannelFault(chance) })),
    );
  return {
    notices,
    things: chance.pickSome(places, chance.whole(1, MOST.things)).map((who) => planThing(chance, who)),
    channel,
    tables: Array.from({ length: chance.whole(0, MOST.tables) }, () => pickTableFault(chance, size.patient)),
    disturbances: Array.from({ length: chance.whole(0, MOST.disturbances) }, () => planDisturbance(chance)),
    killAfterOperations: Array.from({ length: chance.whole(0, MOST.kills) }, () => ({
      operations: chance.whole(1, 12 * size.notices),
      host: chance.pick([0, 1] as const),
    })),
  };
}

function planNotice(chance: Chance, places: readonly Place[]): PlannedNotice {
  return {
    to: chance.happens(0.15) ? 'everyone' : chance.pickSome(places, chance.whole(1, 6)),
    onUnconfirmed: chance.pick(['resend', 'park']),
    mode: chance.pick(['wait', 'adHoc']),
    entrance: chance.pick(['structured', 'binary', 'http']),
    copies: chance.happens(0.3) ? chance.whole(2, 5) : 1,
    ...(chance.happens(0.2)
      ? { cancel: { afterMs: chance.whole(0, 4000), isRecalled: chance.happens(0.5) } }
      : {}),
  };
}

function planThing(chance: Chance, who: Place): PlannedThing {
  const sequences = Array.from({ length: chance.whole(2, 6) }, (_none, index) => index + 1);
  return {
    who,
    onUnconfirmed: chance.pick(['resend', 'park']),
    entrance: chance.pick(['structured', 'binary', 'http']),
    states: chance
      .pickSome(sequences, sequences.length)
      .map((sequence) => ({ sequence, afterMs: chance.whole(0, 600) })),
  };
}

function planDisturbance(chance: Chance): Disturbance {
  const afterMs = chance.whole(0, 3000);
  const kind = chance.pick([
    'drop connections',
    'expire locks',
    'expire locks',
    'cut the wire',
    'refuse sends',
    'drop after sends',
    'kill',
    'freeze',
    'stall',
    'wave',
  ] as const);
  switch (kind) {
    case 'refuse sends':
    case 'drop after sends':
      return { kind, afterMs, count: chance.whole(1, 4) };
    case 'kill':
    case 'freeze':
    case 'stall':
      return { kind, afterMs, host: chance.pick([0, 1] as const) };
    case 'wave':
      return { kind, afterMs, fault: chance.pick(WAVES), forMs: chance.whole(500, 8000) };
    default:
      return { kind, afterMs };
  }
}
