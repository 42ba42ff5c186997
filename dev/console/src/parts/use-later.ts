import { useEffect, useRef } from 'preact/hooks';

const PAUSE_MS = 250;

/** Does something once nothing else was asked for during a pause: what is typed is not asked for letter by letter. */
export function useLater(pauseMs = PAUSE_MS): (what: () => void) => void {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (what) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(what, pauseMs);
  };
}
