import { Facts } from '../parts/facts.tsx';
import { textOf } from '../parts/format.ts';
import { Heading } from '../parts/heading.tsx';
import { Icon } from '../parts/icon.tsx';
import { UnvouchedChip } from '../parts/person-chips.tsx';
import { Failed, Loading } from '../parts/situations.tsx';
import { hrefOf } from '../shell/route.ts';
import { useWho } from '../shell/who.ts';
import * as api from '../wire/api.ts';
import type { Person } from '../wire/shapes.ts';
import { useAsked } from '../wire/use-asked.ts';
import { useWords } from '../words/words.ts';
import { AskWhy } from './ask-why.tsx';
import { EraseButton } from './erase-button.tsx';
import { Avatar } from './people-view.tsx';
import { Dialogs, HeldBack, OfKinds, Reached, Wishes } from './person-parts.tsx';
import { Timeline } from './timeline.tsx';

const EVERY_SECONDS = 20;

/** What an operator calls somebody. */
export function nameOf({ user, names, key }: Person): string {
  return user.name ?? textOf(names, 'mail') ?? key;
}

export function PersonView({ personKey }: { readonly personKey: string }) {
  const { shell, people: words } = useWords();
  const { mayOperate } = useWho();
  const { value, problem, isLoading, reload } = useAsked(
    (signal) => api.person(personKey, signal),
    `person ${personKey}`,
    EVERY_SECONDS,
  );
  return (
    <>
      <p class="crumbs">
        <a href={hrefOf('people')}>{shell.view.people}</a>
        <Icon name="arrow" size={14} />
      </p>
      {isLoading && <Loading />}
      {value === undefined && problem !== undefined && (
        <>
          <Heading title={shell.view.people} />
          <Failed problem={problem} retry={reload} />
        </>
      )}
      {value !== undefined && (
        <>
          <Heading
            title={
              <span class="with-avatar">
                <Avatar name={nameOf(value)} />
                <span dir="auto">{nameOf(value)}</span>
              </span>
            }
            lead={<Lead person={value} />}
          >
            {mayOperate && <EraseButton person={value} name={nameOf(value)} />}
          </Heading>
          <AskWhy person={value} name={nameOf(value)} />
          <div class="columns is-three">
            <Reached person={value} />
            <Wishes person={value} />
            <div class="stack">
              <HeldBack person={value} />
              <Dialogs person={value} />
              <OfKinds person={value} />
            </div>
          </div>
          <Timeline personKey={value.key} />
          <details class="panel is-folded">
            <summary>{words.ids}</summary>
            <Ids person={value} />
          </details>
        </>
      )}
    </>
  );
}

function Lead({ person }: { readonly person: Person }) {
  const mail = textOf(person.names, 'mail') ?? textOf(person.names, 'userPrincipalName');
  return (
    <span class="chips">
      {mail !== undefined && <span>{mail}</span>}
      <span>{person.channelId}</span>
      {!person.isVouched && <UnvouchedChip />}
    </span>
  );
}

function Ids({ person }: { readonly person: Person }) {
  const { people: words } = useWords();
  const code = (text: string | undefined) => (text === undefined ? undefined : <code>{text}</code>);
  return (
    <Facts
      rows={[
        [words.key, code(person.key)],
        [words.channel, person.channelId],
        [words.mail, textOf(person.names, 'mail')],
        [words.upn, textOf(person.names, 'userPrincipalName')],
        [words.objectId, code(person.user.aadObjectId)],
        [words.userId, code(person.user.id)],
        [words.tenant, code(person.tenantId)],
      ]}
    />
  );
}
