import type { Somebody } from './somebody.ts';

const TENANT = '4f9c1d7e-0a52-4b86-9a3d-6f1e8c2b7d10';

/** Everybody who takes part, by name. What each of them is in the middle of stands in `story.ts`. */
export const folk = {
  ...onTeams(
    ['ada', 'bob', 'cem', 'dan', 'dee', 'eli', 'fay', 'hal', 'ida', 'jon', 'kim', 'lea'],
    'Europe/Lisbon',
  ),
  ...onTeams(['max', 'nia', 'noa', 'ola', 'quin', 'rex', 'wes', 'xia', 'zoe'], 'America/New_York'),
  yan: { ...onTeam('yan', 'Europe/Berlin'), locale: 'de-DE' },
  pat: { ...onTeam('pat', 'America/New_York'), locale: 'en-US' },

  // Channels on which the client, or the channel itself, says who somebody is.
  sue: elsewhere('sue', 'webchat'),
  tom: elsewhere('tom', 'slack'),
  uma: elsewhere('uma', 'telegram'),
  vic: elsewhere('vic', 'emulator'),

  // Two who claim to be somebody else in a web chat, where the client chooses its id and everything about it.
  mallory: { ...elsewhere('mallory', 'webchat'), user: { id: aadObjectId('wes'), name: 'Wes' } },
  trudy: {
    ...elsewhere('trudy', 'webchat'),
    user: { id: 'webchat_trudy', name: 'Xia', aadObjectId: aadObjectId('xia') },
  },

  /** Known from the group alone. */
  gus: inPlace('gus', { id: '19:recorded-crew@thread.v2', conversationType: 'groupChat' }),
  /** Rex, where others hear it. */
  rexInGroup: {
    ...inPlace('rex', { id: '19:recorded-crew@thread.v2', conversationType: 'groupChat' }),
    name: 'rexInGroup',
  },
  rexInTeam: {
    ...inPlace('rex', {
      id: '19:recorded-team@thread.tacv2;messageid=1764490000001',
      conversationType: 'channel',
    }),
    name: 'rexInTeam',
    team: { id: '19:recorded-team@thread.tacv2', name: 'Platform team' },
  },
} as const satisfies Record<string, Somebody>;

export type Name = keyof typeof folk;

/** Where Gus is told what is sent to him alone: a conversation that the app has to ask the channel for. */
export const gusAlone: Somebody = { ...onTeam('gus', 'America/New_York'), name: 'gusAlone' };

/** Who the channel has to know before anybody speaks, as lines of its journal. */
export function channelJournal(): readonly ({ readonly t: string } & Record<string, unknown>)[] {
  const everybody: readonly Somebody[] = [...Object.values(folk), gusAlone];
  const places = Map.groupBy(everybody, ({ conversation }) => conversation.id.replace(/;messageid=\d+$/, ''));
  return [
    ...new Map(everybody.map(({ user }) => [user.id, { t: 'guest', id: user.id, name: user.name }])).values(),
    ...[...places].flatMap(([id, members]) => [
      {
        t: 'conversation',
        id,
        key: `recorded-${members[0]?.name}`,
        type: members[0]?.conversation.conversationType,
        memberIds: members.map(({ user }) => user.id),
      },
      { t: 'state', id, roster: 'installed', isAnnounced: true, isBlocked: false },
    ]),
  ];
}

function onTeams<const N extends string>(names: readonly N[], timeZone: string): Record<N, Somebody> {
  // One entry for each name.
  return Object.fromEntries(names.map((name) => [name, onTeam(name, timeZone)])) as Record<N, Somebody>;
}

function onTeam(name: string, timeZone: string): Somebody {
  return {
    name,
    channelId: 'msteams',
    tenantId: TENANT,
    user: { id: `29:recorded_${name}`, name: named(name), aadObjectId: aadObjectId(name) },
    conversation: { id: `a:recorded_${name}`, conversationType: 'personal' },
    locale: 'en-GB',
    timeZone,
  };
}

function inPlace(name: string, conversation: Somebody['conversation']): Somebody {
  return { ...onTeam(name, 'America/New_York'), conversation };
}

function elsewhere(name: string, channelId: string): Somebody {
  return {
    name,
    channelId,
    user: { id: `${channelId}_${name}`, name: named(name) },
    conversation: { id: `${channelId}-recorded-${name}`, conversationType: 'personal' },
    locale: 'en-US',
    timeZone: 'UTC',
  };
}

function named(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/** A GUID that says whose it is. */
function aadObjectId(name: string): string {
  const hex = Buffer.from(name.padEnd(6, '-')).toString('hex').slice(0, 12);
  return `0aad0000-0000-4000-8000-${hex}`;
}
