import type { CloudEvent } from '../../domain/event/cloud-event.ts';

/** Puts events that the app itself made onto queue `events`. Throws `QueueUnavailable`; repeating the call is harmless. */
export type PublishOwn = (events: readonly CloudEvent[]) => Promise<void>;
