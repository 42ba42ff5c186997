import { defined } from '../../domain/defined.ts';
import { type DeliveryError, Outcome } from '../../domain/delivery/delivery.ts';
import type { Notification, Recipient } from '../../domain/event/notification.ts';
import { type ConversationKey, isConversationKey } from '../../domain/ids.ts';
import { inParallel } from '../../domain/in-parallel.ts';
import { toIso } from '../../domain/time.ts';
import type { AddresseeStore } from '../../ports/conversation/addressee-store.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import { homeOf } from '../conversation/find-addressee.ts';
import { unknownLabel } from '../intake/park-unknown.ts';

const AT_ONCE = 16;

/** One recipient as reports show them; times are RFC 3339. */
export interface ReportedRecipient {
  /** The key of whom it was addressed to; absent where nobody is meant. */
  readonly addressee?: string;
  /**
   * The channel's id of the conversation where it was shown or last tried; before that, of where the addressee is told. Absent
   * where nobody is meant, where the addressee is forgotten, and where nobody wrote down which of several it was.
   */
  readonly conversation?: string;
  /**
   * The entry of `to` by which nobody is meant. Absent where the notification does not hold it: of a stored audience, and of
   * who was forgotten.
   */
  readonly entry?: Recipient;
  readonly state: string;
  readonly reason?: string;
  readonly at?: string;
  readonly attempts?: number;
  readonly repeats?: number;
  readonly activityId?: string;
  /** When it was read, or `unknown`; of who was shown a message, where receipts are kept. */
  readonly read?: string;
  /** Why it was not taken back. */
  readonly notRecalled?: string;
  readonly lastError?: DeliveryError;
}

/** A row of the report as the ledger lists it. */
export type ListedResult = Awaited<ReturnType<Ledger['listResults']>>['items'][number];

export interface ReportRecipientsDeps {
  readonly addressees: Pick<AddresseeStore, 'findAddressee'>;
  /** Whether receipts are kept; absent: they are not spoken of. */
  readonly readReceipts?: boolean;
}

export type ReportRecipients = (
  notification: Pick<Notification, 'to'>,
  items: readonly ListedResult[],
) => Promise<readonly ReportedRecipient[]>;

/** Outcomes of those who were shown a message. */
export const SHOWN: ReadonlySet<string> = new Set([Outcome.delivered, Outcome.updated, Outcome.recalled]);

/**
 * Says of recipients whom it was addressed to, where, and what became of it. Where the row does not say in which conversation
 * that was, the addressee is read. Throws `StoreUnavailable`.
 */
export function reportRecipients(deps: ReportRecipientsDeps): ReportRecipients {
  return async ({ to }, items) => {
    const isOfNobody = items.some(({ result }) => result.outcome === Outcome.noSuchRecipient);
    // A row names the entry by a hash.
    const entries = new Map(isOfNobody ? to.map((entry) => [unknownLabel(entry), entry]) : []);
    return inParallel(items, AT_ONCE, async (item) => ({
      ...(item.result.outcome === Outcome.noSuchRecipient
        ? defined({ entry: entries.get(item.conversation) })
        : { addressee: item.conversation, ...defined({ conversation: await placeOf(item) }) }),
      ...becameOf(item, deps.readReceipts === true),
    }));
  };

  async function placeOf({ conversation: key, result }: ListedResult): Promise<string | undefined> {
    const known = result.outcome === undefined ? undefined : (result.shownIn ?? result.triedIn);
    if (known !== undefined || !isConversationKey(key)) return known;
    return whereTold(key, SHOWN.has(result.outcome ?? ''));
  }

  /** Where an addressee is told now, unless it was shown to them in one of several. */
  async function whereTold(key: ConversationKey, wasShown: boolean): Promise<string | undefined> {
    const { record, reach } = (await homeOf(deps.addressees, key)).looked;
    if (record?.suppressed === 'forgotten') return undefined;
    return wasShown && (reach?.places.length ?? 1) > 1 ? undefined : record?.conversationId;
  }
}

/** What the row of a recipient says of them, in two words. */
export function standingOf({ result }: ListedResult): { readonly state: string; readonly reason?: string } {
  const [state, reason] =
    result.outcome === undefined ? [result.state, result.waiting] : [result.outcome, result.reason];
  return { state, ...defined({ reason }) };
}

function becameOf(item: ListedResult, tellsRead: boolean): ReportedRecipient {
  const { result } = item;
  const standing = standingOf(item);
  if (result.outcome === undefined) return standing;
  return {
    ...standing,
    at: toIso(result.at),
    attempts: result.attempts,
    repeats: result.repeats,
    ...(tellsRead && SHOWN.has(result.outcome)
      ? { read: result.readAt === undefined ? 'unknown' : toIso(result.readAt) }
      : {}),
    ...defined({
      activityId: result.activityId,
      notRecalled: result.notRecalled,
      lastError: result.lastError,
    }),
  };
}
