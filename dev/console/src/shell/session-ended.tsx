import { useState } from 'preact/hooks';
import { Dialog } from '../parts/dialog.tsx';
import { useWords } from '../words/words.ts';
import { sessionEnded, signIn } from './session.ts';
import { useStore } from './store.ts';

/** Nobody can go on without a sign-in; what was written stays behind it, and on this device. */
export function SessionEnded({ onSignedIn }: { readonly onSignedIn: () => void }) {
  const { shell } = useWords();
  const isOver = useStore(sessionEnded);
  const [isPutAside, putAside] = useState(false);
  if (!isOver) return null;
  const again = () => {
    // Somebody signed in elsewhere, in another tab: the next question tells.
    sessionEnded.set(false);
    putAside(false);
    onSignedIn();
  };
  if (isPutAside) {
    return (
      <div class="session-bar" role="alert">
        <span>{shell.sessionTitle}.</span>
        <button type="button" class="button is-primary is-small" onClick={signIn}>
          {shell.signIn}
        </button>
      </div>
    );
  }
  return (
    <Dialog title={shell.sessionTitle} onClose={() => putAside(true)}>
      <p class="dialog-text">{shell.sessionText}</p>
      <div class="dialog-actions">
        <button type="button" class="button" onClick={() => putAside(true)}>
          {shell.close}
        </button>
        <button type="button" class="button" onClick={again}>
          {shell.retry}
        </button>
        <button type="button" class="button is-primary" onClick={signIn}>
          {shell.signIn}
        </button>
      </div>
    </Dialog>
  );
}
