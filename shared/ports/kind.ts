import type { Conversation } from '../domain/conversation/conversation.ts';
import type { KeptGroup, Walk } from '../domain/event/job.ts';
import type { JsonObject, Notification } from '../domain/event/notification.ts';
import type { ConversationKey, PersonKey } from '../domain/ids.ts';

/** One page of the members that a kind selects. */
export interface SelectedPage {
  readonly keys: readonly ConversationKey[];
  /** The last member that was looked at; the walk goes on behind it. Absent where nobody was left to look at. */
  readonly upTo?: ConversationKey;
  readonly done: boolean;
}

/** A group whose members a kind keeps and selects by itself. */
export interface KeptAudience {
  /** Under which name the group's key is stored: `{"kind":"watchers","hotel":"<key>"}`. */
  readonly field: string;
  /** Up to `limit` of those whom the walk's notification is for, behind `walk.after`, in key order. */
  select(walk: Walk & { readonly group: KeptGroup }, page: { readonly limit: number }): Promise<SelectedPage>;
}

/** Work of a kind's own, on queue `jobs`, looked after by the sweep until it is done. */
export interface KindJob {
  /** Under which name `about` is stored: `{"kind":"price-report","report":{...}}`. */
  readonly field: string;
  /** Whether it can be read at all: what cannot is parked. */
  isReadable(about: JsonObject): boolean;
  /** May run again after a crash, and by a second copy of the message: its effect happens once. */
  run(about: JsonObject, trace: { readonly traceparent?: string }): Promise<void>;
  /** Whether nobody has to look after it any more. */
  isDone(about: JsonObject): Promise<boolean>;
}

/** Why somebody is not told after all: the wish was ended, or what it would say is over. */
export type Unwanted = 'unsubscribed' | 'lapsed';

/**
 * What the engine asks of a kind, each at its own moment; a kind without state has none of it. Every method may throw
 * `StoreUnavailable`, and is then called again.
 */
export interface KindHooks {
  /** An event was accepted, and nobody has been told yet. Called again with the same one after a crash. */
  onAccepted?(notification: Notification): Promise<void>;
  /**
   * Whether the addressee still wants what they were addressed by, right before it is claimed. Asked of notifications of
   * these types only; `undefined`: as ever.
   */
  readonly stillWanted?: {
    readonly types: readonly string[];
    /** `always`: at each look. `held-back`: only of what was held back, between which and now time has passed. */
    readonly asked: 'always' | 'held-back';
    ask(notification: Notification, conversation: ConversationKey): Promise<Unwanted | undefined>;
  };
  /** By the name of the group, `watchers`. */
  readonly audiences?: Readonly<Record<string, KeptAudience>>;
  /** By the name of the work, `price-report`. */
  readonly jobs?: Readonly<Record<string, KindJob>>;
  /**
   * Moves what it keeps of one addressee to another, who turned out to be the same person; repeating it is harmless. Gives
   * a sentence for them to read, where something is another than it was.
   */
  merge?(from: ConversationKey, into: ConversationKey, locale: string): Promise<string | undefined>;
  /** What it says when somebody's clock becomes another: a sentence, or nothing. */
  remarkOnZone?(
    conversation: ConversationKey,
    now: { readonly zone: string; readonly locale: string },
  ): Promise<string | undefined>;
  /** What the kind keeps about the person of a conversation. */
  readonly personalData?: {
    /** Fields of the export, `{"watches": [...]}`. */
    export(conversation: ConversationKey): Promise<JsonObject>;
    /** Removes all of it; repeating it is harmless. */
    forget(conversation: Pick<Conversation, 'key'>): Promise<void>;
    /** What the kind keeps of one among several in a group or channel, who goes by these names there. */
    readonly ofMember?: {
      export(conversation: ConversationKey, persons: readonly PersonKey[]): Promise<JsonObject>;
      /** Removes it; what belongs to all stays. Repeating it is harmless. */
      forget(conversation: ConversationKey, persons: readonly PersonKey[]): Promise<void>;
      /** A notification of the kind's own without the person; the very object where it does not name them. */
      redact(notification: Notification, persons: readonly PersonKey[]): Notification;
    };
  };
}
