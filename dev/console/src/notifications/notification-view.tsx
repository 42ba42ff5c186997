import { useEffect, useState } from 'preact/hooks';
import { MessagePreview } from '../card/message-preview.tsx';
import { Chip } from '../parts/chip.tsx';
import { CountChips, CountsBar, sumOf } from '../parts/counts-bar.tsx';
import { Facts, Json, Section } from '../parts/facts.tsx';
import { plainly, textOf, useFormat } from '../parts/format.ts';
import { Heading } from '../parts/heading.tsx';
import { Icon } from '../parts/icon.tsx';
import { headlineOf } from '../parts/said.tsx';
import { Failed, Loading, Stale } from '../parts/situations.tsx';
import { Time } from '../parts/time.tsx';
import { speak } from '../shell/announce.tsx';
import { hrefOf, route } from '../shell/route.ts';
import { useStore } from '../shell/store.ts';
import * as api from '../wire/api.ts';
import type { Details } from '../wire/shapes.ts';
import { useAsked } from '../wire/use-asked.ts';
import { useWords } from '../words/words.ts';
import { AddressedTo } from './addressed-to.tsx';
import { arrivalSeconds, isOnItsWay, OnItsWay } from './on-its-way.tsx';
import { RecipientList } from './recipient-list.tsx';
import { atOf, StandingChips } from './standing-chips.tsx';
import { StopActions } from './stop-actions.tsx';

const RUNNING_SECONDS = 2;
const RECALL_SECONDS = 10;

export function NotificationView({ id }: { readonly id: string }) {
  const words = useWords();
  const { query } = useStore(route);
  const [pace, setPace] = useState<'arriving' | 'running' | 'over'>(
    query.has('sent') ? 'arriving' : 'running',
  );
  const ago = Date.now() - Number(query.get('sent') ?? 0);
  const seconds = { arriving: arrivalSeconds(ago), running: RUNNING_SECONDS, over: RECALL_SECONDS };
  const asked = useAsked((signal) => found(id, ago, signal), `notification ${id}`, seconds[pace]);
  const { problem, isLoading, reload } = asked;
  const value = asked.value === 'on its way' ? undefined : asked.value;
  useEffect(() => {
    if (value !== undefined) setPace(value.complete ? 'over' : 'running');
  }, [value?.complete]);
  return (
    <>
      <p class="crumbs">
        <a href={hrefOf('notifications')}>{words.shell.view.notifications}</a>
        <Icon name="arrow" size={14} />
      </p>
      {isLoading && <Loading />}
      {asked.value === 'on its way' && <OnItsWay id={id} />}
      {asked.value === undefined && problem !== undefined && (
        <>
          <Heading title={words.notifications.untitled} />
          <Failed problem={problem} retry={reload} />
        </>
      )}
      {value !== undefined && (
        <>
          <Heading title={<span dir="auto">{headlineOf(value.text ?? value.kind)}</span>}>
            <StopActions details={value} onDone={reload} />
          </Heading>
          <Stale problem={problem} />
          <Progress details={value} />
          <div class="columns is-uneven">
            <Particulars details={value} />
            <Section title={words.notifications.asSeen}>
              {value.activity === undefined || value.activity === null ? (
                <p class="quiet">{words.notifications.noCard}</p>
              ) : (
                <MessagePreview activity={value.activity} />
              )}
            </Section>
          </div>
          <RecipientList details={value} />
          {value.data !== undefined && (
            <details class="panel is-folded">
              <summary>{words.notifications.data}</summary>
              <Json value={value.data} label={words.notifications.data} />
            </details>
          )}
        </>
      )}
    </>
  );
}

/** @param ago so long ago it was sent from here, in milliseconds */
function found(id: string, ago: number, signal: AbortSignal): Promise<Details | 'on its way'> {
  return api.notification(id, signal).catch((error) => {
    if (!isOnItsWay(error, ago)) throw error;
    return 'on its way';
  });
}

function Progress({ details }: { readonly details: Details }) {
  const words = useWords();
  const format = useFormat();
  const { outcomes, pending, addressed, complete } = details;
  const done = words.states.progress(format.number(sumOf(outcomes)), format.number(addressed));
  useEffect(() => speak(complete ? `${words.states.complete}. ${done}` : done), [done, complete]);
  return (
    <Section
      title={words.notifications.counts}
      aside={
        <span class="chips">
          <StandingChips brief={details} />
          {complete && (
            <Chip tone="good" icon="check">
              {words.states.complete}
            </Chip>
          )}
        </span>
      }
    >
      <p class="figure" data-figure>
        <b>{format.number(sumOf(outcomes))}</b> / {words.states.total(format.number(addressed))}
      </p>
      <CountsBar outcomes={outcomes} pending={pending} />
      <p>
        <CountChips outcomes={outcomes} pending={pending} />
      </p>
    </Section>
  );
}

function Particulars({ details }: { readonly details: Details }) {
  const words = useWords();
  const format = useFormat();
  const { notifications: names } = words;
  const { to, delivery, recipient } = details;
  const except = fieldOf(details.data, 'except');
  const mode = textOf(delivery, 'mode');
  const modes: { readonly [mode: string]: string } = words.delivery.modeName;
  const at = (time: string | undefined) => (time === undefined ? undefined : <Time at={time} />);
  return (
    <Section title={names.facts}>
      <Facts
        rows={[
          [names.to, entriesOr(to, recipient)],
          [words.audience.except, except === undefined ? undefined : <AddressedTo to={except} />],
          [names.kind, details.kind],
          [names.source, details.source],
          [names.subject, details.subject],
          [names.accepted, at(details.acceptedAt)],
          [names.first, at(details.firstAt)],
          [names.last, at(details.lastAt)],
          [words.delivery.when, atOf(details.at, words, format.time)],
          [words.delivery.expires, at(textOf(delivery, 'expiresAt'))],
          [names.mode, mode === undefined ? undefined : (modes[mode] ?? mode)],
          [names.urgent, details.urgent === true ? words.shell.yes : undefined],
          [names.key, details.key],
          [
            names.notAddressed,
            details.notAddressed === undefined ? undefined : format.number(details.notAddressed),
          ],
          [names.type, <code>{details.type}</code>],
          [names.eventId, details.eventId === undefined ? undefined : <code>{details.eventId}</code>],
          [names.id, <code>{details.id}</code>],
        ]}
      />
    </Section>
  );
}

function fieldOf(from: unknown, name: string): unknown {
  return typeof from === 'object' && from !== null ? Reflect.get(from, name) : undefined;
}

function entriesOr(to: unknown, recipient: Details['recipient']) {
  if (recipient !== undefined) {
    return (
      <a href={hrefOf('people', recipient.key)} dir="auto">
        {recipient.name ?? plainly(recipient.key)}
      </a>
    );
  }
  return to === undefined ? undefined : <AddressedTo to={to} />;
}
