import { MessagePreview } from '../card/message-preview.tsx';
import { EntryName } from '../notifications/addressed-to.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { useWords } from '../words/words.ts';
import { activityOf } from './preview-panel.tsx';
import type { Saving, Theirs, Written } from './use-saving.ts';

/** Two wrote at one draft: both versions beside each other, and the choice. */
export function Conflict({
  mine,
  theirs,
  saving,
  close,
  time,
}: {
  readonly mine: Written;
  readonly theirs: Theirs;
  readonly saving: Saving;
  readonly close: string;
  readonly time: (iso: string) => string;
}) {
  const { write: words } = useWords();
  const { changedBy = '?', changedAt } = theirs;
  return (
    <Dialog title={words.conflictTitle} wide onClose={saving.closeConflict}>
      <p class="dialog-text">
        {words.conflictText(changedBy, changedAt === undefined ? '' : time(changedAt))}
      </p>
      <div class="versions">
        <Version title={words.mine} written={mine} />
        <Version title={words.theirs} written={theirs} />
      </div>
      {!theirs.isWhole && <p class="dialog-text">{words.otherParts}</p>}
      <div class="dialog-actions">
        <button type="button" class="button" onClick={saving.closeConflict}>
          {close}
        </button>
        <button type="button" class="button" onClick={() => saving.saveBeside(mine)}>
          {words.keepBoth}
        </button>
        {theirs.isWhole && (
          <button type="button" class="button" onClick={() => saving.take(theirs)}>
            {words.keepTheirs}
          </button>
        )}
        <button type="button" class="button is-primary" onClick={() => saving.saveOver(mine, theirs)}>
          {words.keepMine}
        </button>
      </div>
    </Dialog>
  );
}

function Version({ title, written: { name, form } }: { readonly title: string; readonly written: Written }) {
  const words = useWords();
  const activity = activityOf(form);
  return (
    <section class="version">
      <h3>{title}</h3>
      <p dir="auto">
        <b>{name || words.write.untitled}</b>
      </p>
      <p class="chips">
        {form.to.map((entry) => (
          <span class="chip is-quiet">
            <EntryName entry={entry} />
          </span>
        ))}
      </p>
      {activity === undefined ? <p class="quiet">–</p> : <MessagePreview activity={activity} width="phone" />}
    </section>
  );
}
