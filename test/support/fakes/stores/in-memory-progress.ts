import type { Progress } from '../../../../shared/ports/progress.ts';

export class InMemoryProgress implements Progress {
  readonly #texts = new Map<string, { readonly text: string; readonly tag: string }>();
  #writes = 0;

  async readProgress(name: string): Promise<{ readonly text: string; readonly tag: string } | undefined> {
    return this.#texts.get(name);
  }

  async saveProgress(name: string, text: string, tag?: string): Promise<'saved' | 'lost'> {
    if (this.#texts.get(name)?.tag !== tag) return 'lost';
    this.#writes += 1;
    this.#texts.set(name, { text, tag: String(this.#writes) });
    return 'saved';
  }
}
