/** One call that went through a watched port. */
export interface WatchedCall {
  readonly port: string;
  readonly method: string;
}

interface Fault {
  readonly error: Error;
  /** `before`: nothing was done. `after`: it was done, and the answer was lost. */
  readonly when: 'before' | 'after';
}

/**
 * Stands between a use case and its ports: counts the calls, and makes chosen ones fail.
 *
 * Numbering every call over all ports, a test can let a use case die at each of its steps in turn:
 * `watch.failCall(3, { error, when: 'after' })`.
 */
export class Watch {
  /** Every call so far, in order, over all watched ports. */
  readonly calls: WatchedCall[] = [];
  readonly #ports = new Map<string, object>();
  readonly #byNumber = new Map<number, Fault>();
  readonly #byName = new Map<string, Fault[]>();

  /** The port, watched. Only methods are; `name` is what the calls go by. */
  over<Port extends object>(name: string, port: Port): Port {
    this.#ports.set(name, port);
    return new Proxy(port, {
      get: (target, property) => {
        const member: unknown = Reflect.get(target, property, target);
        if (typeof member !== 'function' || typeof property !== 'string') return member;
        return (...parameters: unknown[]): unknown => {
          const run = (): unknown => Reflect.apply(member, target, parameters);
          return this.#call({ port: name, method: property }, run);
        };
      },
    });
  }

  /** How often a method was called, `ledger.recordOutcome`, or any method of a port, `ledger`. */
  count(name: string): number {
    this.#refuseUnknown(name);
    return this.calls.filter(({ port, method }) => name === port || name === `${port}.${method}`).length;
  }

  /** Lets the call with this number fail, the first being 0. */
  failCall(number: number, fault: Fault): void {
    this.#byNumber.set(number, fault);
  }

  /** Lets the next call of a method, `ledger.recordOutcome`, fail; called again, the one after it too. */
  failNext(name: string, fault: Fault): void {
    this.#refuseUnknown(name);
    this.#byName.set(name, [...(this.#byName.get(name) ?? []), fault]);
  }

  /** A name that nothing goes by would never be called, and the test that waits for it could not fail. */
  #refuseUnknown(name: string): void {
    const [port = '', method] = name.split('.');
    const watched = this.#ports.get(port);
    if (watched === undefined || (method !== undefined && !(method in watched)))
      throw new Error(`"${name}" is no watched port or method of one: ${[...this.#ports.keys()].join(', ')}`);
  }

  #call(call: WatchedCall, run: () => unknown): unknown {
    const fault =
      this.#byNumber.get(this.calls.length) ?? this.#byName.get(`${call.port}.${call.method}`)?.shift();
    this.calls.push(call);
    if (fault === undefined) return run();
    if (fault.when === 'before') return Promise.reject(fault.error);
    return Promise.resolve(run()).then(() => {
      throw fault.error;
    });
  }
}
