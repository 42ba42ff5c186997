import type { Log } from '../shared/ports/log.ts';

/** Of tools that say themselves what there is to say. */
export const silentLog: Log = { info() {}, warn() {}, error() {} };
