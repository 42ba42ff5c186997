/** AMQP error conditions that the Service Bus clients know and map to their own error codes. */
export type Condition =
  | 'amqp:decode-error'
  | 'amqp:internal-error'
  | 'amqp:link:message-size-exceeded'
  | 'amqp:not-allowed'
  | 'amqp:not-found'
  | 'amqp:not-implemented'
  | 'com.microsoft:argument-error'
  | 'com.microsoft:message-lock-lost'
  | 'com.microsoft:message-not-found'
  | 'com.microsoft:server-busy';

/**
 * A refusal that goes to the client as an AMQP error. `condition` decides what the client does (retry, give up,
 * treat the lock as lost); `message` is the description that a person reads.
 */
export class BrokerError extends Error {
  readonly condition: Condition;

  constructor(condition: Condition, description: string) {
    super(description);
    this.name = 'BrokerError';
    this.condition = condition;
  }
}

/** The same refusal from any thrown value: what is not a `BrokerError` is a fault of the broker itself. */
export function toBrokerError(thrown: unknown): BrokerError {
  if (thrown instanceof BrokerError) return thrown;
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return new BrokerError('amqp:internal-error', `The broker failed while it served the request: ${text}`);
}
