import { defineKind } from '../define-kind.ts';
import { hookPosted, hookPostedSchema } from './hook-posted.ts';
import { openHooks } from './hooks.ts';

/** Web hooks: addresses that tools post to. What they post is told to whoever made the address, or to a topic. */
export const hooks = defineKind(hookPostedSchema, { ...hookPosted, open: openHooks });
