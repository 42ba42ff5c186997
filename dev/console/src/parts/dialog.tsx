import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Problem, problemOf } from '../wire/problem.ts';
import { useWords } from '../words/words.ts';
import { Failed } from './situations.tsx';

/** On top of everything, with the focus inside; Escape closes it. */
export function Dialog({
  title,
  wide = false,
  onClose,
  children,
}: {
  readonly title: string;
  readonly wide?: boolean;
  readonly onClose?: () => void;
  readonly children: ComponentChildren;
}) {
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const opened = box.current;
    const before = document.activeElement;
    opened?.showModal();
    return () => {
      opened?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={box}
      class={`dialog${wide ? ' is-wide' : ''}`}
      aria-labelledby="dialog-title"
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
    >
      <h2 id="dialog-title">{title}</h2>
      {children}
    </dialog>
  );
}

/** Asks before something that cannot be undone; stays open with the reason where it fails. */
export function Confirm({
  title,
  action,
  isDangerous = false,
  onClose,
  onConfirm,
  children,
}: {
  readonly title: string;
  /** What the button says that does it. */
  readonly action: string;
  readonly isDangerous?: boolean;
  readonly onClose: () => void;
  readonly onConfirm: () => Promise<void>;
  readonly children?: ComponentChildren;
}) {
  const { shell } = useWords();
  const [state, setState] = useState<{ isBusy: boolean; problem?: Problem }>({ isBusy: false });
  async function confirm() {
    setState({ isBusy: true });
    try {
      await onConfirm();
      onClose();
    } catch (error) {
      setState({ isBusy: false, problem: problemOf(error) });
    }
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <div class="dialog-text">{children}</div>
      {state.problem !== undefined && <Failed problem={state.problem} />}
      <div class="dialog-actions">
        <button type="button" class="button" onClick={onClose}>
          {shell.keep}
        </button>
        <button
          type="button"
          class={`button ${isDangerous ? 'is-danger' : 'is-primary'}`}
          disabled={state.isBusy}
          onClick={confirm}
        >
          {action}
        </button>
      </div>
    </Dialog>
  );
}
