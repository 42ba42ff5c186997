import {
  comparableName,
  type KnownNames,
  type NameKind,
} from '../../../../shared/domain/identity/told-names.ts';
import type { PersonKey } from '../../../../shared/domain/ids.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import type { NameQuestion, NameStore } from '../../../../shared/ports/conversation/name-store.ts';
import { byKey, type InMemoryDirectory } from './in-memory-directory.ts';

export class InMemoryNameStore implements NameStore {
  readonly #directory: InMemoryDirectory;
  readonly #questions = new Map<string, NameQuestion>();

  constructor(directory: InMemoryDirectory) {
    this.#directory = directory;
  }

  async namesOf(person: PersonKey): Promise<KnownNames | undefined> {
    return structuredClone(this.#directory.names.get(person));
  }

  async tellNames(person: PersonKey, names: KnownNames): Promise<void> {
    this.#directory.names.set(person, structuredClone(names));
  }

  async toldOf(kind: NameKind, name: string): Promise<readonly PersonKey[]> {
    const isTold = ({ [kind]: told }: KnownNames) =>
      told !== undefined && comparableName(told) === comparableName(name);
    return [...this.#directory.names]
      .flatMap(([person, names]) => (isTold(names) ? [person] : []))
      .sort(byKey);
  }

  async forgetNames(person: PersonKey): Promise<void> {
    this.#directory.names.delete(person);
  }

  async askName(question: NameQuestion): Promise<void> {
    this.#questions.set(nameOf(question), question);
  }

  async nameQuestions(until: Instant, limit: number): Promise<readonly NameQuestion[]> {
    return [...this.#questions.values()]
      .filter(({ at }) => at <= until)
      .sort((a, b) => a.at - b.at || byKey(a.person, b.person))
      .slice(0, limit);
  }

  async answeredName(question: NameQuestion): Promise<void> {
    this.#questions.delete(nameOf(question));
  }

  async removeStrays(): Promise<number> {
    const strays = [...this.#directory.names.keys()].filter((person) => !this.#directory.people.has(person));
    for (const person of strays) this.#directory.names.delete(person);
    return strays.length;
  }
}

function nameOf({ at, person }: NameQuestion): string {
  return `${at}:${person}`;
}
