import { BrokerError } from '../broker-error.ts';
import type { Reply, Request } from './request-reply.ts';

/**
 * Claims based security: clients present a token for each address before they attach to it. The broker listens on
 * the loopback interface only and takes every token; the key of the connection string is a fixed public word.
 */
export function answerCbs({ operation }: Request): Reply {
  if (operation === 'put-token') return { status: 202 };
  throw new BrokerError('amqp:not-implemented', `$cbs knows put-token only, not "${operation}".`);
}
