import { type Mutation, mutationsIn } from '../mutation.ts';

/** Who is believed to be who. */
export const mutations: readonly Mutation[] = [
  ...mutationsIn(
    'shared/domain/identity/vouching.ts',
    [
      ['test/domain/identity', 'test/chat/impersonation.test.ts'],
      ['test/domain', 'test/use-cases/conversation'],
    ],
    [
      ['whoever writes on Web Chat is believed', "channels === 'all' || channels.has(channelId);", 'true;'],
      ['an Entra id is believed from any channel', 'channelId === ENTRA_CHANNEL && vouchesFor', 'vouchesFor'],
      [
        'the local stack believes nobody',
        "channels === 'all' || channels.has(channelId);",
        "channels !== 'all' && channels.has(channelId);",
      ],
    ],
  ),
];
