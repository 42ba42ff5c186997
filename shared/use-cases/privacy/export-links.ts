import type { ChannelAccount, Conversation } from '../../domain/conversation/conversation.ts';
import type { JsonObject } from '../../domain/event/notification.ts';
import { hashOf } from '../../domain/hash.ts';
import { type TenantKey, tenantKey } from '../../domain/ids.ts';
import { type Duration, type Instant, isFarAhead, minutes } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ConversationStore } from '../../ports/conversation/conversation-store.ts';
import type { RecordStore } from '../../ports/record-store.ts';

/** What is kept of a link: until when it opens. A type and not an interface, so that it is JSON by its type. */
export type ExportPass = { readonly until: Instant };

/** So long a link opens. */
export const LINK_OPENS: Duration = minutes(10);

/** 256 bits as base64url. */
const KEY = /^[\w-]{43}$/;
/** Links are found by their key alone, whoever asked for them. */
const ANY_TENANT: TenantKey = tenantKey({ channelId: 'export' });

export interface ExportLinks {
  /** Makes a key that opens what is stored about the person of a conversation, in the place of an earlier one. */
  make(conversation: Conversation): Promise<string>;
  /** What a key opens; `undefined` for one that never was, is over, or whose person is not known any more. */
  open(key: string): Promise<JsonObject | undefined>;
}

/**
 * Hands somebody their data over HTTP, where their channel takes no file. Only a hash of the key is kept, and no copy of the
 * data: it is read when it is asked for. Throws `StoreUnavailable`.
 */
export function exportLinks(deps: {
  readonly passes: RecordStore<ExportPass>;
  readonly conversations: Pick<ConversationStore, 'findConversation'>;
  readonly exportPersonalData: (
    conversation: Conversation,
    speaker: ChannelAccount | undefined,
  ) => Promise<JsonObject>;
  /** 32 bytes that nobody can guess, as base64url. */
  readonly newKey: () => string;
  readonly clock: Clock;
}): ExportLinks {
  return {
    async make({ key: conversation }) {
      for (const { key } of await deps.passes.of(conversation)) await deps.passes.remove(conversation, key);
      const key = deps.newKey();
      const value = { until: deps.clock.now() + LINK_OPENS };
      await deps.passes.put({ conversation, tenant: ANY_TENANT, key: hashOf(key), value });
      return key;
    },

    async open(key) {
      if (!KEY.test(key)) return undefined;
      const { records } = await deps.passes.holders({ key: hashOf(key), tenant: ANY_TENANT }, { limit: 1 });
      const record = records[0]?.record;
      const now = deps.clock.now();
      if (record === undefined || now >= record.value.until) return undefined;
      if (isFarAhead(record.value.until, now, LINK_OPENS)) return undefined;
      const conversation = await deps.conversations.findConversation(record.conversation);
      return conversation === undefined
        ? undefined
        : deps.exportPersonalData(conversation, conversation.user);
    },
  };
}
