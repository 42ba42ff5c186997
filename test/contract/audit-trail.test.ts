import { describeAuditTrailContract } from './audit-trail.contract.ts';
import { backends } from './stores.ts';

for (const { name, makeStores } of backends) describeAuditTrailContract(name, makeStores);
