import { defined } from '../../../shared/domain/defined.ts';
import { vouchesForAll } from '../../../shared/domain/identity/vouching.ts';
import { catalog } from '../../../shared/kinds/catalog.ts';
import type { AddresseeStore } from '../../../shared/ports/conversation/addressee-store.ts';
import type { ConversationStore } from '../../../shared/ports/conversation/conversation-store.ts';
import type { NameStore } from '../../../shared/ports/conversation/name-store.ts';
import type { PeopleIndex } from '../../../shared/ports/conversation/people-index.ts';
import type { PersonalData } from '../../../shared/ports/conversation/personal-data.ts';
import type { TurnStore } from '../../../shared/ports/conversation/turn-store.ts';
import type { DueIndex } from '../../../shared/ports/delivery/due-index.ts';
import type { Ledger } from '../../../shared/ports/delivery/ledger.ts';
import type { LivingStore } from '../../../shared/ports/delivery/living-store.ts';
import type { ParticularsStore } from '../../../shared/ports/delivery/particulars-store.ts';
import type { ListStore } from '../../../shared/ports/event/list-store.ts';
import type { NotificationStore } from '../../../shared/ports/event/notification-store.ts';
import type { Parking } from '../../../shared/ports/event/parking.ts';
import { allKinds } from '../../../shared/use-cases/kinds/all-kinds.ts';
import { modelled } from './modelled.ts';
import type { paperStores } from './stores.ts';

/** The stores as every instance has them. */
export function portsOf(stores: ReturnType<typeof paperStores>) {
  return {
    kinds: allKinds([], catalog),
    audience: stores.audience,
    lists: modelled<ListStore>('lists', {}),
    notifications: modelled<NotificationStore>('notifications', stores.notifications),
    dueIndex: modelled<DueIndex>('dueIndex', stores.dueIndex),
    conversations: modelled<ConversationStore>('conversations', stores.conversations),
    ledger: modelled<Ledger>('ledger', stores.ledger),
    living: modelled<LivingStore>('living', {}),
    parking: modelled<Parking>('parking', {}),
    // Nobody here is asked for by an id, and nobody is in the middle of a dialog.
    personalData: modelled<PersonalData>('personalData', {}),
    ...onlyRecords(stores.conversations),
    turns: modelled<TurnStore>('turns', {}),
    pacer: stores.pacer,
    particulars: modelled<ParticularsStore>('particulars', {}),
  };
}

/** Everybody here has one conversation, and is who they say. */
function onlyRecords(conversations: Partial<ConversationStore>) {
  const addressees = modelled<AddresseeStore>('addressees', {
    async findAddressee(key) {
      const record = await conversations.findConversation?.(key);
      return defined({ record });
    },
  });
  return {
    addressees,
    vouching: vouchesForAll,
    merge: async () => [],
    names: modelled<NameStore>('names', {}),
    peopleIndex: modelled<PeopleIndex>('peopleIndex', {}),
  };
}
