import type { Mutation } from '../mutation.ts';
import { mutations as cancel } from './cancel.ts';
import { mutations as console } from './console.ts';
import { mutations as delivery } from './delivery.ts';
import { mutations as holdingBack } from './holding-back.ts';
import { mutations as identity } from './identity.ts';
import { mutations as pace } from './pace.ts';
import { mutations as reminders } from './reminders.ts';

/**
 * Faults in the files that a person's trust hangs on most. Each was plausible, and some survived every test once. A file
 * per room; `test/dev/mutate/list.test.ts` says when an entry does not fit the sources any more.
 */
export const mutations: readonly Mutation[] = [
  ...delivery,
  ...pace,
  ...holdingBack,
  ...cancel,
  ...reminders,
  ...identity,
  ...console,
];
