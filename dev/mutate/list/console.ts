import { type Mutation, mutationsIn } from '../mutation.ts';

const tests = [['test/console']] as const;

/** Who may come in to the console, and what is kept of it. */
export const mutations: readonly Mutation[] = [
  ...mutationsIn('shared/console/door/sign-in.ts', tests, [
    ['any claim that says a role is one', 'claims.filter(({ type }) => roleTypes.includes(type))', 'claims'],
    ['anybody of another provider is signed in', "said.auth_typ !== 'aad'", 'false'],
  ]),
  ...mutationsIn('shared/console/door/own-origin.ts', tests, [
    ['a site beside ours may ask', "site !== 'same-origin' && site !== 'none'", "site === 'cross-site'"],
    ['a name that leads here is taken for this machine', "HERE.test(header('host') ?? '')", 'true'],
  ]),
  ...mutationsIn('shared/console/door/door.ts', tests, [
    ['whoever is signed in may do everything', '!who.roles.has(route.role)', 'false'],
    ['a form of another site may write', "arrived.header('x-notifier-console') !== '1'", 'false'],
    [
      'a header speaks for somebody on the local stack',
      'isLocal ? LOCAL_PRINCIPAL :',
      'isLocal && arrived.header(PRINCIPAL_HEADER) === undefined ? LOCAL_PRINCIPAL :',
    ],
  ]),
  ...mutationsIn('shared/console/door/audit.ts', tests, [
    [
      'something is done that the audit does not have',
      'await deps.audit.beginEntry(entry);',
      'await deps.audit.beginEntry(entry).catch(() => undefined);',
    ],
    ['the sender says where a write came from', '.at(-1)?.trim()', '.at(0)?.trim()'],
  ]),
];
