import { describeAnswerStoreContract } from './answer-store.contract.ts';
import { backends } from './stores.ts';

for (const { name, makeStores } of backends) describeAnswerStoreContract(name, makeStores);
