/** What the app's own tests hold against the app: reasons, words, and the server that the page's tests play. */
export { REASONS } from '../src/notifications/reasons.ts';
export { isTried } from '../src/run/is-tried.ts';
export { faults as germanFaults } from '../src/words/de/faults.ts';
export { audit as germanAudit } from '../src/words/de/run.ts';
export { settings as germanSettings } from '../src/words/de/settings.ts';
export * as germanStates from '../src/words/de/states.ts';
export { audit as englishAudit } from '../src/words/en/run.ts';
export * as englishStates from '../src/words/en/states.ts';
export { type Answer, Refused } from './fixture/answer.ts';
export { keyOf } from './fixture/people.ts';
export { readers } from './fixture/readers.ts';
export { State } from './fixture/state.ts';
export { writers } from './fixture/writers.ts';
