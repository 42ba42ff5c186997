import { setImmediate as settled } from 'node:timers/promises';

/**
 * Lets several asynchronous works run against each other in an order that a seed decides: every call of a port that was
 * put `over` waits until it is chosen.
 */
export class Interleaving {
  readonly #waiting: (() => void)[] = [];
  #seed: number;
  readonly #onStep: () => void;

  constructor(seed: number, { onStep = () => {} }: { readonly onStep?: () => void } = {}) {
    this.#seed = seed;
    this.#onStep = onStep;
  }

  /** The port, each of whose calls waits for its turn before it is made, and once more before it answers. */
  over<Port extends object>(port: Port): Port {
    return new Proxy(port, {
      get: (target, property) => {
        const member: unknown = Reflect.get(target, property, target);
        if (typeof member !== 'function') return member;
        return async (...parameters: unknown[]): Promise<unknown> => {
          await this.turn();
          const result: unknown = await Reflect.apply(member, target, parameters);
          await this.turn();
          return result;
        };
      },
    });
  }

  /** Waits until the seed chooses this one. */
  turn(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  /** Runs all works to their end. */
  async run(...works: readonly (() => Promise<unknown>)[]): Promise<void> {
    let open = works.length;
    const failures: unknown[] = [];
    for (const work of works) {
      void work()
        .catch((cause: unknown) => failures.push(cause))
        .finally(() => {
          open -= 1;
        });
    }
    for (let step = 0; open > 0; step += 1) {
      if (step > 10_000) throw new Error('the works wait for each other for ever');
      await settled();
      const [next] = this.#waiting.splice(this.#below(this.#waiting.length), 1);
      this.#onStep();
      next?.();
    }
    if (failures.length > 0) throw failures[0];
  }

  #below(count: number): number {
    // The multiplier of Numerical Recipes: good enough to shuffle a few dozen steps.
    this.#seed = (Math.imul(this.#seed, 1664525) + 1013904223) >>> 0;
    return count === 0 ? 0 : Math.floor((this.#seed / 2 ** 32) * count);
  }
}
