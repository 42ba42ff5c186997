import type { ComponentChildren } from 'preact';
import type { Problem } from '../wire/problem.ts';
import { useWords, type Words } from '../words/words.ts';
import { Faults } from './faults.tsx';
import { Icon, type IconName } from './icon.tsx';

/** A problem in words that say what to do. */
export function sentenceOf({ status, code, message }: Problem, { faults, problems }: Words): string {
  if (code === 'unreachable') return problems.unreachable;
  if (code === 'unexpected-answer') return `${problems.unexpected} ${message}`;
  if (code === 'too-short') return problems.tooShort;
  if (status === 403) return problems.notAllowed;
  if (status === 404) return problems.notFound;
  if (status === 412) return problems.changed;
  if (status === 429) return problems.tooMany;
  if (status >= 500) return problems.server;
  const said = Object.hasOwn(faults.problems, code) ? faults.problems[code]?.({}) : undefined;
  return said ?? problems.said(message);
}

export function Loading() {
  const { shell } = useWords();
  return (
    <div class="skeleton" role="status">
      <span class="only-spoken">{shell.loading}</span>
      <i />
      <i />
      <i />
      <i />
    </div>
  );
}

export function Empty({
  icon,
  title,
  children,
}: {
  readonly icon: IconName;
  readonly title: string;
  readonly children?: ComponentChildren;
}) {
  return (
    <div class="empty">
      <span class="empty-icon">
        <Icon name={icon} size={26} />
      </span>
      <p class="empty-title">{title}</p>
      {children !== undefined && <p class="empty-text">{children}</p>}
    </div>
  );
}

/** Something failed: why, and the way on. */
export function Failed({ problem, retry }: { readonly problem: Problem; readonly retry?: () => void }) {
  const words = useWords();
  return (
    <div class="failed" role="alert">
      <Icon name="warning" />
      <div>
        <p>{sentenceOf(problem, words)}</p>
        <Faults faults={problem.faults} />
        {retry !== undefined && problem.status !== 403 && problem.status !== 404 && (
          <button type="button" class="button is-small" onClick={retry}>
            {words.shell.retry}
          </button>
        )}
      </div>
    </div>
  );
}

/** What was answered last still stands here, though the question that followed failed. */
export function Stale({ problem }: { readonly problem: Problem | undefined }) {
  const words = useWords();
  if (problem === undefined) return null;
  return (
    <p class="stale" role="status">
      <Icon name="warning" size={16} /> {words.shell.stale} {sentenceOf(problem, words)}
    </p>
  );
}
