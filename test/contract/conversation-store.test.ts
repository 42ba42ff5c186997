import { describeConversationStoreContract } from './conversation-store.contract.ts';
import { backends } from './stores.ts';

for (const { name, makeStores } of backends) describeConversationStoreContract(name, makeStores);
