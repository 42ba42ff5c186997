import { backends } from './stores.ts';
import { describeTopicActivityContract } from './topic-activity.contract.ts';

for (const { name, makeStores } of backends) describeTopicActivityContract(name, makeStores);
