import { useEffect, useState } from 'preact/hooks';
import { Chip, StateChip } from '../parts/chip.tsx';
import { TextField } from '../parts/field.tsx';
import { textOf, useFormat } from '../parts/format.ts';
import { Icon } from '../parts/icon.tsx';
import { Said } from '../parts/said.tsx';
import { Failed, Loading } from '../parts/situations.tsx';
import { Time } from '../parts/time.tsx';
import { speak } from '../shell/announce.tsx';
import { hrefOf } from '../shell/route.ts';
import * as api from '../wire/api.ts';
import type { Brief, Details, Person, Told } from '../wire/shapes.ts';
import { useAsked } from '../wire/use-asked.ts';
import { useWords } from '../words/words.ts';
import { whyOf } from './timeline.tsx';
import { ownAddresses, whyNotAddressed } from './why-not.ts';

const DAYS = 30;
const MOST = 5;

/** "Why was she not told of the failed build": words of the message in, the reason out. */
export function AskWhy({ person, name }: { readonly person: Person; readonly name: string }) {
  const { people: words } = useWords();
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState('');
  return (
    <section class="panel is-accent" aria-label={words.ask(name)}>
      <form
        class="ask"
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(typed.trim());
        }}
      >
        <h2 dir="auto">{words.ask(name)}</h2>
        <div class="ask-line">
          <TextField
            label={words.askLabel}
            isLabelHidden
            placeholder={words.askHint}
            type="search"
            value={typed}
            onChange={(text) => {
              setTyped(text);
              if (text === '') setAsked('');
            }}
          />
          <button type="submit" class="button is-primary" disabled={typed.trim() === ''}>
            <Icon name="question" /> {words.askNow}
          </button>
        </div>
      </form>
      {asked !== '' && <Answers person={person} text={asked} />}
    </section>
  );
}

function Answers({ person, text }: { readonly person: Person; readonly text: string }) {
  const { people: words } = useWords();
  const since = new Date(Date.now() - DAYS * 86_400_000).toISOString();
  const { value, problem, isLoading, reload } = useAsked(
    (signal) => answersOf({ text, since, person, signal }),
    `why ${person.key} ${text}`,
  );
  useEffect(() => {
    if (value?.length === 0) speak(words.askNone);
  }, [value]);
  if (isLoading) return <Loading />;
  if (value === undefined) return problem === undefined ? null : <Failed problem={problem} retry={reload} />;
  if (value.length === 0) return <p class="quiet">{words.askNone}</p>;
  return (
    <>
      {value.length > 1 && <p class="note">{words.askTook}</p>}
      <ol class="answers">
        {value.map((answer) => (
          <li key={answer.brief.id}>
            <AnswerRow answer={answer} person={person} />
          </li>
        ))}
      </ol>
    </>
  );
}

interface Answer {
  readonly brief: Brief;
  /** Where it was addressed to them. */
  readonly told?: Told;
  /** Where it was not. */
  readonly details?: Details;
  /** The keys of whom each of their addresses means that it went to. */
  readonly meant?: ReadonlyMap<string, readonly string[]>;
}

/** The newest notifications with these words, each with what became of it for this person. */
async function answersOf({
  text,
  since,
  person,
  signal,
}: {
  readonly text: string;
  readonly since: string;
  readonly person: Person;
  readonly signal: AbortSignal;
}): Promise<readonly Answer[]> {
  const items = await withWords(text, since, signal);
  const oldest = items.map(({ acceptedAt }) => acceptedAt).sort()[0] ?? since;
  const told = await toldSince(person.key, oldest, signal);
  return Promise.all(
    items.map(async (brief): Promise<Answer> => {
      const own = told.get(brief.id);
      if (own !== undefined) return { brief, told: own };
      const details = await api.notification(brief.id, signal);
      const meant = await Promise.all(
        ownAddresses(details, person).map(async (one) => [one, await keysOf(one, signal)] as const),
      );
      return { brief, details, meant: new Map(meant) };
    }),
  );
}

/** Whom an address means: whoever signs in by it, and where nobody does, who has it as mail. */
async function keysOf(address: string, signal: AbortSignal): Promise<readonly string[]> {
  const { items } = await api.people(address, signal);
  const found = await Promise.all(items.map(({ key }) => api.person(key, signal)));
  const by = (name: string) =>
    found.filter(({ names }) => textOf(names, name)?.toLowerCase() === address.toLowerCase());
  const signingIn = by('userPrincipalName');
  return (signingIn.length > 0 ? signingIn : by('mail')).map(({ key }) => key);
}

/** The newest of these words. A page of the list may be short, or empty, and not be the last. */
async function withWords(text: string, since: string, signal: AbortSignal): Promise<readonly Brief[]> {
  const found: Brief[] = [];
  let continuation: string | undefined;
  do {
    const page = await api.notifications({ text, since, limit: String(MOST), continuation }, signal);
    found.push(...page.items);
    continuation = page.continuation;
  } while (found.length < MOST && continuation !== undefined);
  return found.slice(0, MOST);
}

/** What was addressed to them since then. */
async function toldSince(
  key: string,
  since: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Told>> {
  const found = new Map<string, Told>();
  let continuation: string | undefined;
  do {
    const page = await api.toldOf(key, { limit: '200', continuation }, signal);
    for (const told of page.items) found.set(told.notification, told);
    const last = page.items.at(-1);
    continuation = last !== undefined && last.at >= since ? page.continuation : undefined;
  } while (continuation !== undefined);
  return found;
}

function AnswerRow({ answer, person }: { readonly answer: Answer; readonly person: Person }) {
  const words = useWords();
  const format = useFormat();
  const { brief, told, details, meant = new Map() } = answer;
  const sentence =
    told !== undefined
      ? whyOf(told, words)
      : details === undefined
        ? ''
        : whyNotAddressed(details, person, { words, time: format.time, meant });
  return (
    <div class="answer">
      <p class="answer-what">
        <a href={hrefOf('notifications', brief.id)} dir="auto">
          <Said text={brief.text ?? brief.kind} />
        </a>{' '}
        <span class="note">
          <Time at={brief.acceptedAt} />
        </span>
      </p>
      <p class="answer-why" data-why>
        {sentence}
      </p>
      {told === undefined ? (
        <Chip icon="close">{words.people.verdict.notTold}</Chip>
      ) : (
        <StateChip state={told.state} reason={told.reason} />
      )}
    </div>
  );
}
