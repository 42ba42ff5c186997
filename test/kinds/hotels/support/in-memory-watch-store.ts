import type { ConversationKey, TenantKey } from '../../../../shared/domain/ids.ts';
import type { HotelKey } from '../../../../shared/kinds/hotels/prices/hotel.ts';
import type { StoredWatch, Watch, WatchStore } from '../../../../shared/kinds/hotels/stores/watch-store.ts';
import { byKey, type InMemoryDirectory, pageOf } from '../../../support/fakes/stores/in-memory-directory.ts';

export class InMemoryWatchStore implements WatchStore {
  readonly #directory: InMemoryDirectory;
  readonly #watches = new Map<string, StoredWatch>();
  #tags = 0;

  constructor(directory: InMemoryDirectory) {
    this.#directory = directory;
  }

  async begin(watch: Watch): Promise<boolean> {
    const tenants = this.#directory.watchTenants.get(watch.hotel) ?? new Set();
    this.#directory.watchTenants.set(watch.hotel, tenants.add(watch.tenant));
    const isNew = !this.#watches.has(nameOf(watch.conversation, watch.hotel));
    this.#put(watch);
    return isNew;
  }

  async end(conversation: ConversationKey, hotel: HotelKey): Promise<boolean> {
    return this.#watches.delete(nameOf(conversation, hotel));
  }

  async find(conversation: ConversationKey, hotel: HotelKey): Promise<StoredWatch | undefined> {
    return structuredClone(this.#watches.get(nameOf(conversation, hotel)));
  }

  async of(conversation: ConversationKey): Promise<readonly Watch[]> {
    const own = [...this.#watches.values()].filter(({ watch }) => watch.conversation === conversation);
    return structuredClone(
      own.map(({ watch }) => watch).sort((a, b) => a.hotelName.localeCompare(b.hotelName, 'en')),
    );
  }

  async watchers(
    { hotel, tenant }: { readonly hotel: HotelKey; readonly tenant: TenantKey },
    page: { readonly limit: number; readonly after?: ConversationKey },
  ): Promise<{ readonly watches: readonly StoredWatch[]; readonly done: boolean }> {
    const all = [...this.#watches.values()]
      .filter(({ watch }) => watch.hotel === hotel && watch.tenant === tenant)
      .sort((a, b) => byKey(a.watch.conversation, b.watch.conversation));
    const { items, after } = pageOf(all, page, ({ watch }) => watch.conversation);
    return { watches: structuredClone(items), done: after === undefined };
  }

  async change(watch: Watch, tag: string): Promise<'saved' | 'lost'> {
    if (this.#watches.get(nameOf(watch.conversation, watch.hotel))?.tag !== tag) return 'lost';
    this.#put(watch);
    return 'saved';
  }

  #put(watch: Watch): void {
    this.#tags += 1;
    this.#watches.set(nameOf(watch.conversation, watch.hotel), {
      watch: structuredClone(watch),
      tag: String(this.#tags),
    });
  }
}

function nameOf(conversation: ConversationKey, hotel: HotelKey): string {
  return `${conversation} ${hotel}`;
}
