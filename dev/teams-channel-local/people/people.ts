import type { Journal } from '../transcript/journal.ts';
import { type Crowd, crowdMember, indexOfObjectId, parseMemberId } from './crowd.ts';
import { guest, PERSONAS, type Person } from './person.ts';

/** Everybody who can be in a conversation: the personas, guests who came by Direct Line, and crowds of a load test. */
export class People {
  readonly #byId = new Map<string, Person>();
  readonly #byName = new Map<string, Person>();
  readonly #crowds = new Map<string, Crowd>();
  readonly #journal: Journal;

  constructor(journal: Journal) {
    this.#journal = journal;
    for (const persona of PERSONAS) this.#add(persona);
  }

  /** By channel user id, short name (`ana`) or directory object id. */
  find(name: string): Person | undefined {
    return this.#byId.get(name) ?? this.#byName.get(name) ?? this.#findInCrowd(name);
  }

  /** Who comes by Direct Line with an id of their own; the same id is the same person again. */
  findOrInvite(id: string, name?: string): Person {
    const known = this.find(id);
    if (known) return known;
    const person = guest(id, name);
    this.#journal.append({ t: 'guest', id, name: person.name });
    return this.#add(person);
  }

  /** A guest who gave no name so far, by the name that they give now; anybody else as they are. */
  named(person: Person, name: string | undefined): Person {
    if (name === undefined || name === '' || person.name !== person.id || person.name === name) return person;
    this.#journal.append({ t: 'guest', id: person.id, name });
    return this.#add(guest(person.id, name));
  }

  /** Puts back a guest whom the journal remembers. */
  restoreGuest(id: string, name: string): Person {
    return this.#add(guest(id, name));
  }

  /** Personas and guests, without the crowds. */
  individuals(): Person[] {
    return [...this.#byId.values()];
  }

  /** Those who came by themselves. */
  guests(): Person[] {
    return this.individuals().filter((person) => !PERSONAS.includes(person));
  }

  /** Adds a crowd, or more of it. */
  addCrowd(crowd: Crowd): void {
    this.#crowds.set(crowd.prefix, crowd);
  }

  crowd(prefix: string): Crowd | undefined {
    return this.#crowds.get(prefix);
  }

  crowds(): Crowd[] {
    return [...this.#crowds.values()];
  }

  #add(person: Person): Person {
    this.#byId.set(person.id, person);
    this.#byName.set(person.key, person);
    if (person.aadObjectId !== undefined) this.#byName.set(person.aadObjectId, person);
    return person;
  }

  #findInCrowd(id: string): Person | undefined {
    const member = parseMemberId(id);
    const crowd = member && this.#crowds.get(member.prefix);
    if (member) return crowd && member.index < crowd.count ? crowdMember(crowd, member.index) : undefined;
    for (const each of this.#crowds.values()) {
      const index = indexOfObjectId(each, id);
      if (index !== undefined) return crowdMember(each, index);
    }
    return undefined;
  }
}
