import { StateChip } from '../parts/chip.tsx';
import { Section } from '../parts/facts.tsx';
import { MoreButton } from '../parts/more-button.tsx';
import { headlineOf, Said } from '../parts/said.tsx';
import { Empty, Failed, Loading } from '../parts/situations.tsx';
import { Time } from '../parts/time.tsx';
import { hrefOf } from '../shell/route.ts';
import * as api from '../wire/api.ts';
import type { Told } from '../wire/shapes.ts';
import { usePages } from '../wire/use-pages.ts';
import { useWords, type Words } from '../words/words.ts';

const EVERY_SECONDS = 20;

/** What became of it in a sentence; codes that the page does not know are read by state and reason. */
export function whyOf({ why, state, reason }: Pick<Told, 'why' | 'state' | 'reason'>, words: Words): string {
  const codes = [why ?? '', `${state}/${reason ?? ''}`, state];
  for (const code of codes) {
    const sentence = words.why[code];
    if (sentence !== undefined) return sentence;
  }
  return words.state[state] ?? state;
}

export function Timeline({ personKey }: { readonly personKey: string }) {
  const { people: words } = useWords();
  const list = usePages(
    (continuation, signal) => api.toldOf(personKey, { continuation }, signal),
    `told ${personKey}`,
    EVERY_SECONDS,
  );
  const { items, isLoading, problem, reload } = list;
  return (
    <Section title={words.timeline}>
      {isLoading && <Loading />}
      {problem !== undefined && <Failed problem={problem} retry={reload} />}
      {!isLoading && problem === undefined && items.length === 0 && (
        <Empty icon="notifications" title={words.timelineEmpty}>
          {words.timelineEmptyText}
        </Empty>
      )}
      <ol class="timeline">
        {items.map((told) => (
          <li key={told.notification}>
            <ToldRow told={told} />
          </li>
        ))}
      </ol>
      <MoreButton list={list} />
    </Section>
  );
}

function ToldRow({ told }: { readonly told: Told }) {
  const words = useWords();
  const { notification, at, kind, title, text, state, reason } = told;
  return (
    <div class="told">
      <span class="told-at">
        <Time at={at} />
      </span>
      <span class="told-main">
        <a href={hrefOf('notifications', notification)} class="row-title" dir="auto">
          {title ?? headlineOf(text ?? kind ?? notification)}
        </a>
        {title !== undefined && text !== undefined && (
          <span class="told-text" dir="auto">
            <Said text={text} />
          </span>
        )}
        <span class="told-why">{whyOf(told, words)}</span>
      </span>
      <StateChip state={state} reason={reason} />
    </div>
  );
}
