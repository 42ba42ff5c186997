/** Query parameters that note by which names they are asked for. */
export class WatchedQuery extends URLSearchParams {
  readonly #asked: Set<string>;

  constructor(from: URLSearchParams, asked: Set<string>) {
    super(from);
    this.#asked = asked;
  }

  override get(name: string): string | null {
    this.#asked.add(name);
    return super.get(name);
  }

  override getAll(name: string): string[] {
    this.#asked.add(name);
    return super.getAll(name);
  }

  override has(name: string): boolean {
    this.#asked.add(name);
    return super.has(name);
  }
}
