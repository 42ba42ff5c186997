import { Heading } from '../parts/heading.tsx';
import { Icon } from '../parts/icon.tsx';
import { Failed, Loading } from '../parts/situations.tsx';
import { hrefOf, route } from '../shell/route.ts';
import { useStore } from '../shell/store.ts';
import * as api from '../wire/api.ts';
import { useAsked } from '../wire/use-asked.ts';
import { useWords } from '../words/words.ts';
import { type Begun, Editor } from './editor.tsx';
import { keptLocally } from './local-draft.ts';
import { emptyForm, type Form, fromContent } from './message.ts';

/** Opens a draft, or begins a message: empty, to a topic, or as a copy of what was sent. */
export function DraftView({ id }: { readonly id: string }) {
  const { shell, write: words } = useWords();
  const { query } = useStore(route);
  const copied = query.get('copy') ?? '';
  const topic = query.get('topic') ?? '';
  const { value, problem, isLoading, reload } = useAsked(
    (signal) => begin(id, { copied, topic, name: words.copyName, signal }),
    `draft ${id} ${copied} ${topic}`,
  );
  return (
    <>
      <p class="crumbs">
        <a href={hrefOf('write')}>{shell.view.write}</a>
        <Icon name="arrow" size={14} />
      </p>
      {isLoading && <Loading />}
      {value === undefined && problem !== undefined && (
        <>
          <Heading title={words.untitled} />
          <Failed problem={problem} retry={reload} />
        </>
      )}
      {value !== undefined && <Editor begun={value} />}
    </>
  );
}

interface Ways {
  readonly copied: string;
  readonly topic: string;
  readonly name: (of: string) => string;
  readonly signal: AbortSignal;
}

async function begin(id: string, { copied, topic, name, signal }: Ways): Promise<Begun> {
  if (copied !== '') {
    const { data, text, kind } = await api.notification(copied, signal);
    return {
      id: 'new',
      name: name(text?.slice(0, 40) ?? kind),
      form: fromContent({ data }),
      isChanged: true,
    };
  }
  if (topic !== '') {
    const form: Form = { ...emptyForm, to: [{ topic }] };
    return { id: 'new', name: '', form, isChanged: false };
  }
  const local = keptLocally(id);
  if (id === 'new') return { id, name: local?.name ?? '', form: local?.form ?? emptyForm, isChanged: false };
  const { value, etag = value.etag } = await api.draft(id, signal);
  const saved = { id, name: value.name, form: fromContent(value.content), etag, savedAt: value.changedAt };
  // What was written here and not saved goes on; saving it finds out whether somebody else saved meanwhile.
  return local === undefined
    ? { ...saved, isChanged: false }
    : { ...saved, name: local.name, form: local.form, etag: local.etag ?? etag, isChanged: true };
}
