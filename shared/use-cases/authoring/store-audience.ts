import { entriesIn, entryKey, MOST_ENTRIES } from '../../domain/authored/audience-entry.ts';
import { LONGEST_ID } from '../../domain/conversation/channel-text.ts';
import type { Topic } from '../../domain/event/topic.ts';
import type { Fault } from '../../domain/fault.ts';
import { type Duration, seconds } from '../../domain/time.ts';
import type { AudienceInBrief, AudienceStore } from '../../ports/authored/audience-store.ts';
import { recipientOf } from '../audience/make-list.ts';
import { type LookUpDeps, lookUpEntries } from './look-up-entries.ts';

/** Entries looked up before the next ones are begun, so that memory does not grow with the audience. */
const PAGE = 250;

/** So long an author waits for the report; what was not looked up by then is stored all the same. */
const LONGEST_LOOK: Duration = seconds(60);

/** Unknown entries are told one by one up to so many. */
const MOST_UNKNOWN_TOLD = 1000;

/** Faults of entries are told up to so many: a list of another kind has the same in every line. */
const MOST_FAULTS = 20;

export interface AudienceReport {
  readonly audience: AudienceInBrief;
  /** Entries that mean somebody who is known now. */
  readonly known: number;
  readonly unknown: readonly string[];
  readonly unknownCount: number;
  /** Of so many entries `known` and `unknown` tell, where there was no time for all; absent: of all. */
  readonly looked?: number;
  /** Entries that stand there again. */
  readonly duplicates: number;
}

export type StoredAudience =
  | { readonly kind: 'stored'; readonly report: AudienceReport }
  | { readonly kind: 'refused'; readonly faults: readonly Fault[] }
  | { readonly kind: 'changed' }
  | { readonly kind: 'full' };

export interface StoreAudienceDeps extends LookUpDeps {
  readonly audiences: Pick<AudienceStore, 'putAudience'>;
}

/**
 * Stores a list of mails, ids and keys under a name, and says who of them is known now; each is looked up again when somebody is
 * told. Throws `StoreUnavailable`; repeating the call then is harmless.
 */
export async function storeAudience(
  deps: StoreAudienceDeps,
  {
    name,
    given,
    by,
    over,
  }: {
    readonly name: Topic;
    /** A list, or a pasted text. */
    readonly given: string | readonly string[];
    readonly by: string;
    /** The version that it takes the place of; absent where there is none yet. */
    readonly over?: string;
  },
): Promise<StoredAudience> {
  const entries = (typeof given === 'string' ? entriesIn(given) : given).map((entry) => entry.trim());
  const faults = faultsOf(entries);
  if (faults.length > 0) return { kind: 'refused', faults };
  const distinct = [...new Map(entries.map((entry) => [entryKey(entry), entry])).values()];
  const audience = await deps.audiences.putAudience(
    { name, changedAt: deps.clock.now(), changedBy: by },
    distinct,
    ...(over === undefined ? [] : [over]),
  );
  if (typeof audience === 'string') return { kind: audience };
  const unknown: string[] = [];
  const until = deps.clock.now() + LONGEST_LOOK;
  let known = 0;
  let looked = 0;
  while (looked < distinct.length && deps.clock.now() < until) {
    const start = looked;
    const page = distinct.slice(start, start + PAGE);
    const people = await lookUpEntries(deps, page.map(recipientOf));
    people.forEach((person, index) => {
      const entry = page[index];
      if (person !== undefined) known += 1;
      else if (unknown.length < MOST_UNKNOWN_TOLD && entry !== undefined) unknown.push(entry);
    });
    looked += page.length;
  }
  const report = {
    audience,
    known,
    unknown,
    unknownCount: looked - known,
    ...(looked === distinct.length ? {} : { looked }),
    duplicates: entries.length - distinct.length,
  };
  return { kind: 'stored', report };
}

function faultsOf(entries: readonly string[]): readonly Fault[] {
  if (entries.length === 0)
    return [
      {
        path: 'entries',
        message: 'must hold at least one mail, user principal name, id or key',
        rule: 'no-entries',
      },
    ];
  if (entries.length > MOST_ENTRIES) {
    const message = `must have at most ${MOST_ENTRIES} entries; there are ${entries.length}. Store them as two audiences and name both in "to"`;
    return [{ path: 'entries', message, rule: 'too-many', values: { most: MOST_ENTRIES } }];
  }
  const faults: Fault[] = [];
  for (const [index, entry] of entries.entries()) {
    const broken = ruleBrokenBy(entry);
    if (broken !== undefined) faults.push({ path: `entries[${index}]`, ...broken });
    if (faults.length === MOST_FAULTS) break;
  }
  return faults;
}

function ruleBrokenBy(entry: string): Omit<Fault, 'path'> | undefined {
  if (entry === '') return { message: 'must not be empty; leave it out', rule: 'empty' };
  if (entry.length > LONGEST_ID) {
    const message = `must have at most ${LONGEST_ID} characters`;
    return { message, rule: 'too-long', values: { most: LONGEST_ID } };
  }
  if (!entry.isWellFormed()) return { message: 'must be well-formed Unicode', rule: 'well-formed' };
  if (!/\p{Cc}/u.test(entry)) return undefined;
  return { message: 'must be one line, without control characters', rule: 'control-characters' };
}
