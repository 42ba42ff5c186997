import { useEffect, useRef, useState } from 'preact/hooks';
import { tell } from '../shell/announce.tsx';
import { hrefOf } from '../shell/route.ts';
import * as api from '../wire/api.ts';
import { type Problem, problemOf } from '../wire/problem.ts';
import { wordsNow } from '../words/words.ts';
import { moveAsked } from './asked-once.ts';
import type { Begun } from './editor.tsx';
import { forgetLocally, keepLocally } from './local-draft.ts';
import { besideOf, forgetMaking, makeDraft } from './make-draft.ts';
import { emptyForm, type Form, gist, isTooLong, toMessage } from './message.ts';
import { opened } from './opened.ts';

/** What is written under which name. */
export interface Written {
  readonly name: string;
  readonly form: Form;
}

/** A version that somebody else saved. */
export interface Theirs extends Written {
  readonly etag: string | undefined;
  readonly changedAt?: string | undefined;
  readonly changedBy?: string | undefined;
  /** The form holds all of it. */
  readonly isWhole: boolean;
}

interface Saved {
  readonly id: string;
  readonly etag?: string | undefined;
  readonly savedAt?: string | undefined;
  readonly isSaving: boolean;
  readonly isGone: boolean;
  readonly problem?: Problem;
  readonly conflict?: Theirs;
}

export interface Saving extends Saved {
  readonly save: (mine: Written) => Promise<void>;
  /** In the place of theirs. */
  readonly saveOver: (mine: Written, theirs: Theirs) => Promise<void>;
  readonly saveBeside: (mine: Written) => Promise<void>;
  readonly take: (theirs: Theirs) => void;
  readonly closeConflict: () => void;
}

/**
 * Saves a draft by its version: where somebody else was faster, both versions are there, and nothing is overwritten. What is written
 * `now`, while it is being saved, stays as it is, and is not saved.
 */
export function useSaving(begun: Begun, now: () => Written, onSaved: (draft: Written) => void): Saving {
  const [state, setState] = useState<Saved>({
    id: begun.id,
    etag: begun.etag,
    savedAt: begun.savedAt,
    isSaving: false,
    isGone: false,
  });

  const isLeft = useRef(false);
  useEffect(() => {
    isLeft.current = false;
    return () => {
      isLeft.current = true;
    };
  }, []);
  const isUnderWay = useRef(false);

  /** One at a time: a second one over the same version would be a conflict with oneself. */
  async function write(mine: Written, id: string, etag: string | undefined): Promise<void> {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    try {
      await writeAlone(mine, id, etag);
    } finally {
      isUnderWay.current = false;
    }
  }

  function keepNow(id: string, etag: string | undefined): void {
    const { name, form } = now();
    if (!isTooLong(form)) keepLocally(id, { name, form, etag });
  }

  async function writeAlone(mine: Written, id: string, etag: string | undefined): Promise<void> {
    const { problem: _, conflict: __, ...former } = state;
    setState({ ...former, isSaving: true });
    const body = {
      name: mine.name || gist(mine.form) || wordsNow().write.untitled,
      content: toMessage(mine.form),
    };
    try {
      const made = etag === undefined;
      const { value, etag: version = value.etag } = made
        ? await makeDraft(id, body)
        : await api.changeDraft(id, body, etag);
      moveAsked(state.id, value.id);
      forgetLocally(state.id);
      forgetLocally(id);
      forgetMaking(state.id);
      // The address becomes that of the draft without drawing the view anew; who left it is elsewhere.
      if (made && !isLeft.current) history.replaceState(null, '', hrefOf('write', value.id));
      setState({
        id: value.id,
        etag: version,
        savedAt: value.changedAt ?? new Date().toISOString(),
        isSaving: false,
        isGone: false,
      });
      const { name, form } = now();
      if (name === mine.name && form === mine.form) onSaved({ name: body.name, form });
      else keepNow(value.id, version);
      tell(wordsNow().write.saved);
    } catch (error) {
      await failed(problemOf(error), former, id);
    }
  }

  async function failed(problem: Problem, former: Saved, id: string): Promise<void> {
    if (problem.status === 404) {
      setState({ ...former, etag: undefined, isSaving: false, isGone: true });
    } else if (problem.status === 412) {
      // Whoever was faster may have been another tab, and what is kept its own: this stays until somebody chose.
      keepNow(id, former.etag);
      try {
        const { value, etag = value.etag } = await api.draft(id);
        const { name, content, changedAt, changedBy } = value;
        const { form } = opened(content);
        const whole = { form: form ?? emptyForm, isWhole: form !== undefined };
        setState({ ...former, isSaving: false, conflict: { name, ...whole, etag, changedAt, changedBy } });
      } catch (error) {
        setState({ ...former, isSaving: false, problem: problemOf(error) });
      }
    } else {
      setState({ ...former, isSaving: false, problem });
    }
  }

  const withoutConflict = () => {
    const { conflict: _, ...rest } = state;
    return rest;
  };
  return {
    ...state,
    save: (mine) => write(mine, state.id, state.etag),
    saveOver: (mine, theirs) => write(mine, state.id, theirs.etag),
    saveBeside: (mine) => write(mine, besideOf(state.id), undefined),
    take(theirs) {
      forgetLocally(state.id);
      forgetMaking(state.id);
      setState({ ...withoutConflict(), etag: theirs.etag, savedAt: theirs.changedAt });
      onSaved(theirs);
    },
    closeConflict: () => setState(withoutConflict()),
  };
}
