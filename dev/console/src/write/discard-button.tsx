import { useState } from 'preact/hooks';
import { Confirm } from '../parts/dialog.tsx';
import { Icon } from '../parts/icon.tsx';
import { tell } from '../shell/announce.tsx';
import { go, hrefOf } from '../shell/route.ts';
import * as api from '../wire/api.ts';
import { useWords } from '../words/words.ts';
import { forgetAsked } from './asked-once.ts';
import { forgetLocally } from './local-draft.ts';
import { forgetMaking } from './make-draft.ts';

export function DiscardButton({ id, etag }: { readonly id: string; readonly etag: string | undefined }) {
  const { write: words } = useWords();
  const [isOpen, setOpen] = useState(false);
  async function discard() {
    if (etag !== undefined) await api.dropDraft(id, etag);
    forgetLocally(id);
    forgetAsked(id);
    forgetMaking(id);
    tell(words.discarded);
    go(hrefOf('write'));
  }
  return (
    <>
      <button type="button" class="button is-bare" onClick={() => setOpen(true)}>
        <Icon name="trash" /> {words.discard}
      </button>
      {isOpen && (
        <Confirm
          isDangerous
          title={words.discardTitle}
          action={words.discardNow}
          onClose={() => setOpen(false)}
          onConfirm={discard}
        >
          <p>{words.discardText}</p>
        </Confirm>
      )}
    </>
  );
}
