import { useEffect, useState } from 'preact/hooks';

/** A value that parts of the page share: whoever uses it is drawn anew when it changes. */
export interface Store<T> {
  readonly get: () => T;
  readonly set: (value: T) => void;
  readonly subscribe: (heard: () => void) => () => void;
}

export function store<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const heard of listeners) heard();
    },
    subscribe(heard) {
      listeners.add(heard);
      return () => listeners.delete(heard);
    },
  };
}

export function useStore<T>(shared: Store<T>): T {
  const [value, setValue] = useState(() => ({ is: shared.get() }));
  useEffect(() => {
    const heard = () => setValue({ is: shared.get() });
    heard();
    return shared.subscribe(heard);
  }, [shared]);
  return value.is;
}
