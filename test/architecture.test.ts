import { describe, expect, it } from 'vitest';
import { everyImport, read, sources, withoutComments } from './support/imports.ts';

const { workspaces } = JSON.parse(read('package.json')) as { workspaces: readonly string[] };

/**
 * Who may import whom among the rooms, and which packages. `*` allows every package.
 * A room may always import from itself.
 */
const rooms: readonly {
  readonly room: string;
  readonly imports: readonly string[];
  readonly packages: readonly string[];
}[] = [
  { room: 'shared/domain', imports: [], packages: ['node:crypto'] },
  { room: 'shared/ports', imports: ['shared/domain'], packages: [] },
  { room: 'shared/locale', imports: ['shared/domain'], packages: [] },
  {
    room: 'shared/calendar',
    imports: ['shared/domain', 'shared/locale'],
    packages: ['rrule-temporal'],
  },
  {
    room: 'shared/catalog',
    imports: ['shared/domain', 'shared/calendar', 'shared/locale'],
    packages: ['zod'],
  },
  {
    room: 'shared/use-cases',
    imports: ['shared/domain', 'shared/ports', 'shared/calendar', 'shared/catalog', 'shared/locale'],
    packages: ['node:crypto'],
  },
  {
    room: 'shared/chat',
    imports: [
      'shared/domain',
      'shared/ports',
      'shared/calendar',
      'shared/catalog',
      'shared/locale',
      'shared/use-cases',
    ],
    packages: ['node:crypto', 'zod'],
  },
  { room: 'shared/adapters/http', imports: [], packages: ['undici'] },
  {
    room: 'shared/adapters/table',
    imports: ['shared/domain', 'shared/ports', 'shared/settings', 'shared/adapters/http'],
    packages: ['*'],
  },
  {
    room: 'shared/adapters/service-bus',
    imports: ['shared/domain', 'shared/ports', 'shared/settings', 'shared/manifest.ts'],
    packages: ['*'],
  },
  {
    room: 'shared/adapters/bot',
    imports: ['shared/domain', 'shared/ports', 'shared/settings', 'shared/adapters/http'],
    packages: ['*'],
  },
  // Each implements the door beside them, and knows nothing else of the adapter.
  ...['botbuilder', 'agents'].map((sdk) => ({
    room: `shared/adapters/bot/sdk/${sdk}`,
    imports: ['shared/domain', 'shared/ports', 'shared/adapters/bot/sdk/sdk.ts'],
    packages: ['*'],
  })),
  {
    room: 'shared/adapters/system',
    imports: ['shared/domain', 'shared/ports'],
    packages: ['node:async_hooks', 'node:crypto', 'node:fs/promises'],
  },
  {
    room: 'shared/kinds',
    imports: [
      'shared/domain',
      'shared/ports',
      'shared/use-cases',
      'shared/chat',
      'shared/catalog',
      'shared/calendar',
      'shared/locale',
      'shared/adapters/table',
      'app',
    ],
    packages: ['htmlparser2', 'markdown-it', 'node:crypto', 'node:zlib', 'zod'],
  },
  {
    room: 'app',
    imports: [
      'shared/domain',
      'shared/ports',
      'shared/use-cases',
      'shared/chat',
      'shared/catalog',
      'shared/calendar',
      'shared/locale',
      'shared/adapters/table',
      'shared/kinds',
    ],
    packages: ['*'],
  },
  {
    room: 'shared/console',
    imports: [
      'shared/domain',
      'shared/ports',
      'shared/use-cases',
      'shared/catalog',
      'shared/calendar',
      'shared/locale',
    ],
    packages: ['node:crypto', 'zod'],
  },
  { room: 'shared/settings', imports: ['shared/domain'], packages: [] },
  {
    room: 'shared/config.ts',
    imports: ['shared/domain', 'shared/settings', 'shared/public-suffix.ts'],
    packages: [],
  },
  { room: 'shared/public-suffix.ts', imports: [], packages: ['tldts'] },
  { room: 'shared/manifest.ts', imports: ['shared/domain'], packages: [] },
  { room: 'shared/compose.ts', imports: ['shared'], packages: ['node:timers/promises'] },
  { room: 'shared/compose-parts.ts', imports: ['shared'], packages: [] },
  { room: 'shared/compose-console.ts', imports: ['shared'], packages: ['node:crypto'] },
  { room: 'shared/compose-bot.ts', imports: ['shared'], packages: ['node:timers/promises'] },
  {
    room: 'functions',
    imports: [
      'shared/domain',
      'shared/ports',
      'shared/use-cases',
      'shared/console',
      'shared/adapters/system',
      'shared/config.ts',
      'shared/settings',
      'shared/compose.ts',
      'shared/manifest.ts',
    ],
    packages: ['@azure/functions'],
  },
  { room: 'dev', imports: ['shared'], packages: ['*'] },
  // Held by test/workspaces.test.ts, which asks for more.
  ...workspaces
    .filter((room) => room !== 'dev/local-server' && room !== 'dev/stack')
    .map((room) => ({ room, imports: [], packages: ['*'] })),
  { room: 'bench', imports: ['shared', 'dev'], packages: ['*'] },
];

/** Packages that are imported in these rooms only, so that each can be exchanged at one seam. */
const seams: readonly { readonly packages: RegExp; readonly rooms: readonly string[] }[] = [
  { packages: /^(botbuilder|botframework)/, rooms: ['shared/adapters/bot/sdk/botbuilder', 'bench'] },
  { packages: /^@microsoft\/agents/, rooms: ['shared/adapters/bot/sdk/agents', 'bench'] },
  { packages: /^#bot-sdk$/, rooms: ['shared/adapters/bot'] },
  { packages: /^@azure\/(data-tables|core-rest-pipeline)/, rooms: ['shared/adapters/table', 'dev', 'bench'] },
  {
    packages: /^@azure\/service-bus/,
    rooms: ['shared/adapters/service-bus', 'dev', 'dev/functions-local', 'bench'],
  },
  { packages: /^@azure\/functions/, rooms: ['functions', 'dev', 'dev/functions-local', 'bench'] },
];

/** What knows a kind beside the place where all meet: the timer of the one that needs a timer. */
const knowTheKinds: readonly string[] = ['functions/reminders.ts'];

/** Plain JavaScript too: no room is left by the ending of a file's name. */
const files = sources.filter(
  (file) => /^(functions|shared|app|dev|bench)\//.test(file) && !isDeclarationOrTest(file),
);
const known = new Set(files);
const imports = everyImport
  .filter(({ file }) => known.has(file))
  .map((found) => ({ ...found, room: roomOf(found.file) }));

function isDeclarationOrTest(file: string): boolean {
  return /\.(d|test)\.[cm]?tsx?$/.test(file) || /^dev\/[^/]+\/test\//.test(file);
}

describe('the rooms of the code', () => {
  it('every source file lies in a room', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(files.filter((file) => roomOf(file) === undefined)).toEqual([]);
  });

  it('no room reaches into one that it must not know', () => {
    const trespasses = imports
      .filter(({ isPackage, file, target }) => !isPackage && !isKnown(file, target))
      .filter(({ room, target }) => {
        const allowed = [room, ...(rooms.find((one) => one.room === room)?.imports ?? [])];
        return !allowed.some((place) => target === place || target.startsWith(`${place}/`));
      })
      .map(({ file, target }) => `${file} -> ${target}`);
    expect(trespasses).toEqual([]);
  });

  it('the engine knows no kind', () => {
    const still = imports.filter(({ file, target }) => isKnown(file, target)).map(({ file }) => file);
    expect([...new Set(still)].sort()).toEqual([...knowTheKinds].sort());
  });

  it('no kind knows another, and only their catalog knows which are on', () => {
    const folderOf = (path: string) => /^shared\/kinds\/([^/]+)\//.exec(path)?.[1];
    const strangers = imports.filter(({ file, target, isPackage }) => {
      const [own, other] = [folderOf(file), folderOf(target)];
      return !isPackage && own !== undefined && other !== undefined && own !== other;
    });
    expect(strangers.map(({ file, target }) => `${file} -> ${target}`)).toEqual([]);
    const choosing = imports.filter(
      ({ file, target }) => target.startsWith('app/') && !file.startsWith('app/'),
    );
    expect(choosing.map(({ file }) => file)).toEqual(['shared/kinds/catalog.ts']);
  });

  it('nothing but an example, its tests and the registration imports an example', () => {
    const itself = /^(app|(shared|test)\/kinds\/(hotels|travel))\//;
    const dependent = sources
      .filter((file) => !itself.test(file))
      .flatMap((file) =>
        [...withoutComments(read(file)).matchAll(/\b(?:from|import\()\s*'([^']+)'/g)]
          .map(([, target = '']) => target)
          .filter(
            (target) =>
              target.startsWith('.') && /(^|\/)((hotels?|watches|travel)(\/|\.)|hotel-)/.test(target),
          )
          .map((target) => `${file} -> ${target}`),
      );
    expect(dependent).toEqual([]);
  });

  it('no room uses a package that it should not need', () => {
    const strangers = imports
      .filter(({ isPackage }) => isPackage)
      .filter(({ room, target, isTypeOnly }) => {
        const allowed = rooms.find((one) => one.room === room)?.packages ?? [];
        return !(
          allowed.includes('*') ||
          allowed.includes(target) ||
          (isTypeOnly && target === '@azure/functions')
        );
      })
      .map(({ file, target }) => `${file} -> ${target}`);
    expect(strangers).toEqual([]);
  });

  it('an SDK is imported at its seam only', () => {
    const leaks = imports
      .filter(({ isPackage }) => isPackage)
      .filter(({ file, room, target }) =>
        seams.some(
          ({ packages, rooms: allowed }) => packages.test(target) && !allowed.includes(room ?? file),
        ),
      )
      .map(({ file, target }) => `${file} -> ${target}`);
    expect(leaks).toEqual([]);
  });

  it('both SDKs are entered by the name that the build decides about, and by nothing else', () => {
    const inside = /^shared\/adapters\/bot\/sdk\/(botbuilder|agents)\//;
    const burglars = imports.filter(
      ({ file, target }) => inside.test(target) && !inside.test(file) && !file.startsWith('bench/'),
    );
    expect(burglars.map(({ file, target }) => `${file} -> ${target}`)).toEqual([]);
    const entries = imports.filter(({ target }) => target === '#bot-sdk');
    expect(entries.map(({ file }) => file)).toEqual(['shared/adapters/bot/bot.ts']);
  });

  it('only the configuration reads the environment, handed over by the registration table', () => {
    const readers = files.filter(
      (file) => /^(functions|shared)\//.test(file) && withoutComments(read(file)).includes('process.env'),
    );
    expect(readers).toEqual(['functions/main.ts']);
  });

  it('rules and use cases take time and chance from ports', () => {
    const offenders = files.filter(
      (file) =>
        /^shared\/(domain|use-cases|catalog|chat|ports)\//.test(file) &&
        /\bDate\.now\(|new Date\(\)|Math\.random\(|\bsetTimeout\(|\bsetInterval\(/.test(
          withoutComments(read(file)),
        ),
    );
    expect(offenders).toEqual([]);
  });

  it('a path is made of an address by fileURLToPath, which knows spaces and drives', () => {
    const offenders = sources.filter((file) =>
      /import\.meta\.url\s*\)?\s*\)?\.(pathname|href\.)|import\.meta\.url\.(replace|slice)/.test(
        withoutComments(read(file)),
      ),
    );
    expect(offenders).toEqual([]);
  });

  it('no folder is a drawer for everything', () => {
    const drawers = files.filter((file) =>
      /(^|\/)(utils?|helpers?|lib|common|misc|types)(\.ts|\/)/.test(file),
    );
    expect(drawers).toEqual([]);
  });
});

function isKnown(file: string, target: string): boolean {
  return target.startsWith('shared/kinds/') && knowTheKinds.includes(file);
}

describe('the calendar', () => {
  const grammar = files.filter(
    (file) => file.startsWith('shared/calendar/') && !/\/language\/[a-z]{2}\//.test(file),
  );
  /** Names by which a language is told: the grammar and the meaning of times know none. */
  const names =
    /\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:january|february|march|april|june|july|august|september|october|november|december)\b|\b(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|januar|februar|märz|mai|juni|juli|oktober|dezember|heute|morgen|jeden)\b/i;
  const spoken = (source: string): readonly string[] =>
    [
      ...withoutComments(source).matchAll(
        /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`[^`]*`|\/(?![/*])(?:\\.|[^/\\\n])+\/[a-z]*/g,
      ),
    ]
      .map(([literal]) => literal)
      .filter((literal) => names.test(literal));

  it('has the words of a language in its file only', () => {
    expect(grammar.length).toBeGreaterThan(30);
    const found = grammar.flatMap((file) => spoken(read(file)).map((literal) => `${file}: ${literal}`));
    expect(found.filter((each) => !each.startsWith("shared/calendar/understand.ts: 'remind me"))).toEqual([]);
  });

  it('would be found out if it had', () => {
    expect(
      spoken("const day = /^(?:mon|tues)day$/;\nconst at = ['monday', 'x'];\nconst o = `am Freitag`;"),
    ).toHaveLength(2);
    expect(spoken("// every monday\nconst at = 'noon';")).toEqual([]);
  });
});

describe('whether a value is a JSON object', () => {
  const byHand = /typeof [\w.]+ [!=]== 'object' (?:&&|\|\|) !?Array\.isArray/;

  it('is asked in one place', () => {
    const found = files.filter(
      (file) => !/^dev\/[^/]+-local\//.test(file) && byHand.test(withoutComments(read(file))),
    );
    expect(found).toEqual(['shared/domain/json-object.ts']);
  });

  it('would be seen if it were asked elsewhere', () => {
    expect(byHand.test("value !== null && typeof value === 'object' && !Array.isArray(value)")).toBe(true);
  });
});

function roomOf(file: string): string | undefined {
  return rooms
    .map(({ room }) => room)
    .filter((room) => file === room || file.startsWith(`${room}/`))
    .sort((a, b) => b.length - a.length)[0];
}
