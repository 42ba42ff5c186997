/** The life of a process: once it is over, nothing that it asked for or was doing goes on. */
export class Life {
  #isOver = false;

  end(): void {
    this.#isOver = true;
  }

  /** The port as that process has it: its methods give nothing any more when the process is gone. */
  of<Port extends object>(port: Port): Port {
    return new Proxy(port, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return (...given: unknown[]): unknown => {
          if (this.#isOver) return never();
          const result: unknown = Reflect.apply(member, target, given);
          return result instanceof Promise
            ? result.then((value) => (this.#isOver ? never() : value))
            : result;
        };
      },
    });
  }
}

function never(): Promise<never> {
  return new Promise(() => {});
}
