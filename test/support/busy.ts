import type { ConversationKey } from '../../shared/domain/ids.ts';
import { seconds } from '../../shared/domain/time.ts';
import type { World } from './world.ts';

/** What every request to a channel waits for, each with what takes it away for half a minute. */
export const BUSY: readonly (readonly [
  what: string,
  isBusy: (world: World, key: ConversationKey) => unknown,
])[] = [
  ['a slot of the tenant', ({ pace, clock }) => pace.answers.push({ at: clock.now() + seconds(30) })],
  [
    'room in the conversation',
    async ({ ledger, clock }, key) => {
      const { windows, windowsTag } = await ledger.findDesk(key);
      const recent = Array.from({ length: 60 }, () => clock.now());
      await ledger.noteSends(key, { ...windows, recent }, windowsTag);
    },
  ],
];
