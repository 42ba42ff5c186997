import { useEffect } from 'preact/hooks';
import { store, useStore } from './store.ts';

interface Said {
  readonly text: string;
  readonly tone: 'good' | 'bad';
  readonly at: number;
}

const SHOWN_MS = 6000;
const said = store<Said | undefined>(undefined);
const spoken = store('');

/** Says what was done, for a moment on the page and to screen readers. */
export function tell(text: string, tone: Said['tone'] = 'good'): void {
  said.set({ text, tone, at: performance.now() });
}

/** Says something to screen readers alone: counts that changed, how much was found. */
export function speak(text: string): void {
  spoken.set(text);
}

export function Announcements() {
  const shown = useStore(said);
  const words = useStore(spoken);
  useEffect(() => {
    if (shown === undefined) return;
    const timer = setTimeout(() => said.set(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [shown]);
  return (
    <>
      <div class="toasts" role="status" aria-live="polite">
        {shown !== undefined && <p class={`toast is-${shown.tone}`}>{shown.text}</p>}
      </div>
      <div class="only-spoken" aria-live="polite" aria-atomic="true" data-spoken>
        {words}
      </div>
    </>
  );
}
