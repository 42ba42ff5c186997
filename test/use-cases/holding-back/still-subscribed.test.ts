import { expect, it } from 'vitest';
import { catalog } from '../../../shared/kinds/catalog.ts';
import { stillSubscribed } from '../../../shared/use-cases/holding-back/still-subscribed.ts';
import { allKinds } from '../../../shared/use-cases/kinds/all-kinds.ts';
import { aConversation, aNotification, aTopic } from '../../support/builders.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';
import { inMemoryStores } from '../../support/fakes/stores/in-memory-stores.ts';

const stores = inMemoryStores({ clock: new FakeClock() });
const user = { id: '29:ana', aadObjectId: 'ANA-OID' };

it.each([
  ['msteams', '29:ana', true],
  ['msteams', 'ana-oid', true],
  ['msteams', 'somebody', false],
  ['webchat', '29:ana', false],
  ['webchat', 'ana-oid', false],
])(
  'on %s, what went to a topic and to %s is still wanted without the topic: %s',
  async (channelId, named, wanted) => {
    const conversation = aConversation({ channelId, user });
    const still = stillSubscribed({
      ...stores,
      kinds: allKinds([], catalog),
      vouching: { channels: new Set(['msteams']) },
    });
    const notification = aNotification({ to: [{ topic: aTopic('builds') }, { user: named }] });
    expect((await still(conversation, [notification])).has(notification.id)).toBe(wanted);
  },
);
