import type { EntryOf } from '../../catalog/entry.ts';
import type { Conversation } from '../../domain/conversation/conversation.ts';
import { isNameOfKind, NAME_RULE } from '../../domain/event/job.ts';
import type { JsonObject, Notification } from '../../domain/event/notification.ts';
import type { ConversationKey, PersonKey } from '../../domain/ids.ts';
import { TakenTwice } from '../../domain/taken-twice.ts';
import type { KeptAudience, KindHooks, KindJob, Unwanted } from '../../ports/kind.ts';

/** What all kinds do at one moment, for the one who has to know nothing of any. */
export interface AllKinds {
  readonly entryOf: EntryOf;
  /** The types that events may have, for error messages. */
  readonly knownTypes: readonly string[];
  /** The names under which those at work keep records: what lies under another is of a kind that is not there any more. */
  readonly keepers: ReadonlySet<string>;
  onAccepted(notification: Notification): Promise<void>;
  /** `always`: at each look at a delivery; `held-back`: when what was held back is let go. */
  stillWanted(
    asked: 'always' | 'held-back',
    notification: Notification,
    conversation: ConversationKey,
  ): Promise<Unwanted | undefined>;
  audience(name: string): KeptAudience | undefined;
  job(work: string): KindJob | undefined;
  remarksOnZone(
    conversation: ConversationKey,
    now: { readonly zone: string; readonly locale: string },
  ): Promise<readonly string[]>;
  /** Moves what all of them keep, and gives what they have to say about it. */
  merge(from: ConversationKey, into: ConversationKey, locale: string): Promise<readonly string[]>;
  exportPersonalData(conversation: ConversationKey): Promise<JsonObject>;
  forgetPersonalData(conversation: Pick<Conversation, 'key'>): Promise<void>;
  /** Of one among several, see `KindHooks`. */
  exportOfMember(conversation: ConversationKey, persons: readonly PersonKey[]): Promise<JsonObject>;
  forgetMember(conversation: ConversationKey, persons: readonly PersonKey[]): Promise<void>;
  redactMember(notification: Notification, persons: readonly PersonKey[]): Notification;
}

/**
 * Throws where an audience or work has a name that could not be read again, or two have the same.
 * @param kinds in the order in which they are asked
 */
export function allKinds(
  kinds: readonly KindHooks[],
  { entryOf, knownTypes }: Pick<AllKinds, 'entryOf' | 'knownTypes'>,
  keepers: ReadonlySet<string> = new Set(),
): AllKinds {
  const audiences = byName(kinds, ({ audiences: own }) => own, 'audience');
  const members = kinds.flatMap(({ personalData }) => personalData?.ofMember ?? []);
  const jobs = byName(kinds, ({ jobs: own }) => own, 'job');
  return {
    entryOf,
    knownTypes,
    keepers,
    async onAccepted(notification) {
      for (const kind of kinds) await kind.onAccepted?.(notification);
    },
    async stillWanted(asked, notification, conversation) {
      for (const { stillWanted } of kinds) {
        if (stillWanted?.asked !== asked || !stillWanted.types.includes(notification.type)) continue;
        const unwanted = await stillWanted.ask(notification, conversation);
        if (unwanted !== undefined) return unwanted;
      }
      return undefined;
    },
    audience: (name) => audiences.get(name),
    job: (work) => jobs.get(work),
    async remarksOnZone(conversation, now) {
      const remarks = await Promise.all(kinds.map((kind) => kind.remarkOnZone?.(conversation, now)));
      return remarks.filter((remark) => remark !== undefined);
    },
    async merge(from, into, locale) {
      const remarks: string[] = [];
      for (const kind of kinds) {
        const remark = await kind.merge?.(from, into, locale);
        if (remark !== undefined) remarks.push(remark);
      }
      return remarks;
    },
    async exportPersonalData(conversation) {
      const parts = await Promise.all(kinds.map((kind) => kind.personalData?.export(conversation)));
      return Object.assign({}, ...parts);
    },
    async forgetPersonalData(conversation) {
      for (const kind of kinds) await kind.personalData?.forget(conversation);
    },
    async exportOfMember(conversation, persons) {
      const parts = await Promise.all(members.map((kind) => kind.export(conversation, persons)));
      return Object.assign({}, ...parts);
    },
    async forgetMember(conversation, persons) {
      for (const kind of members) await kind.forget(conversation, persons);
    },
    redactMember: (notification, persons) =>
      members.reduce((redacted, kind) => kind.redact(redacted, persons), notification),
  };
}

function byName<T extends { readonly field: string }>(
  kinds: readonly KindHooks[],
  own: (kind: KindHooks) => Readonly<Record<string, T>> | undefined,
  what: string,
): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  for (const [name, value] of kinds.flatMap((kind) => Object.entries(own(kind) ?? {}))) {
    for (const given of [name, value.field]) {
      if (!isNameOfKind(given))
        throw new Error(`${what} "${name}" of a kind cannot be stored: "${given}" is no name; ${NAME_RULE}`);
    }
    if (found.has(name)) throw new TakenTwice(what, name);
    found.set(name, value);
  }
  return found;
}
