import { type Fault, type FaultRequest, faultShape } from './fault.ts';

/** The faults in force, oldest first. */
export class Faults {
  readonly #faults = new Map<string, Fault>();
  #next = 1;
  /** Called when a fault comes or goes. */
  onChange: () => void = () => {};

  /** Puts a fault in force. Throws ZodError for one that makes no sense. */
  add(request: FaultRequest): Fault {
    const fault: Fault = { ...faultShape.parse(request), id: `f${this.#next++}`, applied: 0 };
    this.#faults.set(fault.id, fault);
    this.onChange();
    return fault;
  }

  /** Whether there was one of that id. */
  remove(id: string): boolean {
    const wasThere = this.#faults.delete(id);
    if (wasThere) this.onChange();
    return wasThere;
  }

  clear(): void {
    this.#faults.clear();
    this.onChange();
  }

  list(): Fault[] {
    return [...this.#faults.values()];
  }

  /**
   * The oldest fault that meets a request of the bot, by any of what it is known by, counted as used. `names` are the
   * conversation's id and key.
   */
  take(targets: readonly string[], names: readonly string[]): Fault | undefined {
    return this.#take((fault) => fault.kind !== 'resend' && targets.includes(fault.on), names);
  }

  /** The oldest fault that makes a person's activity reach the bot twice, counted as used. */
  takeResend(names: readonly string[]): Fault | undefined {
    return this.#take((fault) => fault.kind === 'resend', names);
  }

  #take(matches: (fault: Fault) => boolean, names: readonly string[]): Fault | undefined {
    if (this.#faults.size === 0) return undefined;
    for (const fault of this.#faults.values()) {
      if (!matches(fault)) continue;
      if (fault.conversation !== undefined && !names.includes(fault.conversation)) continue;
      fault.applied++;
      if (fault.count !== undefined && fault.applied >= fault.count) this.#faults.delete(fault.id);
      this.onChange();
      return fault;
    }
    return undefined;
  }
}
