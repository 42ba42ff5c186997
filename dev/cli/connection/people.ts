import { readDefaultTimeZone } from '../../../shared/config.ts';
import { findPerson } from '../../../shared/use-cases/conversation/find-person.ts';
import type { DescribePersonDeps } from '../../../shared/use-cases/people/describe-person.ts';
import { type Resolved, resolvePerson } from '../../../shared/use-cases/people/resolve-person.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { CommandFailed } from '../command.ts';
import type { Io } from '../io.ts';
import { nameOfPerson } from '../people/names.ts';
import type { Target } from './addresses.ts';
import { kindsAtRest } from './kinds-at-rest.ts';
import { logTo, openTables, vouchingFor } from './tables.ts';

/** Everything by which people are found and described. Throws `CommandFailed` where the tables do not answer. */
export async function openPeople(target: Target, io: Io) {
  const vouching = vouchingFor(target, io);
  const stores = await openTables(target, io);
  const clock = { now: () => io.now() };
  return { ...stores, vouching, clock, findPerson: findPerson({ ...stores, vouching }) };
}

export type People = Awaited<ReturnType<typeof openPeople>>;

/** The same, with what kinds keep: their code is loaded for it. */
export async function openPeopleWithKinds(target: Target, io: Io): Promise<People & DescribePersonDeps> {
  const [people, { openKinds }, { findPersonZone }] = await Promise.all([
    openPeople(target, io),
    import('../../../shared/kinds/open-kinds.ts'),
    import('../../../shared/chat/person-zone.ts'),
  ]);
  const defaultTimeZone = zoneOfApp(io);
  const { all } = openKinds({
    ...people,
    announce: () => Promise.reject(new Error('the command line announces nothing')),
    startWork: () => Promise.reject(new Error('the command line starts no work of a kind')),
    publish: () => Promise.reject(new Error('the command line publishes nothing of a kind')),
    personZone: findPersonZone({ ...people, defaultTimeZone }),
    ...kindsAtRest,
    log: logTo(io),
  });
  return { ...people, kinds: all, defaultTimeZone };
}

/** The app's own setting, else its default. Throws `UsageError` for one that is no zone. */
export function zoneOfApp(io: Io): string {
  const zone = readDefaultTimeZone(io.env.NOTIFIER_DEFAULT_TIME_ZONE);
  if (zone !== undefined) return zone;
  throw new UsageError('NOTIFIER_DEFAULT_TIME_ZONE must be an IANA time zone such as Europe/Berlin');
}

/** The one person who is meant. Throws `CommandFailed` where that is nobody, or several. */
export async function thePerson(named: string, people: People) {
  const resolved: Resolved = await resolvePerson(people)(named);
  if (resolved.kind === 'one') return resolved.person;
  if (resolved.kind === 'nobody') {
    throw new CommandFailed(
      `nobody is known as "${named}"; npx notifier people find <text> looks for the beginning of a name or an id`,
    );
  }
  const each = resolved.people.map(
    ({ key, channelId, user, isVouched }) => `  ${key}  ${channelId}  ${nameOfPerson(user, isVouched)}`,
  );
  throw new CommandFailed(
    `"${named}" may be several people; name one by the key in front:\n${each.join('\n')}`,
  );
}
