import { type NamedUser, proofsOf } from '../../domain/identity/proofs.ts';
import {
  believedNames,
  comparableName,
  isName,
  type NameKind,
  nameKinds,
} from '../../domain/identity/told-names.ts';
import { isSameChannel } from '../../domain/identity/vouching.ts';
import { tenantKey } from '../../domain/ids.ts';
import { inParallel } from '../../domain/in-parallel.ts';
import type { Duration } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Person } from '../../ports/conversation/conversation-store.ts';
import type { Directory, DirectoryPerson } from '../../ports/conversation/directory.ts';
import type { NameStore } from '../../ports/conversation/name-store.ts';
import type { PeopleIndex } from '../../ports/conversation/people-index.ts';
import { homeOf } from './find-addressee.ts';
import { type FindPersonDeps, findPerson } from './find-person.ts';
import { noteNames } from './note-names.ts';

const AT_ONCE = 16;

export interface FindNamedDeps extends FindPersonDeps {
  readonly names: NameStore;
  readonly peopleIndex: Pick<PeopleIndex, 'noteTold'>;
  /** Absent where none is set up. */
  readonly directory?: () => Promise<Directory>;
  readonly clock: Clock;
}

/**
 * `several`: more than one person goes by the name, so nobody is meant. `refused`: nobody is known by it, and the directory
 * may not be asked. `away`: nobody is known by it yet; the directory may be asked again after a while.
 */
export type FoundNamed =
  | { readonly kind: 'one'; readonly person: Person }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'several'; readonly by: NameKind }
  | { readonly kind: 'refused' }
  | { readonly kind: 'away'; readonly retryAfter: Duration };

export type FindNamed = (named: NamedUser) => Promise<FoundNamed>;

/**
 * Whom an event means by `{"user": ...}`: by an id, see `findPerson`; else by a user principal name, else by a mail address, as a
 * roster or a directory told them within the last 30 days. The directory is asked where nothing that was told leads to
 * anybody; what it says of people who are known is kept as what a roster told.
 *
 * Throws `StoreUnavailable`; repeating it is harmless.
 */
export function findNamed(deps: FindNamedDeps): FindNamed {
  const find = findPerson(deps);
  return async (named) => {
    const person = await find(named);
    if (person !== undefined) return { kind: 'one', person };
    if (!isName(named.user)) return { kind: 'nobody' };
    const told = await byWhatWasTold(named);
    if (told.kind !== 'nobody' || deps.directory === undefined) return told;
    const asked = await askDirectory(await deps.directory(), named.user);
    return asked === 'told' ? byWhatWasTold(named) : asked;
  };

  async function byWhatWasTold(named: NamedUser): Promise<FoundNamed> {
    for (const kind of nameKinds) {
      const people = await peopleCalled(kind, named);
      const [person] = people;
      if (person !== undefined)
        return people.length === 1 ? { kind: 'one', person } : { kind: 'several', by: kind };
    }
    return { kind: 'nobody' };
  }

  /** Each once, whichever of their rows the name was told of: rows are of one person who share a proof or a home. */
  async function peopleCalled(kind: NameKind, { user, channel }: NamedUser): Promise<readonly Person[]> {
    const leads = await deps.names.toldOf(kind, user);
    const rows = await inParallel(leads, AT_ONCE, async (lead) => {
      const name = believedNames(await deps.names.namesOf(lead), deps.clock.now())[kind];
      if (name === undefined || comparableName(name) !== comparableName(user)) return undefined;
      const person = await deps.conversations.findPerson(lead);
      if (person === undefined || !isSameChannel(channel ?? person.channelId, person.channelId))
        return undefined;
      const proofs = proofsOf(person.user, { ...person, tenant: tenantKey(person) }, deps.vouching);
      // Whoever is not vouched for any more goes by no name either.
      if (!proofs.some((proof) => proof.person === lead)) return undefined;
      const { personal } = person;
      const home = personal === undefined ? [] : [(await homeOf(deps.addressees, personal)).key];
      return { person, marks: new Set<string>([...proofs.map((proof) => proof.person), ...home]) };
    });
    return onceEach(rows.filter((row) => row !== undefined));
  }

  /** Both names are asked for, the first that leads to anybody who is known ends it. */
  async function askDirectory(
    directory: Directory,
    name: string,
  ): Promise<'told' | Exclude<FoundNamed, { readonly kind: 'one' | 'several' }>> {
    for (const kind of nameKinds) {
      const answer = await directory.findListed(kind, name);
      if (answer.kind !== 'told') return answer;
      let known = false;
      for (const person of answer.people) known = (await keep(directory.tenantId, person)) || known;
      if (known) return 'told';
    }
    return { kind: 'nobody' };
  }

  /** Of people whom the bot never met nothing is kept. */
  async function keep(tenantId: string, { objectId, ...names }: DirectoryPerson): Promise<boolean> {
    const person = await find({ user: objectId });
    if (person?.tenantId?.toLowerCase() !== tenantId.toLowerCase()) return false;
    await noteNames(deps)(person, { ...names, toldAt: deps.clock.now() });
    return true;
  }
}

interface Row {
  readonly person: Person;
  /** By what else the same person may be known. */
  readonly marks: ReadonlySet<string>;
}

/** One of the rows of each person: with a conversation of their own where there is one, of these the newest. */
function onceEach(rows: readonly Row[]): readonly Person[] {
  let people: readonly Row[] = [];
  for (const row of rows) {
    const same = people.filter(({ marks }) => [...marks].some((mark) => row.marks.has(mark)));
    const all = [...same, row];
    const [best = row] = all.toSorted((one, other) => rank(other.person) - rank(one.person));
    const marks = new Set(all.flatMap((each) => [...each.marks]));
    people = [...people.filter((each) => !same.includes(each)), { person: best.person, marks }];
  }
  return people.map(({ person }) => person);
}

function rank({ personal, metAt }: Person): number {
  return personal === undefined ? metAt - Number.MAX_SAFE_INTEGER : metAt;
}
