import { expect, it } from 'vitest';
import type { Living } from '../../../shared/domain/living/living.ts';
import { orderOf } from '../../../shared/domain/living/order.ts';
import { unitedLiving } from '../../../shared/domain/living/united.ts';
import { aConversationKey, aNotification } from '../../support/builders.ts';

const [first, second, third] = ['1', '2', '3'].map((sequence) => aNotification({ sequence })) as [
  ReturnType<typeof aNotification>,
  ReturnType<typeof aNotification>,
  ReturnType<typeof aNotification>,
];
const newest = (state: typeof first) => ({ notification: state.id, order: orderOf(state) });
const [into, from] = [aConversationKey(), aConversationKey()];
const shown = {
  notification: first.id,
  channelId: 'msteams',
  conversationId: 'a:1',
  activityId: '1',
};
/** The message of the first state tells the second. */
const changed = {
  newest: newest(second),
  shown,
  underWay: { notification: second.id, as: 'change', until: 5 },
} as const;

it.each<[string, Living, Living]>([
  [
    'into the key of a newer state that nobody was shown',
    { id: { conversation: into, name: 'x' }, newest: newest(third) },
    { id: { conversation: from, name: 'x' }, ...changed },
  ],
  [
    'under the key that takes over a newer state that nobody was shown',
    { id: { conversation: into, name: 'x' }, ...changed },
    { id: { conversation: from, name: 'x' }, newest: newest(third) },
  ],
])('a message tells the state to which it was changed, %s', (_which, own, other) => {
  const united = unitedLiving(own, other, into);
  expect(united).toMatchObject({
    newest: newest(third),
    shown: { activityId: '1', notification: second.id },
  });
  expect(unitedLiving(united, other, into)).toBe(united);
});
