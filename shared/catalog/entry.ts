import type { z } from 'zod';
import type { Content, DeliveryOptions, JsonObject, Recipient } from '../domain/event/notification.ts';
import type { Topic } from '../domain/event/topic.ts';
import type { Fault } from '../domain/fault.ts';
import type { Instant } from '../domain/time.ts';

/** How the person whom a card is rendered for reads. */
export interface Reader {
  /** BCP 47 tag, `en` where the channel tells none. */
  readonly locale: string;
  /** IANA zone. */
  readonly timeZone: string;
  /** The moment in which it is said; absent in previews. */
  readonly now?: Instant;
  /** What was kept for this one person when they were addressed. */
  readonly particulars?: JsonObject;
}

/** What the entry made of an event's data. */
export interface Planned {
  readonly to: readonly Recipient[];
  /** Who of them is not told. */
  readonly except?: readonly Recipient[] | undefined;
  /** What the event or the kind says of delivery; the defaults fill in the rest. */
  readonly delivery: Partial<DeliveryOptions>;
}

/** A topic that people can subscribe to, for the `topics` command. */
export interface TopicOffer {
  /** `builds`, or `builds/<pipeline>` where the rest comes with the events. */
  readonly pattern: string;
  readonly title: (locale: string) => string;
}

/** What a person is asked, beyond being shown something. */
export interface Question {
  /** In the order in which they are offered; no two are alike. */
  readonly choices: readonly string[];
}

/** What a service that asked is told of one answer. */
export interface AnswerReport {
  /** The CloudEvent's `type`. */
  readonly type: string;
  /** Its `data`, to which the event that asked, the conversation and the person are added. */
  readonly data: JsonObject;
}

/**
 * One kind of notification: what its events look like, whom they reach and what a person is shown.
 * Adding a kind is adding a file that exports one of these, and naming it in `catalog.ts`.
 */
export interface CatalogEntry {
  /** The CloudEvent's `type`. */
  readonly type: string;
  /** For people, in lists, in the language of a BCP 47 tag. */
  readonly title: (locale: string) => string;
  /** What `data` looks like, for whoever writes events: `notifier schema` prints it as JSON Schema. `plan` checks by it. */
  readonly schema: z.ZodObject;
  /** A complete `data` that passes, for documentation, `preview` and tests. */
  readonly example: JsonObject;
  readonly topics?: readonly TopicOffer[];
  /** Its notifications say something else to each person: an example of what is kept for one, for `preview`. */
  readonly particularsExample?: JsonObject;
  /** Made by the app itself: an upstream event of this type is refused as an unknown one. */
  readonly internal?: boolean;
  /**
   * The person asked for this very message (a reminder, an answer that took a while): nothing holds it back and the
   * burst guard does not count it.
   */
  readonly askedFor?: boolean;
  /** Checks `data` and says whom it reaches; gives every fault with its path below `data`. */
  plan(
    data: JsonObject,
  ):
    | { readonly ok: true; readonly value: Planned }
    | { readonly ok: false; readonly faults: readonly Fault[] };
  /** What a person is shown. Only ever called with data that `plan` accepted. */
  render(data: JsonObject, reader: Reader): Content;
  /**
   * What it is about beside its topic, by a name that its kind's commands give as well: `reminder 3`. Messages about it say
   * what became of it, whoever says so.
   */
  thing?(data: JsonObject): string | undefined;
  /** The topic whose subscribers this reaches, for "why you get this"; `undefined` when it is not about a topic. */
  topicOf?(data: JsonObject): Topic | undefined;
  /** What people call who sent it, where the event's `source` names it less well. */
  sourceName?(data: JsonObject): string | undefined;
  /** Its card says by itself why the person gets it and how they can end that, so nothing is added. */
  readonly saysWhy?: boolean;
  /** Why the person gets what the app itself made, where they may have forgotten that they asked for it. Markdown. */
  why?(reader: Pick<Reader, 'locale'>): string;
  /**
   * What it asks of the person. An interruption ends with the answer; where nothing is asked, it ends when the person says
   * so. Absent, or `undefined`, when nothing is asked.
   */
  question?(data: JsonObject): Question | undefined;
  /**
   * What `done` and `snooze` say of this very one when somebody quotes its message: whole commands, a time follows
   * the latter. Absent: it is a notification like any other.
   */
  onQuote?(data: JsonObject): { readonly done: string; readonly snooze: string } | undefined;
  /** What to publish of an answer on queue `outcomes`; `undefined` when nobody wants to know. */
  answered?(data: JsonObject, answer: { readonly choice: string }): AnswerReport | undefined;
}

/** Finds the entry for a CloudEvent's type; `undefined` when there is none. */
export type EntryOf = (type: string) => CatalogEntry | undefined;

/** The fields that `data` may have. Others are accepted, and named to whoever published it. */
export function fieldsOf({ schema }: Pick<CatalogEntry, 'schema'>): readonly string[] {
  return Object.keys(schema.shape);
}
