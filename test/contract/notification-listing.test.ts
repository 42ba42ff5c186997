import { describeNotificationListingContract } from './notification-listing.contract.ts';
import { backends } from './stores.ts';

for (const { name, makeStores } of backends) describeNotificationListingContract(name, makeStores);
