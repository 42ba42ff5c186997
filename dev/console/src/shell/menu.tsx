import { useEffect, useState } from 'preact/hooks';
import { Icon, type IconName } from '../parts/icon.tsx';
import type { Me } from '../wire/shapes.ts';
import { useWords } from '../words/words.ts';
import { LANGUAGES, language, THEMES, theme } from './preferences.ts';
import { hrefOf, route } from './route.ts';
import { useStore } from './store.ts';

type View = keyof ReturnType<typeof useWords>['shell']['view'];

const GROUPS: readonly { readonly name: 'seeing' | 'doing' | 'running'; readonly views: readonly View[] }[] =
  [
    { name: 'seeing', views: ['now', 'notifications', 'people'] },
    { name: 'doing', views: ['write', 'parked'] },
    { name: 'running', views: ['hooks', 'topics', 'settings', 'audit'] },
  ];
const ICONS: { readonly [view in View]: IconName } = {
  now: 'now',
  notifications: 'notifications',
  people: 'people',
  write: 'write',
  parked: 'parked',
  hooks: 'hooks',
  topics: 'topics',
  settings: 'settings',
  audit: 'audit',
};

/** Beside the content; on a narrow window behind a button. */
export function Menu({ me, view }: { readonly me: Me | undefined; readonly view: string }) {
  const { shell } = useWords();
  const [isOpen, setOpen] = useState(false);
  useEffect(() => route.subscribe(() => setOpen(false)), []);
  useEffect(() => {
    if (!isOpen) return;
    const pressed = ({ key }: KeyboardEvent) => {
      if (key === 'Escape') setOpen(false);
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [isOpen]);
  const mayWrite = me === undefined || me.roles.some((role) => role !== 'reader');
  return (
    <header class={`menu${isOpen ? ' is-open' : ''}`}>
      <div class="menu-top">
        <a class="brand" href={hrefOf('now')}>
          <span class="brand-mark">
            <Icon name="notifications" size={20} />
          </span>
          <span>{shell.name}</span>
        </a>
        <button
          type="button"
          class="button is-bare menu-button"
          aria-expanded={isOpen}
          aria-controls="menu"
          onClick={() => setOpen(!isOpen)}
        >
          <Icon name={isOpen ? 'close' : 'menu'} />
          <span class="only-spoken">{shell.menu}</span>
        </button>
      </div>
      <div class="menu-rest" id="menu">
        <nav aria-label={shell.views}>
          {GROUPS.map(({ name, views }) => (
            <div class="menu-group">
              <p class="menu-heading" aria-hidden="true">
                {shell[name]}
              </p>
              <ul>
                {views
                  .filter((one) => one !== 'write' || mayWrite)
                  .map((one) => (
                    <li>
                      <a href={hrefOf(one)} aria-current={one === view ? 'page' : undefined}>
                        <Icon name={ICONS[one]} />
                        {shell.view[one]}
                      </a>
                    </li>
                  ))}
              </ul>
            </div>
          ))}
        </nav>
        <MenuFoot me={me} />
      </div>
    </header>
  );
}

function MenuFoot({ me }: { readonly me: Me | undefined }) {
  const { shell } = useWords();
  const lang = useStore(language);
  const chosen = useStore(theme);
  const role = (['operator', 'author', 'reader'] as const).find((one) => me?.roles.includes(one));
  return (
    <div class="menu-foot">
      <div class="menu-choices">
        <label>
          <span class="only-spoken">{shell.language}</span>
          <select
            class="input is-small"
            value={lang}
            onChange={({ currentTarget }) =>
              language.set(LANGUAGES.find((one) => one === currentTarget.value) ?? 'en')
            }
          >
            {LANGUAGES.map((one) => (
              <option value={one} selected={one === lang}>
                {shell.languageName[one]}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span class="only-spoken">{shell.theme}</span>
          <select
            class="input is-small"
            value={chosen}
            onChange={({ currentTarget }) =>
              theme.set(THEMES.find((one) => one === currentTarget.value) ?? 'auto')
            }
          >
            {THEMES.map((one) => (
              <option value={one} selected={one === chosen}>
                {shell.themeName[one]}
              </option>
            ))}
          </select>
        </label>
      </div>
      {me !== undefined && (
        <div class="menu-who">
          <p class="menu-name" title={me.name}>
            {me.local ? shell.local : me.name}
          </p>
          <p class="menu-note">
            {role === undefined ? '' : `${shell.role[role]} · `}
            {shell.version(me.version)}
          </p>
        </div>
      )}
    </div>
  );
}
