import { BriefRow } from '../notifications/brief-row.tsx';
import { Chip } from '../parts/chip.tsx';
import { Section } from '../parts/facts.tsx';
import { useFormat } from '../parts/format.ts';
import { Heading } from '../parts/heading.tsx';
import { Icon } from '../parts/icon.tsx';
import { MoreButton } from '../parts/more-button.tsx';
import { Empty, Failed, Loading } from '../parts/situations.tsx';
import { language } from '../shell/preferences.ts';
import { hrefOf } from '../shell/route.ts';
import { useStore } from '../shell/store.ts';
import { useWho } from '../shell/who.ts';
import * as api from '../wire/api.ts';
import type { Draft } from '../wire/shapes.ts';
import { type Pages, usePages } from '../wire/use-pages.ts';
import { useWords } from '../words/words.ts';
import { keptLocally, placeOf, unsavedOnes } from './local-draft.ts';
import { type Form, gist } from './message.ts';
import { fromContent } from './opened.ts';

/** Drafts, and what was sent from here. */
export function WriteView() {
  const { shell, write: words } = useWords();
  return (
    <>
      <Heading title={shell.view.write} lead={words.lead}>
        <a class="button is-primary" href={hrefOf('write', 'new')}>
          <Icon name="plus" /> {words.fresh}
        </a>
      </Heading>
      <div class="columns">
        <Section title={words.drafts}>
          <Drafts />
        </Section>
        <Section title={words.sent}>
          <Sent />
        </Section>
      </div>
    </>
  );
}

function Drafts() {
  const list = usePages((continuation, signal) => api.drafts({ continuation }, signal), 'drafts');
  const { items, isLoading, isMore, problem } = list;
  const unsaved = unsavedOnes(isLoading || isMore || problem !== undefined ? undefined : items);
  return (
    <>
      {unsaved.length > 0 && (
        <ul class="rows">
          {unsaved.map((one) => (
            <li key={one.id}>
              <UnsavedRow {...one} />
            </li>
          ))}
        </ul>
      )}
      <SavedDrafts list={list} hasUnsaved={unsaved.length > 0} />
    </>
  );
}

function UnsavedRow({ id, name, form }: { readonly id: string; readonly name: string; readonly form: Form }) {
  const { write: words } = useWords();
  return (
    <a class="row" href={placeOf(id)}>
      <span class="row-main">
        <span class="row-title" dir="auto">
          {name || gist(form) || words.untitled}
        </span>
      </span>
      <Chip tone="waiting" icon="write">
        {words.unsavedOnes}
      </Chip>
    </a>
  );
}

function SavedDrafts({ list, hasUnsaved }: { readonly list: Pages<Draft>; readonly hasUnsaved: boolean }) {
  const { write: words } = useWords();
  const { items, isLoading, problem, reload } = list;
  if (isLoading) return <Loading />;
  if (problem !== undefined) return <Failed problem={problem} retry={reload} />;
  if (items.length === 0 && !hasUnsaved) {
    return (
      <Empty icon="write" title={words.noDrafts}>
        {words.noDraftsText}
      </Empty>
    );
  }
  return (
    <>
      <ul class="rows">
        {items.map((draft) => (
          <li key={draft.id}>
            <DraftRow draft={draft} />
          </li>
        ))}
      </ul>
      <MoreButton list={list} />
    </>
  );
}

function DraftRow({ draft }: { readonly draft: Draft }) {
  const { write: words } = useWords();
  const format = useFormat();
  const { id, name, content, changedAt, changedBy = '' } = draft;
  const line = gist(fromContent(content));
  return (
    <a class="row" href={hrefOf('write', id)}>
      <span class="row-main">
        <span class="row-title" dir="auto">
          {name || line || words.untitled}
        </span>
        <span class="row-note">
          {changedAt !== undefined && <span>{words.changed(changedBy, format.ago(changedAt))}</span>}
          {name !== '' && line !== '' && <span dir="auto">{line}</span>}
        </span>
      </span>
      {keptLocally(id) !== undefined && (
        <Chip tone="waiting" icon="write">
          {words.unsaved}
        </Chip>
      )}
    </a>
  );
}

function Sent() {
  const { write: words } = useWords();
  const { source } = useWho();
  const list = usePages(
    (continuation, signal) => api.notifications({ source, limit: '20', continuation }, signal),
    `sent ${source} ${useStore(language)}`,
  );
  const { items, isLoading, problem, reload } = list;
  if (isLoading) return <Loading />;
  if (problem !== undefined) return <Failed problem={problem} retry={reload} />;
  if (items.length === 0) return <Empty icon="notifications" title={words.noSent} />;
  return (
    <>
      <ul class="rows">
        {items.map((brief) => (
          <li key={brief.id}>
            <BriefRow brief={brief} />
          </li>
        ))}
      </ul>
      <MoreButton list={list} />
    </>
  );
}
