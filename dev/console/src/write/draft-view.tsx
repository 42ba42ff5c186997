import { Json } from '../parts/facts.tsx';
import { Heading } from '../parts/heading.tsx';
import { Icon } from '../parts/icon.tsx';
import { Failed, Loading } from '../parts/situations.tsx';
import { hrefOf, route } from '../shell/route.ts';
import { useStore } from '../shell/store.ts';
import * as api from '../wire/api.ts';
import { problemOf } from '../wire/problem.ts';
import { useAsked } from '../wire/use-asked.ts';
import { useWords } from '../words/words.ts';
import { DiscardButton } from './discard-button.tsx';
import { type Begun, Editor } from './editor.tsx';
import { type Beginning, keptLocally, localIdOf } from './local-draft.ts';
import { emptyForm, type Form } from './message.ts';
import { opened } from './opened.ts';

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
      {value !== undefined &&
        (value.form === undefined ? <AsItIs draft={value} /> : <Editor begun={value} />)}
    </>
  );
}

/** What the form would lose some of. */
interface LeftAsItIs {
  readonly id?: string;
  readonly etag?: string | undefined;
  readonly name: string;
  readonly content: unknown;
  /** Its kind, where that is another one. */
  readonly type?: string;
  readonly form?: undefined;
}

function AsItIs({ draft: { id, etag, name, content, type } }: { readonly draft: LeftAsItIs }) {
  const { write: words } = useWords();
  return (
    <>
      <Heading title={name || words.untitled}>
        {id !== undefined && <DiscardButton id={id} etag={etag} />}
      </Heading>
      <p class="stale">{type === undefined ? words.otherParts : words.otherKind(type)}</p>
      <Json value={content} label={words.content} />
    </>
  );
}

interface Ways extends Beginning {
  readonly name: (of: string) => string;
  readonly signal: AbortSignal;
}

/** What was written on this device goes on, whatever it was begun with. */
async function begin(id: string, ways: Ways): Promise<Begun | LeftAsItIs> {
  const localId = localIdOf(id, ways);
  const local = keptLocally(localId);
  if (id !== 'new') return beginSaved(id, local, ways.signal);
  if (local !== undefined) return { id: localId, name: local.name, form: local.form, isChanged: true };
  if (ways.copied !== '') return beginCopy(localId, ways);
  const form: Form = ways.topic === '' ? emptyForm : { ...emptyForm, to: [{ topic: ways.topic }] };
  return { id: localId, name: '', form, isChanged: false };
}

async function beginCopy(localId: string, { copied, name, signal }: Ways): Promise<Begun | LeftAsItIs> {
  const { data, text, kind, type } = await api.notification(copied, signal);
  const content = { type, data };
  const { form, ...left } = opened(content);
  const copy = name(text?.slice(0, 40) ?? kind);
  if (form === undefined) return { name: copy, content, ...left };
  return { id: localId, name: copy, form, isChanged: true };
}

async function beginSaved(
  id: string,
  local: ReturnType<typeof keptLocally>,
  signal: AbortSignal,
): Promise<Begun | LeftAsItIs> {
  const found = await api.draft(id, signal).catch((error) => {
    if (local === undefined || problemOf(error).status !== 404) throw error;
    return undefined;
  });
  const mine = local === undefined ? undefined : { name: local.name, form: local.form, isChanged: true };
  if (found === undefined) return { id, name: '', form: emptyForm, isChanged: false, ...mine };
  const { value, etag = value.etag } = found;
  const { name, content, changedAt: savedAt } = value;
  const { form, ...left } = opened(content);
  // What was written here and not saved goes on; saving it finds out whether somebody else saved meanwhile.
  if (mine !== undefined) return { id, savedAt, ...mine, etag: local?.etag ?? etag };
  return form === undefined
    ? { id, etag, name, content, ...left }
    : { id, etag, name, form, savedAt, isChanged: false };
}
