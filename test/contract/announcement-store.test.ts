import { describeAnnouncementStoreContract } from './announcement-store.contract.ts';
import { backends } from './stores.ts';

for (const { name, makeStores } of backends) describeAnnouncementStoreContract(name, makeStores);
