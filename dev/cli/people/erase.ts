import { comparableId } from '../../../shared/domain/identity/proofs.ts';
import {
  type ErasePersonDeps,
  type Erasure,
  erasePerson,
} from '../../../shared/use-cases/people/erase-person.ts';
import { findExactly } from '../../../shared/use-cases/people/find-exactly.ts';
import type { PersonInBrief } from '../../../shared/use-cases/people/person-at.ts';
import { CommandFailed, defineCommand, ExitStatus } from '../command.ts';
import { bothTargets, brokerFlags, stackFlag, tableFlags } from '../connection/addresses.ts';
import { using } from '../connection/failures.ts';
import { openPeopleWithKinds, type People, thePerson } from '../connection/people.ts';
import { withBroker } from '../connection/service-bus.ts';
import type { Io } from '../io.ts';
import { printJson } from '../output/print.ts';
import { styleOf } from '../output/style.ts';
import { table } from '../output/table.ts';
import { nameOfPerson } from './names.ts';

export const erase = defineCommand({
  summary: 'Forgets a person, as "forget me" does when they say it themselves.',
  words: [{ name: 'id' }],
  flags: {
    'dry-run': { type: 'boolean', about: 'say what would go, and do nothing' },
    ...tableFlags,
    ...brokerFlags,
    ...stackFlag,
  },
  notes:
    "The id is a key that people find shows, an Entra object id, or the channel's id of the person or of a conversation with them, never a name. Everything about the person on that channel goes; where the channel vouches for nobody, that one conversation. What groups share stays, without the person. It cannot be undone; who writes to the bot again begins anew.",
  examples: [
    'people erase 47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU --dry-run',
    'people erase 5b6f1a10-0000-4000-8000-000000000001',
  ],

  async run({ flags, words }, io) {
    const [named = ''] = words;
    const { broker, tables } = bothTargets(flags, io);
    const people = await openPeopleWithKinds(tables, io);
    const person = await using(tables, async () => surely(people, named, await thePerson(named, people)));
    const dryRun = flags['dry-run'];
    const erase = (jobs: ErasePersonDeps['jobs']) =>
      using(tables, () => erasePerson({ ...people, jobs })(person, { dryRun, by: 'operator' }));
    const plan = dryRun
      ? await erase(() => Promise.reject(new Error('a dry run sends nothing')))
      : await withBroker(broker, async (client) => {
          const { ServiceBusQueues } = await import(
            '../../../shared/adapters/service-bus/service-bus-queues.ts'
          );
          return erase(async () => new ServiceBusQueues(client, people.clock).jobs);
        });
    tell({ person, plan, isDry: flags['dry-run'], json: flags.json }, io);
    return ExitStatus.ok;
  },
});

/** A name may come to be another one's while one looks: only an id is sure. */
async function surely(people: People, named: string, person: PersonInBrief): Promise<PersonInBrief> {
  const { key, user } = person;
  const isNamed =
    comparableId('channel', user.id) === comparableId('channel', named) ||
    user.aadObjectId?.toLowerCase() === named.toLowerCase() ||
    (await findExactly(people)(named))?.key === key;
  if (isNamed) return person;
  throw new CommandFailed(
    `"${named}" is no id of ${nameOfPerson(user, person.isVouched)}; name them by the key ${key}`,
  );
}

function tell(
  {
    person,
    plan,
    isDry,
    json,
  }: {
    readonly person: PersonInBrief;
    readonly plan: readonly Erasure[];
    readonly isDry: boolean;
    readonly json: boolean;
  },
  io: Io,
): void {
  const { key, channelId, user, isVouched } = person;
  if (json) {
    printJson(io, { dryRun: isDry, key, channelId, user, isVouched, conversations: plan });
    return;
  }
  const style = styleOf(io.out, io.env);
  const rows = plan.map((one) => [String(one.key), String(one.conversationType), one.goes]);
  io.out.write(
    table(
      ['CONVERSATION', 'TYPE', 'WHAT GOES'].map((title) => ({ title })),
      rows,
      { screen: io.out, style },
    ),
  );
  const name = nameOfPerson(user, isVouched);
  io.out.write(
    isDry
      ? `Nothing was done. Without --dry-run ${name} is forgotten on ${channelId}.\n`
      : `${name} is being forgotten on ${channelId}: nothing is sent any more; what is stored goes within minutes, the last hashes within a day.\n`,
  );
}
