import { useEffect, useRef, useState } from 'preact/hooks';
import { Chip } from '../parts/chip.tsx';
import { Section } from '../parts/facts.tsx';
import { TextField } from '../parts/field.tsx';
import { useFormat } from '../parts/format.ts';
import { Heading } from '../parts/heading.tsx';
import { Failed } from '../parts/situations.tsx';
import { useWords } from '../words/words.ts';
import { AudienceFields } from './audience-fields.tsx';
import { Conflict } from './conflict.tsx';
import { ContentFields } from './content-fields.tsx';
import { DeliveryFields } from './delivery-fields.tsx';
import { DiscardButton } from './discard-button.tsx';
import { keepLocally } from './local-draft.ts';
import { emptyForm, type Form, isTooLong } from './message.ts';
import { PreviewPanel } from './preview-panel.tsx';
import { SendPanel } from './send-panel.tsx';
import { useSaving } from './use-saving.ts';

/** What an editor begins with. */
export interface Begun {
  /** By which it goes on the server where it has an `etag`, and on this device. */
  readonly id: string;
  readonly name: string;
  readonly form: Form;
  readonly etag?: string | undefined;
  readonly savedAt?: string | undefined;
  /** It has what the server does not. */
  readonly isChanged: boolean;
}

export function Editor({ begun }: { readonly begun: Begun }) {
  const { shell, write: words } = useWords();
  const format = useFormat();
  const [name, setName] = useState(begun.name);
  const [form, setForm] = useState(begun.form);
  const [isChanged, setChanged] = useState(begun.isChanged);
  const [isKept, setKept] = useState(true);
  const latest = useRef({ name, form });
  latest.current = { name, form };
  const saving = useSaving(
    begun,
    () => latest.current,
    (draft) => {
      setName(draft.name);
      setForm(draft.form);
      setChanged(false);
    },
  );
  const { id, etag } = saving;
  const tooLong = isTooLong(form);
  // What is too long is neither drawn nor compared, kept or sent: the page would stand still.
  const drawn = tooLong ? emptyForm : form;

  useEffect(() => {
    // A copy that nobody wrote in is had again where it came from.
    if (isChanged && !tooLong && (name !== begun.name || form !== begun.form))
      setKept(keepLocally(id, { name, form, etag }));
  }, [name, form, isChanged, id, etag]);
  const change = (changed: Partial<Form>) => {
    setForm((former) => ({ ...former, ...changed }));
    setChanged(true);
  };
  const save = () => {
    if (!isTooLong(latest.current.form)) saving.save(latest.current);
  };
  useSaveKeys(save);

  return (
    <>
      <Heading title={name || words.untitled}>
        <SavedChip isChanged={isChanged} isKept={isKept} isTooLong={tooLong} savedAt={saving.savedAt} />
        <DiscardButton id={id} etag={etag} />
        <button
          type="button"
          class="button"
          disabled={saving.isSaving || !isChanged || tooLong}
          onClick={save}
        >
          {words.save}
        </button>
      </Heading>
      {saving.problem !== undefined && <Failed problem={saving.problem} retry={save} />}
      {saving.isGone && <p class="stale">{words.gone}</p>}
      <div class="editor">
        <div class="editor-form">
          <Section title={words.content}>
            <TextField
              label={words.name}
              value={name}
              onChange={(value) => {
                setName(value);
                setChanged(true);
              }}
            />
            <ContentFields form={form} onChange={change} />
          </Section>
          <AudienceFields form={form} onChange={change} />
          <DeliveryFields form={form} onChange={change} />
        </div>
        <div class="editor-side">
          <PreviewPanel form={drawn} isTooLong={tooLong} />
          <SendPanel form={drawn} draftId={id} etag={etag} />
        </div>
      </div>
      {saving.conflict !== undefined && (
        <Conflict
          mine={{ name, form }}
          theirs={saving.conflict}
          saving={saving}
          close={shell.close}
          time={format.ago}
        />
      )}
    </>
  );
}

function SavedChip({
  isChanged,
  isKept,
  isTooLong: tooLong,
  savedAt,
}: {
  readonly isChanged: boolean;
  readonly isKept: boolean;
  readonly isTooLong: boolean;
  readonly savedAt: string | undefined;
}) {
  const { write: words } = useWords();
  const format = useFormat();
  if (!isKept || tooLong) {
    return (
      <Chip tone="bad" icon="warning">
        {tooLong ? words.tooLongToKeep : words.notKept}
      </Chip>
    );
  }
  if (isChanged) {
    return (
      <Chip tone="waiting" icon="write">
        {words.unsaved}
      </Chip>
    );
  }
  return savedAt === undefined ? null : (
    <Chip tone="good" icon="check">
      {words.savedAt(format.ago(savedAt))}
    </Chip>
  );
}

/** Control (or Command) and S saves, as elsewhere. */
function useSaveKeys(save: () => void): void {
  const latest = useRef(save);
  latest.current = save;
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      latest.current();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, []);
}
