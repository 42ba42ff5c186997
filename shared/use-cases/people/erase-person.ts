import type { JobQueue } from '../../ports/queues.ts';
import { forgetMe } from '../privacy/forget-me.ts';
import { type DescribePersonDeps, describePerson, type PersonDescribed } from './describe-person.ts';
import type { PersonInBrief } from './find-people.ts';

/** What goes of one conversation, in words for operators. */
export interface Erasure {
  readonly key: unknown;
  readonly conversationType: unknown;
  readonly name?: unknown;
  readonly goes: string;
}

export type ErasePersonDeps = DescribePersonDeps &
  Omit<Parameters<typeof forgetMe>[0], 'jobs'> & { readonly jobs: () => Promise<JobQueue> };

export type ErasePerson = (
  person: PersonInBrief,
  options: {
    readonly dryRun: boolean;
    /** Names whoever asks for it. */
    readonly by: string;
  },
) => Promise<readonly Erasure[]>;

/**
 * Forgets a person as `forget me` does when they say it themselves, and says what goes; with `dryRun` it only says it. Throws
 * `StoreUnavailable` or `QueueUnavailable`; repeating the call then is harmless.
 */
export function erasePerson(deps: ErasePersonDeps): ErasePerson {
  const describe = describePerson(deps);
  return async (person, { dryRun, by }) => {
    const plan = planOf(await describe(person));
    if (!dryRun) {
      const wish = {
        conversation: person.here,
        speaker: person.user,
        turn: `${by}:${deps.clock.now()}`,
      };
      await forgetMe({ ...deps, jobs: await deps.jobs() })(wish);
    }
    return plan;
  };
}

function planOf({
  conversations,
  subscriptions,
  heldBack,
  ofKinds,
  notifications,
}: PersonDescribed): readonly Erasure[] {
  return conversations.map(({ key, conversationType, name }): Erasure => {
    if (conversationType !== 'personal')
      return { key, conversationType, name, goes: 'what is theirs; the group stays' };
    const within = (rows: readonly { readonly conversation?: unknown }[]) =>
      rows.filter(({ conversation }) => conversation === key);
    const kept = within(ofKinds).flatMap((row) =>
      Object.entries(row).flatMap(([what, value]) =>
        Array.isArray(value) && value.length > 0 ? [`${value.length} ${what}`] : [],
      ),
    );
    const own = within(subscriptions).length;
    const told = within(notifications).length;
    const parts = [
      `${own} subscription${own === 1 ? '' : 's'}`,
      ...kept,
      `${told} notification${told === 1 ? '' : 's'} of the last 30 days`,
      `${within(heldBack).length} held back`,
    ];
    return { key, conversationType, name, goes: `everything: ${parts.join(', ')}` };
  });
}
