import { systemClock } from '../../../shared/adapters/system/system-clock.ts';
import { TableConversationStore } from '../../../shared/adapters/table/people/table-conversation-store.ts';
import { TableService } from '../../../shared/adapters/table/table-service.ts';
import { placeName } from '../../../shared/domain/conversation/conversation.ts';
import { isConversationKey } from '../../../shared/domain/ids.ts';
import { seconds } from '../../../shared/domain/time.ts';
import { silentLog } from '../../silent-log.ts';

const MOST_KEPT = 1000;

/** What people of a running stack are called, by their conversations' keys: read once each from its tables. */
export function namesIn(tables: string): (conversation: string) => Promise<string | undefined> {
  const service = new TableService({
    connection: { connectionString: tables },
    log: silentLog,
    timeout: seconds(1),
  });
  const conversations = new TableConversationStore(service, systemClock);
  const known = new Map<string, string>();
  return async (key) => {
    const name = known.get(key) ?? (await nameOf(key));
    if (name !== undefined) known.set(key, name);
    const [oldest] = known.keys();
    if (known.size > MOST_KEPT && oldest !== undefined) known.delete(oldest);
    return name;
  };

  async function nameOf(key: string): Promise<string | undefined> {
    if (!isConversationKey(key)) return undefined;
    try {
      const record = await conversations.findConversation(key);
      return record && (placeName(record) ?? record.user?.name);
    } catch {
      // The tables stop before the last lines are read: those name nobody.
      return undefined;
    }
  }
}
