import { comparableName, nameKinds } from '../../shared/domain/identity/told-names.ts';
import { toldNameKey } from '../../shared/domain/ids.ts';
import { days } from '../../shared/domain/time.ts';
import { conversation, HASH, isThere, notification, person, type Reader, reader } from './row-reader.ts';

/**
 * Readers of rows that the former release does not write, so that its recorded store holds none. At a release they join the
 * others in `readers.ts`.
 */
export const newReaders: readonly Reader[] = [
  reader('conversations', HASH, '0a', async ({ keys: [key], properties }, { stores }) => {
    return (await stores.addressees.findAddressee(conversation(key))).belongsTo === properties.addressee;
  }),
  reader('conversations', HASH, '0r', async ({ keys: [key], properties }, { stores }) => {
    const { reach } = await stores.addressees.findAddressee(conversation(key));
    return reach !== undefined && JSON.stringify(reach) === properties.reach;
  }),
  reader('conversations', HASH, '0e', async ({ keys: [key] }, { stores }) =>
    isThere((await stores.ledger.findDesk(conversation(key))).dialog),
  ),
  reader('conversations', HASH, '0g', async ({ keys: [key], properties }, { stores }) => {
    return (await stores.ledger.findDesk(conversation(key))).lastDigest?.id === properties.digest;
  }),
  reader('conversations', HASH, 'm', async ({ keys: [key], properties }, { stores }) => {
    return JSON.stringify(await stores.missed.toldOf(conversation(key))) === properties.missed;
  }),
  reader('conversations', HASH, `c:${HASH}`, async ({ keys: [key, row] }, { stores }) =>
    isThere(await stores.addressees.findPlace(conversation(key), conversation(row.slice(2)))),
  ),
  reader('conversations', HASH, `e:${HASH}`, async ({ keys: [key, row] }, { stores }) =>
    (await stores.addressees.earlierKeys(conversation(key))).includes(conversation(row.slice(2))),
  ),
  reader('conversations', HASH, `t:c:${HASH}`, async ({ keys: [key, row] }, { stores }) => {
    const within = conversation(row.slice(4));
    return isThere((await stores.turns.loadTurns({ conversation: conversation(key), within })).tag);
  }),
  reader('conversations', HASH, 'n', async ({ keys: [key], properties }, { stores }) => {
    const words = `${properties.words} ${properties.told ?? ''}`.split(' ').filter((word) => word !== '');
    const found = await Promise.all(
      words.map(async (word) => (await stores.peopleIndex.findPeople([word], { limit: 1000 })).items),
    );
    return words.length > 0 && found.every((leads) => leads.some((lead) => lead.key === conversation(key)));
  }),

  reader('notifications', HASH, 'i', async ({ keys: [key], properties }, { stores }) => {
    const { digest, source } = { ...(await stores.notifications.findRequest(notification(key))) };
    return digest === properties.digest && source === properties.source;
  }),

  reader(
    'directory',
    'w:[a-z0-9~]+',
    `[a-z0-9~]+:${HASH}`,
    async ({ keys: [, row], properties }, { stores }) => {
      const [first = ''] = String(properties.words).split(' ');
      const { items } = await stores.peopleIndex.findPeople([first], { limit: 1000 });
      return items.some(({ key }) => key === conversation(row.slice(-43)));
    },
  ),
  reader(
    'directory',
    'o:\\d{4}-\\d\\d-\\d\\d',
    `\\d+:${HASH}`,
    async ({ keys: [, row] }, { stores, now }) => {
      for await (const listed of stores.listing.acceptedBetween(now - days(1), now + days(1))) {
        if (listed.notification === notification(row.slice(-43))) return true;
      }
      return false;
    },
  ),
  reader('directory', 'p:.+', 'progress', async ({ keys: [key], properties }, { stores }) => {
    return (await stores.progress.readProgress(key.slice(2)))?.text === properties.text;
  }),
  reader('directory', `i:${HASH}`, 'addressee', async ({ keys: [key], properties }, { stores }) => {
    return (await stores.addressees.provenBy(person(key.slice(2)))) === properties.addressee;
  }),
  // Who is known by an id, and of whom a name was told: both lead to somebody who is.
  reader('directory', `k:${HASH}`, HASH, async ({ keys: [key, row] }, { stores }) => {
    const known = await stores.names.namesOf(person(row));
    const names = nameKinds.flatMap((kind) => {
      const name = known?.[kind];
      return name === undefined ? [] : [{ kind, name }];
    });
    const told = names.find(({ kind, name }) => key === `k:${toldNameKey(kind, comparableName(name))}`);
    if (told !== undefined) return (await stores.names.toldOf(told.kind, told.name)).includes(person(row));
    return isThere(await stores.conversations.findPerson(person(row)));
  }),
  reader('directory', `u:${HASH}`, 'names', async ({ keys: [key], properties }, { stores }) => {
    return (await stores.names.namesOf(person(key.slice(2))))?.mail === properties.mail;
  }),
  reader('directory', 'q:names', `\\d{15}:${HASH}`, async ({ keys: [, row] }, { stores, now }) => {
    const questions = await stores.names.nameQuestions(now + days(400), 1000);
    return questions.some((one) => one.person === row.slice(-43));
  }),
];
