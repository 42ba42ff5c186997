import type { KnownNames, NameKind } from '../../domain/identity/told-names.ts';
import type { ConversationKey, PersonKey } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';

/** Somebody whose names are to be asked for. */
export interface NameQuestion {
  readonly person: PersonKey;
  /** In whose roster they stand, where they have no conversation of their own. */
  readonly conversation: ConversationKey;
  /** When; 0 for at once. */
  readonly at: Instant;
}

/**
 * Names that rosters and directories told of people, each under one of the person's proofs. What is found by a name is a
 * lead: whoever follows it reads what is known of the person. Every method may throw `StoreUnavailable`; each write may be
 * repeated without harm.
 */
export interface NameStore {
  namesOf(person: PersonKey): Promise<KnownNames | undefined>;

  /** Has the person known by these names, and by no others any more. */
  tellNames(person: PersonKey, names: KnownNames): Promise<void>;

  /** Of whom this name was told, however long ago. */
  toldOf(kind: NameKind, name: string): Promise<readonly PersonKey[]>;

  /** Removes what was told. */
  forgetNames(person: PersonKey): Promise<void>;

  /** The same question asked twice is one. */
  askName(question: NameQuestion): Promise<void>;

  /** What is to be asked by then, earliest first; `limit` 1..1000. */
  nameQuestions(until: Instant, limit: number): Promise<readonly NameQuestion[]>;

  answeredName(question: NameQuestion): Promise<void>;

  /** Removes names of people who are known no more, as a release that knows no names leaves them. Gives how many. */
  removeStrays(): Promise<number>;
}
