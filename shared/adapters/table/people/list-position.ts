import { type ConversationKey, isConversationKey, isTenantKey, type TenantKey } from '../../../domain/ids.ts';

/** A place in the listing of conversations, which goes tenant by tenant. */
export interface Position {
  readonly tenant: TenantKey;
  readonly conversation: ConversationKey;
}

export function writePosition({ tenant, conversation }: Position): string {
  return `${tenant}.${conversation}`;
}

/** Throws `RangeError` for text that no page gave. */
export function readPosition(after: string): Position {
  const [tenant = '', conversation = '', ...more] = after.split('.');
  if (isTenantKey(tenant) && isConversationKey(conversation) && more.length === 0) {
    return { tenant, conversation };
  }
  throw new RangeError('"after" must be what the previous page gave; leave it out to begin again');
}
