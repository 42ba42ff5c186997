import { useEffect, useRef } from 'preact/hooks';
import { NotificationView } from '../notifications/notification-view.tsx';
import { NotificationsView } from '../notifications/notifications-view.tsx';
import { NowView } from '../now/now-view.tsx';
import { Empty, Failed, Loading } from '../parts/situations.tsx';
import { PeopleView } from '../people/people-view.tsx';
import { PersonView } from '../people/person-view.tsx';
import { AuditView } from '../run/audit-view.tsx';
import { HooksView } from '../run/hooks-view.tsx';
import { ParkedView } from '../run/parked-view.tsx';
import { SettingsView } from '../run/settings-view.tsx';
import { TopicsView } from '../run/topics-view.tsx';
import * as api from '../wire/api.ts';
import { useAsked } from '../wire/use-asked.ts';
import { useWords } from '../words/words.ts';
import { DraftView } from '../write/draft-view.tsx';
import { WriteView } from '../write/write-view.tsx';
import { Announcements } from './announce.tsx';
import { Menu } from './menu.tsx';
import { language } from './preferences.ts';
import { type Route, route } from './route.ts';
import { SessionEnded } from './session-ended.tsx';
import { useStore } from './store.ts';
import { Who } from './who.ts';

export function App() {
  const words = useWords();
  const me = useAsked(api.me, 'me');
  const place = useStore(route);
  // What the server says is in the language of the page, too. What is being written stays.
  const spoken = useStore(language);
  const visit = place.view === 'parked' ? place.view : place.visit;
  return (
    <>
      <button type="button" class="skip" onClick={skipToContent}>
        {words.shell.skip}
      </button>
      <Menu me={me.value} view={place.view} />
      <main id="content" class="content" tabIndex={-1}>
        {me.value !== undefined && (
          <Who.Provider value={me.value}>
            <Content key={place.view === 'write' ? visit : `${visit} ${spoken}`} place={place} />
          </Who.Provider>
        )}
        {me.isLoading && <Loading />}
        {me.value === undefined && me.problem !== undefined && me.problem.status !== 401 && (
          <Failed problem={me.problem} retry={me.reload} />
        )}
      </main>
      <Announcements />
      <SessionEnded onSignedIn={me.reload} />
    </>
  );
}

/** A link would change the address, which says the view. */
function skipToContent(): void {
  document.getElementById('content')?.focus();
}

let isFirstView = true;

function Content({ place }: { readonly place: Route }) {
  const { shell } = useWords();
  const box = useRef<HTMLDivElement>(null);
  const { view, id } = place;
  useEffect(() => {
    // Whoever follows a link hears where they are; the first view leaves the focus where the browser has it.
    if (isFirstView) {
      isFirstView = false;
      return;
    }
    scrollTo(0, 0);
    box.current?.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    const name = Reflect.get(shell.view, view);
    document.title = `${typeof name === 'string' ? name : shell.notFoundTitle} · ${shell.name}`;
  }, [view, shell]);
  return <div ref={box}>{viewOf(view, id)}</div>;
}

function viewOf(view: string, id: string | undefined) {
  switch (view) {
    case 'now':
      return <NowView />;
    case 'notifications':
      return id === undefined ? <NotificationsView /> : <NotificationView id={id} />;
    case 'people':
      return id === undefined ? <PeopleView /> : <PersonView personKey={id} />;
    case 'write':
      return id === undefined ? <WriteView /> : <DraftView id={id} />;
    case 'parked':
      return <ParkedView id={id} />;
    case 'hooks':
      return <HooksView />;
    case 'topics':
      return <TopicsView />;
    case 'settings':
      return <SettingsView />;
    case 'audit':
      return <AuditView />;
    default:
      return <NotFound />;
  }
}

function NotFound() {
  const { shell } = useWords();
  return (
    <>
      <h1 tabIndex={-1} class="only-spoken">
        {shell.notFoundTitle}
      </h1>
      <Empty icon="question" title={shell.notFoundTitle}>
        {shell.notFoundText}
      </Empty>
    </>
  );
}
