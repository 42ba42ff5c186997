import type { ComponentChildren } from 'preact';
import { Chip } from '../parts/chip.tsx';
import { Section } from '../parts/facts.tsx';
import { plainly, textOf, useFormat } from '../parts/format.ts';
import { SuppressedChip } from '../parts/person-chips.tsx';
import { Time } from '../parts/time.tsx';
import { hrefOf } from '../shell/route.ts';
import type { Person } from '../wire/shapes.ts';
import { useWords } from '../words/words.ts';

type Rows = readonly { readonly [name: string]: unknown }[];
interface Of {
  readonly person: Person;
}

/** The conversations with them alone, and apart from these the groups that know them, where nobody tells them anything. */
export function Reached({ person: { conversations = [] } }: Of) {
  const { people: words } = useWords();
  const isOwn = (one: Rows[number]) => one.conversationType === 'personal';
  const groups = conversations.filter((one) => !isOwn(one));
  return (
    <Section title={words.reached}>
      <Places rows={conversations.filter(isOwn)} />
      {groups.length > 0 && (
        <>
          <h3>{words.shared}</h3>
          <Places rows={groups} />
        </>
      )}
    </Section>
  );
}

function Places({ rows }: { readonly rows: Rows }) {
  const { people: words } = useWords();
  const format = useFormat();
  const kinds: { readonly [kind: string]: string } = words.place;
  return (
    <ul class="lines">
      {rows.map((one) => {
        const kind = textOf(one, 'conversationType') ?? '';
        const suppressed = textOf(one, 'suppressed');
        const since = textOf(one, 'knownSince');
        return (
          <li>
            <span>
              <b dir="auto">{textOf(one, 'name') ?? kinds[kind] ?? kind}</b>
              <span class="note">
                {' '}
                {textOf(one, 'channelId')} {since !== undefined && words.since(format.time(since))}
              </span>
            </span>
            <span class="chips">
              {one.isTold === true && (
                <Chip tone="good" icon="check">
                  {words.told}
                </Chip>
              )}
              <SuppressedChip suppressed={suppressed} />
            </span>
          </li>
        );
      })}
    </ul>
  );
}

export function Wishes({ person }: Of) {
  const { people: words } = useWords();
  const format = useFormat();
  const from: { readonly [from: string]: string } = words.zoneFrom;
  const { zone, subscriptions = [], mutes = [], quietHours = [] } = person;
  return (
    <Section title={words.wishes}>
      <Wish name={words.subscriptions} rows={subscriptions} none={words.noSubscriptions}>
        {(one) => textOf(one, 'topic')}
      </Wish>
      <Wish name={words.mutes} rows={mutes} none={words.noMutes}>
        {(one) => {
          const topic = textOf(one, 'topic');
          const until = textOf(one, 'until');
          const what = topic === undefined || topic === 'everything' ? words.everything : topic;
          return `${what} ${until === undefined ? words.forGood : words.until(format.time(until))}`;
        }}
      </Wish>
      <Wish name={words.quietHours} rows={quietHours} none={words.noQuietHours}>
        {(one) => `${textOf(one, 'from')}–${textOf(one, 'to')}`}
      </Wish>
      {zone !== undefined && (
        <div class="wish">
          <h3>{words.zone}</h3>
          <p>
            {zone.zone} <span class="note">{from[zone.from] ?? zone.from}</span>
          </p>
        </div>
      )}
    </Section>
  );
}

function Wish({
  name,
  rows,
  none,
  children,
}: {
  readonly name: string;
  readonly rows: Rows;
  readonly none: string;
  readonly children: (row: Rows[number]) => ComponentChildren;
}) {
  return (
    <div class="wish">
      <h3>{name}</h3>
      {rows.length === 0 ? (
        <p class="quiet">{none}</p>
      ) : (
        <ul class="chips">
          {rows.map((row) => (
            <li class="chip is-quiet">
              <span>{children(row)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

export function HeldBack({ person: { heldBack = [] } }: Of) {
  const { people: words, why, reason: reasons } = useWords();
  const format = useFormat();
  return (
    <Section title={words.heldBack}>
      {heldBack.length === 0 && <p class="quiet">{words.noHeldBack}</p>}
      <ul class="lines">
        {heldBack.map((one) => {
          const reason = textOf(one, 'reason') ?? '';
          const until = textOf(one, 'until');
          const id = textOf(one, 'notification');
          const kind = textOf(one, 'kind') ?? id;
          return (
            <li>
              <span>
                {id === undefined ? <b>{kind}</b> : <a href={hrefOf('notifications', id)}>{kind}</a>}
                <span class="note"> {why[`deferred/${reason}`] ?? reasons[reason] ?? reason}</span>
              </span>
              {until !== undefined && (
                <Chip tone="waiting" icon="clock">
                  {words.until(format.time(until))}
                </Chip>
              )}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

export function Dialogs({ person: { dialogs = [] } }: Of) {
  const { people: words } = useWords();
  const format = useFormat();
  return (
    <Section title={words.dialog}>
      {dialogs.length === 0 && <p class="quiet">{words.noDialog}</p>}
      <ul class="lines">
        {dialogs.map((one) => {
          const spoke = textOf(one, 'lastSpokenAt');
          const notification = textOf(one, 'notification');
          return (
            <li>
              <span>
                <b>{textOf(one, 'title') ?? textOf(one, 'name') ?? notification ?? plainly(one)}</b>
                {spoke !== undefined && <span class="note"> {words.spoke(format.ago(spoke))}</span>}
              </span>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

/** Reminders, and whatever else kinds keep: a line each, with its time where it has one. */
export function OfKinds({ person: { ofKinds = [] } }: Of) {
  const { people: words } = useWords();
  const names: { readonly [name: string]: string } = words.kindName;
  const lines = ofKinds.flatMap((row) =>
    Object.entries(row).flatMap(([name, value]) =>
      Array.isArray(value) ? value.map((one: unknown) => ({ name, one })) : [],
    ),
  );
  return (
    <Section title={words.kinds}>
      {lines.length === 0 && <p class="quiet">{words.noKinds}</p>}
      <ul class="lines">
        {lines.map(({ name, one }) => {
          const at = textOf(one, 'at');
          const text =
            textOf(one, 'text') ?? textOf(one, 'what') ?? textOf(one, 'name') ?? textOf(one, 'hotelName');
          return (
            <li>
              <span>
                <b dir="auto">{text ?? plainly(one)}</b> <span class="note">{names[name] ?? name}</span>
              </span>
              {at !== undefined && (
                <span class="note">
                  <Time at={at} />
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
