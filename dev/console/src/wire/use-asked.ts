import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { sessionEnded } from '../shell/session.ts';
import { useStore } from '../shell/store.ts';
import { isAborted, type Problem, problemOf } from './problem.ts';

export interface Asking<T> {
  readonly value?: T;
  readonly problem?: Problem;
  readonly isLoading: boolean;
  readonly reload: () => void;
}

const SLOWEST_SECONDS = 120;

/**
 * Asks when it is first drawn and whenever `about` changes; with `everySeconds` again and again. A page that nobody sees asks
 * nothing, and asks at once when it is seen again; faults double the time up to two minutes; an ended session stops it. What
 * was answered last stays while a later question fails.
 */
export function useAsked<T>(
  question: (signal: AbortSignal) => Promise<T>,
  about: string,
  everySeconds?: number,
): Asking<T> {
  const [state, setState] = useState<{ about: string; value?: T; problem?: Problem }>({ about });
  const [turn, setTurn] = useState(0);
  const isOver = useStore(sessionEnded);
  const latest = useRef(question);
  latest.current = question;
  // Another pace holds from the next time on: it is no reason to ask at once.
  const pace = useRef(everySeconds);
  pace.current = everySeconds;

  useEffect(() => {
    if (isOver) return;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let failures = 0;
    const next = () => {
      if (pace.current === undefined || stop.signal.aborted || document.hidden) return;
      const seconds = Math.min(SLOWEST_SECONDS, pace.current * 2 ** failures);
      timer = setTimeout(() => pace.current !== undefined && askNow(), seconds * 1000);
    };
    const askNow = async () => {
      clearTimeout(timer);
      try {
        const value = await latest.current(stop.signal);
        if (stop.signal.aborted) return;
        failures = 0;
        setState({ about, value });
      } catch (error) {
        if (stop.signal.aborted || isAborted(error)) return;
        failures += 1;
        const problem = problemOf(error);
        setState((former) => ({ ...(former.about === about ? former : { about }), problem }));
      }
      next();
    };
    const seen = () => {
      clearTimeout(timer);
      if (!document.hidden && pace.current !== undefined) askNow();
    };
    document.addEventListener('visibilitychange', seen);
    askNow();
    return () => {
      stop.abort();
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', seen);
    };
  }, [about, turn, isOver]);

  const reload = useCallback(() => setTurn((former) => former + 1), []);
  const own = state.about === about ? state : { about };
  return {
    ...(own.value === undefined ? {} : { value: own.value }),
    ...(own.problem === undefined ? {} : { problem: own.problem }),
    isLoading: own.value === undefined && own.problem === undefined,
    reload,
  };
}
