import { entryKey } from '../../../../shared/domain/authored/audience-entry.ts';
import type { Topic } from '../../../../shared/domain/event/topic.ts';
import type { PersonKey } from '../../../../shared/domain/ids.ts';
import {
  type AudienceInBrief,
  type AudienceStore,
  MOST_AUDIENCES,
} from '../../../../shared/ports/authored/audience-store.ts';
import {
  type Draft,
  type DraftInBrief,
  type DraftStore,
  MOST_DRAFTS,
} from '../../../../shared/ports/authored/draft-store.ts';
import { byKey, pageOf } from './in-memory-directory.ts';

let versions = 0;
const newVersion = (): string => {
  versions += 1;
  return `v${versions}`;
};

export class InMemoryAudienceStore implements AudienceStore {
  readonly #audiences = new Map<Topic, AudienceInBrief>();
  readonly #entries = new Map<Topic, Map<PersonKey, string>>();

  async findAudience(name: Topic): Promise<AudienceInBrief | undefined> {
    return this.#audiences.get(name);
  }

  async listAudiences(): Promise<readonly AudienceInBrief[]> {
    return [...this.#audiences.values()].sort((a, b) => byKey(a.name, b.name));
  }

  async putAudience(
    audience: Pick<AudienceInBrief, 'name' | 'changedAt' | 'changedBy'>,
    entries: readonly string[],
    over?: string,
  ): Promise<AudienceInBrief | 'changed' | 'full'> {
    const stored = this.#audiences.get(audience.name);
    if (stored?.version !== over) return 'changed';
    if (stored === undefined && this.#audiences.size >= MOST_AUDIENCES) return 'full';
    const next = { ...audience, entries: entries.length, version: newVersion() };
    this.#audiences.set(audience.name, next);
    this.#entries.set(audience.name, new Map(entries.map((entry) => [entryKey(entry), entry])));
    return next;
  }

  async removeAudience(name: Topic, version: string): Promise<boolean> {
    if (this.#audiences.get(name)?.version !== version) return false;
    this.#entries.delete(name);
    return this.#audiences.delete(name);
  }

  async entriesOf(
    name: Topic,
    page: { readonly limit: number; readonly after?: string },
  ): Promise<{ readonly items: readonly string[]; readonly after?: string } | undefined> {
    const stored = this.#entries.get(name);
    if (stored === undefined) return undefined;
    const sorted = [...stored].sort(([a], [b]) => byKey(a, b));
    const { items, ...rest } = pageOf(sorted, page, ([key]) => key);
    return { items: items.map(([, entry]) => entry), ...rest };
  }

  async audiencesNaming(entries: readonly PersonKey[]): Promise<readonly Topic[]> {
    const has = (name: Topic) => entries.some((entry) => this.#entries.get(name)?.has(entry));
    return (await this.listAudiences()).map(({ name }) => name).filter(has);
  }

  async forgetEntries(entries: readonly PersonKey[]): Promise<void> {
    for (const [name, stored] of this.#entries) {
      for (const entry of entries) stored.delete(entry);
      const brief = this.#audiences.get(name);
      if (brief !== undefined) this.#audiences.set(name, { ...brief, entries: stored.size });
    }
  }
}

export class InMemoryDraftStore implements DraftStore {
  readonly #drafts = new Map<string, Draft>();
  readonly #requests = new Map<string, string>();

  async listDrafts(): Promise<readonly DraftInBrief[]> {
    return [...this.#drafts.values()]
      .map(({ content: _content, ...brief }) => brief)
      .sort((a, b) => b.changedAt - a.changedAt || byKey(a.id, b.id));
  }

  async findDraft(id: string): Promise<Draft | undefined> {
    return structuredClone(this.#drafts.get(id));
  }

  async addDraft(draft: Omit<Draft, 'version'>, request: string): Promise<Draft | 'taken' | 'full'> {
    const before = this.#drafts.get(draft.id);
    if (before !== undefined)
      return this.#requests.get(draft.id) === request ? structuredClone(before) : 'taken';
    if (this.#drafts.size >= MOST_DRAFTS) return 'full';
    this.#requests.set(draft.id, request);
    return this.#keep(draft);
  }

  async putDraft(draft: Omit<Draft, 'version'>, over: string): Promise<Draft | 'changed'> {
    return this.#drafts.get(draft.id)?.version === over ? this.#keep(draft) : 'changed';
  }

  async removeDraft(id: string, version: string): Promise<boolean> {
    return this.#drafts.get(id)?.version === version && this.#drafts.delete(id);
  }

  #keep(draft: Omit<Draft, 'version'>): Draft {
    const next = structuredClone({ ...draft, version: newVersion() });
    this.#drafts.set(draft.id, next);
    return next;
  }
}
